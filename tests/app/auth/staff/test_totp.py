"""The second factor of staff: set-up, sign-in, replay, recovery codes, removal."""

import asyncio
from datetime import timedelta
from functools import partial
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp
import pytest

from src.app.staff.models import RecoveryCode, SecondFactor, Staff
from src.app.staff.services import second_factors
from src.common import clock
from src.common.crypto import seal
from src.core.database import unit_of_work
from tests.app.auth.support import API, code, refresh
from tests.app.staff.people import (
    audited,
    code_of,
    enable_totp,
    headers_of,
    is_signed_in,
    staff_sign_in,
)
from tests.factories.people import PASSWORD, make_staff, staff_bearer

PATH = f"{API}/admin/auth/totp"
AGAIN = {"password": PASSWORD}


async def test_beginning_tells_the_secret_and_the_address_for_the_app(client: httpx.AsyncClient) -> None:
    staff = await make_staff(login_id="admin")

    answer = await client.post(PATH, json=AGAIN, headers=await staff_bearer(client, staff))

    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.json()
    uri = urlsplit(body["uri"])
    assert (uri.scheme, uri.netloc, uri.path) == ("otpauth", "totp", "/Micgolf:admin")
    assert parse_qs(uri.query) == {"secret": [body["secret"]], "issuer": ["Micgolf"]}
    assert (len(body["secret"]), body["expires_in"]) == (32, 600)
    stored = await SecondFactor.get(staff_id=staff.id)
    assert body["secret"] not in stored.sealed_secret
    assert stored.confirmed_at is None


