"""A password that somebody else set opens nothing but its own change."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from src.app.auth.services.sessions.gate import SessionGate
from src.app.staff.dtos.admin.staffing import StaffCreate
from src.app.staff.models import Staff
from src.app.staff.services import commands
from src.app.staff.services.permissions import ALL
from src.core.configs import settings, use
from src.demo.seeding import STAFF_LOGIN, STAFF_PASSWORD, load_demo_shop
from tests.app.auth.support import API, code, refresh, sign_in
from tests.app.backoffice.test_gate import EVERY, called
from tests.app.staff.people import audited, code_of, enable_totp, headers_of, is_signed_in, staff_sign_in
from tests.factories.people import PASSWORD, make_staff, staff_bearer

REQUIRED = (403, "PASSWORD_CHANGE_REQUIRED")
OPEN = [("GET", "/admin/me"), ("POST", "/admin/me/password")]
NEW = "Better!6789"
CHANGE = {"password": PASSWORD, "new_password": NEW}


@pytest.fixture
async def lee(client: httpx.AsyncClient) -> Staff:
    """An owner whose password somebody else set."""
    staff = await make_staff(login_id="boss.lee")
    await Staff.filter(id=staff.id).update(must_change_password=True)
    return staff


@pytest.fixture
def production(client: httpx.AsyncClient) -> Iterator[None]:
    """The shop believes that it is in production."""
    now = settings()
    with use(replace(now, server=now.server.model_copy(update={"env": "prod"}))):
        yield


async def change(client: httpx.AsyncClient, headers: dict[str, str], body: object = CHANGE) -> httpx.Response:
    """POST /admin/me/password."""
    return await client.post(f"{API}/admin/me/password", json=body, headers=headers)


@pytest.mark.parametrize(("method", "path"), [route for route in EVERY if route not in OPEN])
async def test_every_other_route_asks_for_the_change_before_it_looks_at_anything(
    client: httpx.AsyncClient, lee: Staff, method: str, path: str
) -> None:
    headers = headers_of(await staff_sign_in(client, lee))

    answer = await client.request(method, called(path) + "?nonsense=1", content="{", headers=headers)

    assert code(answer) == REQUIRED
    assert answer.json()["detail"] == "다른 사람이 설정한 비밀번호입니다. 먼저 비밀번호를 변경해 주세요."
    assert await audited("access.denied") == []


async def test_the_answer_is_told_in_english_too(client: httpx.AsyncClient, lee: Staff) -> None:
    headers = {**headers_of(await staff_sign_in(client, lee)), "Accept-Language": "en"}

    answer = await client.get(f"{API}/admin/staff", headers=headers)

    assert answer.json()["detail"] == "Somebody else set your password. Please change it first."


async def test_who_i_am_and_that_i_must_change_it_is_told(client: httpx.AsyncClient, lee: Staff) -> None:
    headers = headers_of(await staff_sign_in(client, lee))

    me = (await client.get(f"{API}/admin/me", headers=headers)).json()

    assert (me["id"], me["must_change_password"]) == (lee.id, True)
    assert me["permissions"] == sorted(ALL)


async def test_after_the_change_this_session_may_do_everything(client: httpx.AsyncClient, lee: Staff) -> None:
    elsewhere = headers_of(await staff_sign_in(client, lee))
    signed_in = await staff_sign_in(client, lee)
    headers = headers_of(signed_in)

    assert (await change(client, headers)).status_code == 204

    assert (await client.get(f"{API}/admin/staff", headers=headers)).status_code == 200
    assert (await client.get(f"{API}/admin/me", headers=headers)).json()["must_change_password"] is False
    assert not await is_signed_in(client, elsewhere)
    cookie = signed_in.cookies["staff_refresh"]
    again = headers_of(await refresh(client, cookie, cookie="staff_refresh", path="/admin/auth/refresh"))
    assert (await client.get(f"{API}/admin/staff", headers=again)).status_code == 200
    newly = headers_of(await staff_sign_in(client, lee, password=NEW))
    assert (await client.get(f"{API}/admin/staff", headers=newly)).status_code == 200


async def test_a_refresh_opens_nothing(client: httpx.AsyncClient, lee: Staff) -> None:
    cookie = (await staff_sign_in(client, lee)).cookies["staff_refresh"]

    again = headers_of(await refresh(client, cookie, cookie="staff_refresh", path="/admin/auth/refresh"))

    assert code(await client.get(f"{API}/admin/staff", headers=again)) == REQUIRED


async def test_such_a_session_can_be_signed_out(client: httpx.AsyncClient, lee: Staff) -> None:
    headers = headers_of(await staff_sign_in(client, lee))

    assert (await client.post(f"{API}/admin/auth/sign-out", headers=headers)).status_code == 204
    assert code(await client.get(f"{API}/admin/me", headers=headers)) == (401, "INVALID_TOKEN")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"password": PASSWORD, "new_password": PASSWORD}, (422, "PASSWORD_UNCHANGED")),
        ({"password": "Wrong!2345", "new_password": NEW}, (403, "WRONG_PASSWORD")),
        ({"password": PASSWORD, "new_password": "weak"}, (422, "VALIDATION_ERROR")),
        ({**CHANGE, "must_change_password": False}, (422, "VALIDATION_ERROR")),
        ({}, (422, "VALIDATION_ERROR")),
    ],
)
async def test_what_is_no_change_lifts_nothing(
    client: httpx.AsyncClient, lee: Staff, body: dict[str, object], expected: tuple[int, str]
) -> None:
    headers = headers_of(await staff_sign_in(client, lee))

    assert code(await change(client, headers, body)) == expected

    assert code(await client.get(f"{API}/admin/staff", headers=headers)) == REQUIRED
    assert (await Staff.get(id=lee.id)).must_change_password


async def test_staff_made_in_the_back_office_begin_with_the_change(client: httpx.AsyncClient) -> None:
    body = {"login_id": "cs.kim", "name": "김상담", "role": "cs", "password": "First!2345"}
    made = await client.post(f"{API}/admin/staff", json=body, headers=await staff_bearer(client))
    headers = headers_of(await staff_sign_in(client, await Staff.get(id=made.json()["id"]), password="First!2345"))

    assert code(await client.get(f"{API}/admin/users", headers=headers)) == REQUIRED
    assert (await change(client, headers, {"password": "First!2345", "new_password": NEW})).status_code == 204

    assert (await client.get(f"{API}/admin/users", headers=headers)).status_code == 200


async def test_staff_made_by_a_command_begin_with_the_change(client: httpx.AsyncClient) -> None:
    body = {"login_id": "boss", "name": "최대표", "role": "owner", "password": "First!2345"}
    made = await commands.create_staff(StaffCreate.model_validate(body))

    answer = await staff_sign_in(client, await Staff.get(id=made.id), password="First!2345")

    assert code(await client.get(f"{API}/admin/staff", headers=headers_of(answer))) == REQUIRED


async def test_a_password_that_the_back_office_set_anew_is_changed_first_again(client: httpx.AsyncClient) -> None:
    lee = await make_staff(login_id="cs.lee", role="cs")
    before = headers_of(await staff_sign_in(client, lee))
    body = {"password": "Given!2345", "reason": "분실"}
    path = f"{API}/admin/staff/{lee.id}/password"
    assert (await client.post(path, json=body, headers=await staff_bearer(client))).status_code == 204

    assert not await is_signed_in(client, before)
    after = headers_of(await staff_sign_in(client, lee, password="Given!2345"))
    assert code(await client.get(f"{API}/admin/users", headers=after)) == REQUIRED


async def test_with_a_second_factor_the_code_comes_first(client: httpx.AsyncClient, lee: Staff) -> None:
    await Staff.filter(id=lee.id).update(must_change_password=False)
    secret, _, _ = await enable_totp(client, lee)
    await Staff.filter(id=lee.id).update(must_change_password=True)

    assert code(await staff_sign_in(client, lee)) == (401, "TOTP_REQUIRED")
    headers = headers_of(await staff_sign_in(client, lee, await code_of(secret)))

    assert code(await client.get(f"{API}/admin/staff", headers=headers)) == REQUIRED
    assert code(await client.delete(f"{API}/admin/auth/totp", headers=headers)) == REQUIRED


async def test_in_production_the_second_factor_is_next(client: httpx.AsyncClient, lee: Staff, production: None) -> None:
    headers = headers_of(await staff_sign_in(client, lee))
    again = {"password": NEW}
    assert code(await client.post(f"{API}/admin/auth/totp", json=again, headers=headers)) == REQUIRED

    assert (await change(client, headers)).status_code == 204

    assert code(await client.get(f"{API}/admin/me", headers=headers)) == (403, "SECOND_FACTOR_REQUIRED")
    begun = await client.post(f"{API}/admin/auth/totp", json=again, headers=headers)
    body = {"code": await code_of(begun.json()["secret"], steps=-1)}
    confirmed = await client.post(f"{API}/admin/auth/totp/confirm", json=body, headers=headers)
    assert (await client.get(f"{API}/admin/staff", headers=headers_of(confirmed))).status_code == 200


async def test_the_demo_login_is_not_asked(client: httpx.AsyncClient) -> None:
    assert await load_demo_shop(settings())

    headers = headers_of(await sign_in(client, STAFF_LOGIN, STAFF_PASSWORD, path="/admin/auth/sign-in"))

    assert (await client.get(f"{API}/admin/me", headers=headers)).json()["must_change_password"] is False
    assert (await client.get(f"{API}/admin/staff", headers=headers)).status_code == 200


async def test_the_limit_is_part_of_the_session_so_nothing_more_is_asked(client: httpx.AsyncClient, lee: Staff) -> None:
    headers = headers_of(await staff_sign_in(client, lee))
    await Staff.filter(id=lee.id).update(must_change_password=False)  # behind the back of the session

    identity = await SessionGate().staff(headers["Authorization"])

    assert (identity.limit, identity.permissions) == ("password", ALL)
    assert code(await client.get(f"{API}/admin/staff", headers=headers)) == REQUIRED
