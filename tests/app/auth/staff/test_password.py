"""Staff change their own password."""

import httpx

from src.app.auth.services.credentials.passwords import needs_upgrade
from src.app.staff.models import Staff
from tests.app.auth.support import API, code
from tests.app.staff.people import audited, headers_of, is_signed_in, staff_sign_in
from tests.factories.people import PASSWORD, make_staff, staff_bearer

PATH = f"{API}/admin/me/password"
NEW = "Better!6789"


async def test_the_new_password_counts_and_other_sessions_end(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    await Staff.filter(id=staff.id).update(must_change_password=True)
    here, elsewhere = await staff_bearer(client, staff), await staff_bearer(client, staff)

    answer = await client.post(PATH, json={"password": PASSWORD, "new_password": NEW}, headers=here)

    assert answer.status_code == 204
    assert await is_signed_in(client, here)
    assert not await is_signed_in(client, elsewhere)
    assert code(await staff_sign_in(client, staff)) == (401, "BAD_CREDENTIALS")
    me = await client.get(f"{API}/admin/me", headers=headers_of(await staff_sign_in(client, staff, password=NEW)))
    assert me.json()["must_change_password"] is False
    (row,) = await audited("staff.password_set")
    assert (row["actor"], row["target_id"]) == (f"staff:{staff.id}", str(staff.id))
    assert NEW not in str(row)


async def test_without_the_old_password_nothing_changes(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    headers = await staff_bearer(client, staff)

    answer = await client.post(PATH, json={"password": "Wrong!2345", "new_password": NEW}, headers=headers)

    assert code(answer) == (403, "WRONG_PASSWORD")
    assert (await staff_sign_in(client, staff)).status_code == 200
    assert await audited("staff.password_set") == []


async def test_a_weak_or_overlong_password_is_refused(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client, await make_staff())
    for weak in ("short", "nouppercase!1", "Aa!1" + "x" * 69):
        answer = await client.post(PATH, json={"password": PASSWORD, "new_password": weak}, headers=headers)
        assert code(answer) == (422, "VALIDATION_ERROR")
        assert weak not in answer.text


async def test_guessing_the_password_by_a_stolen_session_is_limited(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    headers = await staff_bearer(client, staff)
    answers = [
        await client.post(PATH, json={"password": f"Wrong!{n:04}", "new_password": NEW}, headers=headers)
        for n in range(11)
    ]
    assert code(answers[-1]) == (429, "TOO_MANY_ATTEMPTS")


async def test_a_hash_of_another_cost_is_replaced_at_sign_in(client: httpx.AsyncClient) -> None:
    import bcrypt

    staff = await make_staff()
    old = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(5)).decode()
    await Staff.filter(id=staff.id).update(password_hash=old)

    headers = headers_of(await staff_sign_in(client, staff))

    stored = (await Staff.get(id=staff.id)).password_hash
    assert not needs_upgrade(stored)
    assert await is_signed_in(client, headers)
    assert (await staff_sign_in(client, staff)).status_code == 200