async def test_a_factor_that_was_only_begun_is_not_asked_for(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    await client.post(PATH, json=AGAIN, headers=await staff_bearer(client, staff))

    assert (await staff_sign_in(client, staff)).status_code == 200


async def test_confirming_gives_recovery_codes_and_a_new_session_and_ends_the_others(
    client: httpx.AsyncClient,
) -> None:
    staff = await make_staff()
    other = await staff_bearer(client, staff)

    _, codes, headers = await enable_totp(client, staff)

    assert len(set(codes)) == 10
    assert all(len(recovery) == 11 and recovery[5] == "-" for recovery in codes)
    assert not await is_signed_in(client, other)
    assert await is_signed_in(client, headers)
    stored = await RecoveryCode.filter(staff_id=staff.id).values_list("code_hash", flat=True)
    assert len(stored) == 10
    assert not any(recovery.replace("-", "") in str(stored) for recovery in codes)
    assert [row["actor"] for row in await audited("staff.second_factor_enabled")] == [f"staff:{staff.id}"]


async def test_a_session_from_before_cannot_be_refreshed(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    before = (await staff_sign_in(client, staff)).cookies["staff_refresh"]
    await enable_totp(client, staff)

    answer = await refresh(client, before, cookie="staff_refresh", path="/admin/auth/refresh")

    assert code(answer) == (401, "SESSION_REVOKED")


async def test_a_wrong_code_confirms_nothing(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    headers = await staff_bearer(client, staff)
    assert code(await client.post(f"{PATH}/confirm", json={"code": "123456"}, headers=headers)) == (
        409,
        "TOTP_NOT_BEGUN",
    )
    secret = (await client.post(PATH, json=AGAIN, headers=headers)).json()["secret"]
    far = await code_of(secret, steps=9)

    for wrong in (far, "12345", "abcdef", "１２３４５６"):
        answer = await client.post(f"{PATH}/confirm", json={"code": wrong}, headers=headers)
        assert code(answer) == (422, "TOTP_CODE_WRONG"), wrong

    assert await is_signed_in(client, headers)
    assert not await second_factors.is_enabled(staff.id)


async def test_what_was_begun_too_long_ago_cannot_be_confirmed(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    headers = await staff_bearer(client, staff)
    secret = (await client.post(PATH, json=AGAIN, headers=headers)).json()["secret"]
    long_ago = clock.now() - timedelta(minutes=10, seconds=1)
    await SecondFactor.filter(staff_id=staff.id).update(begun_at=long_ago)

    answer = await client.post(f"{PATH}/confirm", json={"code": await code_of(secret)}, headers=headers)

    assert code(answer) == (409, "TOTP_NOT_BEGUN")


async def test_beginning_again_voids_the_first_secret_and_is_refused_once_there_is_one(
    client: httpx.AsyncClient,
) -> None:
    staff = await make_staff()
    headers = await staff_bearer(client, staff)
    first = (await client.post(PATH, json=AGAIN, headers=headers)).json()["secret"]
    await client.post(PATH, json=AGAIN, headers=headers)
    answer = await client.post(f"{PATH}/confirm", json={"code": await code_of(first)}, headers=headers)
    assert code(answer) == (422, "TOTP_CODE_WRONG")

    _, _, headers = await enable_totp(client, staff)

    assert code(await client.post(PATH, json=AGAIN, headers=headers)) == (409, "TOTP_ALREADY_ENABLED")
    answer = await client.post(f"{PATH}/confirm", json={"code": "123456"}, headers=headers)
    assert code(answer) == (409, "TOTP_ALREADY_ENABLED")


async def test_sign_in_asks_for_the_code_only_after_the_right_password(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    secret, _, _ = await enable_totp(client, staff)

    assert code(await staff_sign_in(client, staff, password="Wrong!2345")) == (401, "BAD_CREDENTIALS")
    right_code = await code_of(secret)
    answer = await staff_sign_in(client, staff, right_code, password="Wrong!2345")
    assert code(answer) == (401, "BAD_CREDENTIALS")
    for empty in (None, ""):
        assert code(await staff_sign_in(client, staff, empty)) == (401, "TOTP_REQUIRED")
    signed_in = await staff_sign_in(client, staff, f"{right_code[:3]} {right_code[3:]}")
    assert await is_signed_in(client, headers_of(signed_in))


async def test_a_code_counts_once_and_so_do_all_before_it(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    secret, _, _ = await enable_totp(client, staff)  # uses up the step before now

    now, before, after = await code_of(secret), await code_of(secret, steps=-1), await code_of(secret, steps=1)

    assert code(await staff_sign_in(client, staff, before)) == (401, "TOTP_INVALID")
    assert (await staff_sign_in(client, staff, after)).status_code == 200
    assert code(await staff_sign_in(client, staff, after)) == (401, "TOTP_INVALID")
    assert code(await staff_sign_in(client, staff, now)) == (401, "TOTP_INVALID")


async def test_of_simultaneous_sign_ins_with_one_code_one_succeeds(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    secret, codes, _ = await enable_totp(client, staff)

    for otp in (await code_of(secret), codes[0]):
        answers = await asyncio.gather(*(staff_sign_in(client, staff, otp) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
        assert {answer.json().get("code") for answer in answers} == {None, "TOTP_INVALID"}


async def test_a_recovery_code_opens_once_however_it_is_typed(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    _, codes, _ = await enable_totp(client, staff)
    typed = codes[3].lower().replace("-", " ").replace("0", "o").replace("1", "l")

    signed_in = await staff_sign_in(client, staff, typed)

    me = (await client.get(f"{API}/admin/me", headers=headers_of(signed_in))).json()
    assert me["second_factor"] == {"enabled": True, "recovery_codes_left": 9}
    assert code(await staff_sign_in(client, staff, codes[3])) == (401, "TOTP_INVALID")
    assert (await staff_sign_in(client, staff, codes[4])).status_code == 200


async def test_a_recovery_code_is_of_one_person(client: httpx.AsyncClient) -> None:
    first, second = await make_staff(), await make_staff()
    _, codes, _ = await enable_totp(client, first)
    await enable_totp(client, second)

    assert code(await staff_sign_in(client, second, codes[0])) == (401, "TOTP_INVALID")


async def test_wrong_codes_count_as_failed_sign_ins(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    secret, _, headers = await enable_totp(client, staff)
    wrong = await code_of(secret, steps=9)

    for _ in range(10):
        assert code(await staff_sign_in(client, staff, wrong)) == (401, "TOTP_INVALID")

    refused = await staff_sign_in(client, staff, await code_of(secret))
    assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert int(refused.headers["Retry-After"]) > 0
    assert await is_signed_in(client, headers)


async def test_guesses_sent_all_at_once_learn_no_more_than_the_limit_allows(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    secret, _, _ = await enable_totp(client, staff)
    wrong = await code_of(secret, steps=9)

    answers = await asyncio.gather(*(staff_sign_in(client, staff, wrong) for _ in range(25)))

    assert sorted(code(answer) for answer in answers)[:10] == [(401, "TOTP_INVALID")] * 10
    assert sum(answer.status_code == 401 for answer in answers) == 10


async def test_new_recovery_codes_void_the_old_ones_and_need_the_password(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    _, old, headers = await enable_totp(client, staff)
    path = f"{API}/admin/auth/recovery-codes"

    assert code(await client.post(path, json={"password": "Wrong!2345"}, headers=headers)) == (403, "WRONG_PASSWORD")
    answer = await client.post(path, json=AGAIN, headers=headers)

    new = answer.json()["recovery_codes"]
    assert (answer.status_code, len(set(new)), set(new) & set(old)) == (201, 10, set())
    assert code(await staff_sign_in(client, staff, old[0])) == (401, "TOTP_INVALID")
    assert (await staff_sign_in(client, staff, new[0])).status_code == 200
    assert len(await audited("staff.recovery_codes_renewed")) == 1


async def test_removing_the_factor_needs_the_password_and_ends_all_sessions(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    _, codes, headers = await enable_totp(client, staff)

    refused = await client.request("DELETE", PATH, json={"password": "Wrong!2345"}, headers=headers)
    assert code(refused) == (403, "WRONG_PASSWORD")
    assert await second_factors.is_enabled(staff.id)
    answer = await client.request("DELETE", PATH, json=AGAIN, headers=headers)

    assert answer.status_code == 204
    assert not await is_signed_in(client, headers)
    assert await RecoveryCode.filter(staff_id=staff.id).count() == 0
    headers = headers_of(await staff_sign_in(client, staff))
    assert code(await client.request("DELETE", PATH, json=AGAIN, headers=headers)) == (409, "TOTP_NOT_ENABLED")
    answer = await client.post(f"{API}/admin/auth/recovery-codes", json=AGAIN, headers=headers)
    assert code(answer) == (409, "TOTP_NOT_ENABLED")
    assert len(await audited("staff.second_factor_disabled")) == 1
    assert (await staff_sign_in(client, staff, codes[0])).status_code == 200  # nobody asks any more


async def test_only_a_password_begins_a_set_up(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    headers = await staff_bearer(client, staff)

    assert code(await client.post(PATH, json={"password": "Wrong!2345"}, headers=headers)) == (403, "WRONG_PASSWORD")
    assert await SecondFactor.all().count() == 0


@pytest.mark.parametrize("drift", [-30, 0, 30])
async def test_a_device_may_be_one_step_off(client: httpx.AsyncClient, drift: int) -> None:
    staff = await make_staff()
    now = clock.now()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    await SecondFactor.create(staff_id=staff.id, sealed_secret=seal(secret), begun_at=now, confirmed_at=now)
    shown = pyotp.TOTP(secret).generate_otp((int(now.timestamp()) + drift) // 30)

    with clock.as_of(now):
        assert await unit_of_work(partial(second_factors.accept, staff.id, shown))
        assert not await unit_of_work(partial(second_factors.accept, staff.id, shown))


async def test_two_steps_off_is_too_far(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    now = clock.now()
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    await SecondFactor.create(staff_id=staff.id, sealed_secret=seal(secret), begun_at=now, confirmed_at=now)

    with clock.as_of(now):
        for drift in (-60, 60):
            shown = pyotp.TOTP(secret).generate_otp((int(now.timestamp()) + drift) // 30)
            assert not await unit_of_work(partial(second_factors.accept, staff.id, shown))


async def test_a_secret_of_a_lost_key_opens_nothing(client: httpx.AsyncClient) -> None:
    staff = await make_staff()
    secret, _, _ = await enable_totp(client, staff)
    await SecondFactor.filter(staff_id=staff.id).update(sealed_secret="gAAAAA-of-another-key")

    assert code(await staff_sign_in(client, staff, await code_of(secret))) == (401, "TOTP_INVALID")
    assert await Staff.filter(id=staff.id).exists()
