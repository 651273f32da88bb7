"""One password, however a system types it: in pieces (NFD), whole (NFC), or in wide letters."""

import unicodedata

import bcrypt
import httpx
import pytest

from src.app.auth.services.credentials import passwords
from src.app.staff.models import Staff
from src.app.user.models import User
from tests.app.auth.recovery.support import new_email, reset, set_password, token_at
from tests.app.auth.support import API, code, sign_in, sign_up
from tests.factories.people import make_member, make_staff, staff_bearer

NFC = unicodedata.normalize("NFC", "골프가좋아!Golf1é")
NFD = unicodedata.normalize("NFD", NFC)
WIDE = "Ｇｏｌｆ！２３４５"
NARROW = "Golf!2345"
LONG = "ﷺ" * 20 + "Aa1!"  # 64 bytes as typed, 20 times 33 bytes in its one spelling
REFUSED = (401, "BAD_CREDENTIALS")

assert NFC != NFD


def old_hash(password: str) -> str:
    """As it was made before: of what was typed."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)).decode()


async def with_old_hash(login_id: str, password: str) -> User:
    """A member of before."""
    member = await make_member(login_id=login_id)
    await User.filter(id=member.id).update(password_hash=old_hash(password))
    return member


@pytest.mark.fault("I8")
@pytest.mark.parametrize(("first", "then"), [(NFC, NFD), (NFD, NFC), (WIDE, NARROW), (NARROW, WIDE)])
async def test_who_signed_up_in_one_spelling_signs_in_in_another(
    client: httpx.AsyncClient, first: str, then: str
) -> None:
    assert (await sign_up(client, password=first)).status_code == 201

    assert [(await sign_in(client, "minji.kim", typed)).status_code for typed in (first, then, first)] == [200] * 3
    assert code(await sign_in(client, "minji.kim", f"{then}x")) == REFUSED


@pytest.mark.fault("I8")
async def test_every_way_to_a_new_password_takes_any_spelling(client: httpx.AsyncClient) -> None:
    target = new_email()
    await make_member(login_id="minji.kim", email=target)
    await reset(client, "minji.kim")
    assert (await set_password(client, await token_at(client, target), NFD)).status_code == 204
    signed_in = await sign_in(client, "minji.kim", NFC)
    headers = {"Authorization": f"Bearer {signed_in.json()['access_token']}"}

    again = await client.post(f"{API}/auth/reauthenticate", json={"password": NFC}, headers=headers)
    body = {"current_password": NFC, "new_password": WIDE}
    changed = await client.post(f"{API}/me/password", json=body, headers=headers)

    assert (again.status_code, changed.status_code) == (204, 204)
    assert (await sign_in(client, "minji.kim", NARROW)).status_code == 200


@pytest.mark.fault("I8")
@pytest.mark.parametrize(("first", "then"), [(NFC, NFD), (NFD, NFC)])
async def test_a_hash_of_before_counts_in_both_spellings(client: httpx.AsyncClient, first: str, then: str) -> None:
    member = await with_old_hash("minji.kim", first)

    assert (await sign_in(client, "minji.kim", then)).status_code == 200
    renewed = (await User.get(id=member.id)).password_hash

    assert bcrypt.checkpw(NFC.encode(), renewed.encode())
    assert [(await sign_in(client, "minji.kim", typed)).status_code for typed in (NFC, NFD)] == [200, 200]
    assert (await User.get(id=member.id)).password_hash == renewed


@pytest.mark.fault("I8")
async def test_a_hash_of_wide_letters_is_made_anew_once_they_come(client: httpx.AsyncClient) -> None:
    member = await with_old_hash("minji.kim", WIDE)
    assert code(await sign_in(client, "minji.kim", NARROW)) == REFUSED  # nobody can know that they were wide

    assert (await sign_in(client, "minji.kim", WIDE)).status_code == 200

    assert (await sign_in(client, "minji.kim", NARROW)).status_code == 200
    assert (await User.get(id=member.id)).session_epoch == 0


async def test_a_hash_of_one_spelling_stays(client: httpx.AsyncClient) -> None:
    member = await with_old_hash("minji.kim", NARROW)
    before = (await User.get(id=member.id)).password_hash

    assert (await sign_in(client, "minji.kim", NARROW)).status_code == 200
    assert (await User.get(id=member.id)).password_hash == before


async def test_a_hash_of_before_that_fits_only_as_typed_stays_good(client: httpx.AsyncClient) -> None:
    member = await with_old_hash("minji.kim", LONG)
    before = (await User.get(id=member.id)).password_hash

    assert [(await sign_in(client, "minji.kim", LONG)).status_code for _ in range(2)] == [200, 200]
    assert (await User.get(id=member.id)).password_hash == before


@pytest.mark.fault("I8")
async def test_the_length_is_that_of_the_one_spelling(client: httpx.AsyncClient) -> None:
    syllables = "각" * 20 + "Golf!2345"  # 69 bytes whole, 189 in pieces
    assert (await sign_up(client, password=unicodedata.normalize("NFD", syllables))).status_code == 201
    assert (await sign_in(client, "minji.kim", syllables)).status_code == 200

    refused = await sign_up(client, login_id="other.one", email=new_email(), password=LONG)
    assert code(refused) == (422, "VALIDATION_ERROR")
    assert [problem["field"] for problem in refused.json()["errors"]] == ["password"]
    too_long = await sign_up(client, login_id="other.one", email=new_email(), password="Golf!" + "é" * 40)
    assert code(too_long) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("given", ["A1!" + "x" * 70, "골" * 100, "가" * 100_000, "́" * 400, "ﷺ" * 4, "A1!" * 30])
async def test_what_is_too_long_is_nobodys(client: httpx.AsyncClient, given: str) -> None:
    await make_member(login_id="minji.kim")

    answers = [await sign_in(client, login_id, given) for login_id in ("minji.kim", "nobody.at.all")]

    assert [code(answer) for answer in answers] == [REFUSED, REFUSED]


@pytest.mark.fault("I8")
async def test_staff_may_type_as_they_like(client: httpx.AsyncClient) -> None:
    staff = await make_staff(password=NFD)
    headers = await staff_bearer(client, staff, password=NFC)
    url = f"{API}/admin/me/password"

    same = await client.post(url, json={"password": NFC, "new_password": NFD}, headers=headers)
    changed = await client.post(url, json={"password": NFD, "new_password": WIDE}, headers=headers)
    await Staff.filter(id=staff.id).update(password_hash=old_hash(WIDE))
    await staff_bearer(client, staff, password=WIDE)

    assert (code(same), changed.status_code) == ((422, "PASSWORD_UNCHANGED"), 204)
    await staff_bearer(client, staff, password=NARROW)


@pytest.mark.parametrize(
    ("given", "checks"), [(NARROW, 1), (NFC, 2), (NFD, 2), (WIDE, 2), ("Ｇ" + NFC, 3), ("Ｇ" + NFD, 3), ("x" * 80, 1)]
)
async def test_nobodys_password_costs_as_much(given: str, checks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    real = bcrypt.checkpw

    def counted(password: bytes, stored: bytes) -> bool:
        made.append(password)
        return real(password, stored)

    monkeypatch.setattr(bcrypt, "checkpw", counted)
    counts = []
    for stored in (None, "", old_hash("Other!2345")):
        made.clear()
        assert not await passwords.matches(given, stored)
        counts.append(len(made))

    assert counts == [checks] * 3
