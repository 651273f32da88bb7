"""Sign-ins of staff are in the audit log, without what they were tried with."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.staff.models import Staff, StaffStatus
from src.common.models.audit_log import AuditLog
from src.common.records.audit import MAX_AGENT
from tests.app.auth.support import API, code, sign_in
from tests.app.staff.people import audited, code_of, enable_totp, headers_with, staff_sign_in
from tests.factories.people import PASSWORD, make_staff

SIGN_IN = "/admin/auth/sign-in"
SIGNED_IN, REFUSED = "staff.signed_in", "staff.sign_in_refused"
WRONG = "Wrong!2345"


@pytest.fixture
async def lee(client: httpx.AsyncClient) -> Staff:
    """A staff member whom the log does not know yet."""
    return await make_staff(login_id="cs.lee")


async def test_a_sign_in_is_written_down_with_who_and_from_where(client: httpx.AsyncClient, lee: Staff) -> None:
    client.headers["User-Agent"] = "Whale/3"

    answer = await staff_sign_in(client, lee)

    (row,) = await audited(SIGNED_IN)
    assert (row["actor"], row["target_type"], row["target_id"]) == (f"staff:{lee.id}", "staff", str(lee.id))
    assert (row["address"], row["user_agent"]) == ("127.0.0.1", "Whale/3")
    assert row["request_id"] == answer.headers["X-Request-ID"]
    assert row["after"] == {"second_factor": False}
    assert await audited(REFUSED) == []


async def test_a_sign_in_with_a_second_factor_says_so(client: httpx.AsyncClient, lee: Staff) -> None:
    secret, _, _ = await enable_totp(client, lee)
    without = await staff_sign_in(client, lee)
    given = await code_of(secret)

    assert (await staff_sign_in(client, lee, given)).status_code == 200

    assert code(without) == (401, "TOTP_REQUIRED")
    assert [row["after"] for row in await audited(SIGNED_IN)] == [{"second_factor": False}, {"second_factor": True}]
    assert await audited(REFUSED) == [], "a code that was not sent along yet is no refusal"
    assert given not in str(await AuditLog.all().values())


@pytest.mark.parametrize("spelling", ["cs.lee", " CS.Lee ", "ｃs.lee"])
async def test_a_wrong_password_of_a_staff_member_names_the_member(
    client: httpx.AsyncClient, lee: Staff, spelling: str
) -> None:
    assert code(await sign_in(client, spelling, WRONG, path=SIGN_IN)) == (401, "BAD_CREDENTIALS")

    (row,) = await audited(REFUSED)
    assert (row["actor"], row["target_type"], row["target_id"]) == ("guest", "staff", str(lee.id))
    assert row["after"] == {"why": "BAD_CREDENTIALS", "login_id": "cs.lee"}
    assert (row["before"], row["reason"], row["address"]) == ({}, "", "127.0.0.1")
    assert await audited(SIGNED_IN) == []


@pytest.mark.parametrize("login_id", ["nobody", PASSWORD, "마크", "x" * 100])
async def test_what_was_typed_as_an_unknown_login_id_is_not_kept(
    client: httpx.AsyncClient, lee: Staff, login_id: str
) -> None:
    assert code(await sign_in(client, login_id, WRONG, path=SIGN_IN)) == (401, "BAD_CREDENTIALS")

    (row,) = await audited(REFUSED)
    assert (row["actor"], row["target_type"], row["target_id"]) == ("guest", "staff", "unknown")
    assert row["after"] == {"why": "BAD_CREDENTIALS"}
    assert login_id not in str(row)


async def test_a_wrong_code_and_a_suspended_account_are_refusals_too(client: httpx.AsyncClient, lee: Staff) -> None:
    secret, _, _ = await enable_totp(client, lee)
    used = await code_of(secret, steps=-1)
    assert code(await staff_sign_in(client, lee, used)) == (401, "TOTP_INVALID")
    await Staff.filter(id=lee.id).update(status=StaffStatus.SUSPENDED)
    assert code(await staff_sign_in(client, lee)) == (403, "ACCOUNT_SUSPENDED")

    rows = await audited(REFUSED)
    assert [row["after"] for row in rows] == [
        {"why": "TOTP_INVALID", "login_id": "cs.lee"},
        {"why": "ACCOUNT_SUSPENDED", "login_id": "cs.lee"},
    ]
    assert used not in str(rows)


async def test_no_secret_is_in_any_row(client: httpx.AsyncClient, lee: Staff) -> None:
    answer = await staff_sign_in(client, lee)
    await staff_sign_in(client, lee, password=WRONG)

    text = str(await AuditLog.all().values())
    secrets = (PASSWORD, WRONG, answer.json()["access_token"], answer.cookies["staff_refresh"])
    assert not [secret for secret in (*secrets, (await Staff.get(id=lee.id)).password_hash) if secret in text]


async def test_refusals_by_the_limit_do_not_fill_the_log(client: httpx.AsyncClient, lee: Staff) -> None:
    answers = [await staff_sign_in(client, lee, password=WRONG) for _ in range(15)]

    assert code(answers[-1]) == (429, "TOO_MANY_ATTEMPTS")
    assert len(await audited(REFUSED)) == 10


async def test_every_guess_of_many_at_once_is_written_down(client: httpx.AsyncClient, lee: Staff) -> None:
    answers = await asyncio.gather(*(staff_sign_in(client, lee, password=WRONG) for _ in range(5)))

    assert {code(answer) for answer in answers} == {(401, "BAD_CREDENTIALS")}
    assert len(await audited(REFUSED)) == 5


async def test_a_body_that_is_none_writes_nothing(client: httpx.AsyncClient, lee: Staff) -> None:
    for body in ({}, {"login_id": "cs.lee"}, {"login_id": "cs.lee", "password": PASSWORD, "role": "owner"}):
        assert (await client.post(f"{API}{SIGN_IN}", json=body)).status_code == 422
    assert not await AuditLog.filter(action__in=[SIGNED_IN, REFUSED]).exists()


async def test_a_long_user_agent_is_cut(client: httpx.AsyncClient, lee: Staff) -> None:
    client.headers["User-Agent"] = "x" * 1000
    await staff_sign_in(client, lee)

    assert (await audited(SIGNED_IN))[0]["user_agent"] == "x" * MAX_AGENT


async def test_auditors_find_sign_ins_by_action_and_by_staff_member(client: httpx.AsyncClient, lee: Staff) -> None:
    await staff_sign_in(client, lee, password=WRONG)
    await staff_sign_in(client, lee)
    headers = await headers_with(client, "audit:read")

    async def found(**query: str) -> list[dict[str, Any]]:
        answer = await client.get(f"{API}/admin/audit-logs", params=query, headers=headers)
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    (refused,) = await found(action=REFUSED)
    assert (refused["actor"], refused["actor_name"]) == ("guest", None)
    theirs = await found(target_type="staff", target_id=str(lee.id))
    assert [row["action"] for row in theirs] == [SIGNED_IN, REFUSED, "staff.created"]
    assert theirs[0]["actor_name"] == lee.name


async def test_members_are_not_in_this_log(client: httpx.AsyncClient) -> None:
    assert code(await sign_in(client, "nobody", WRONG)) == (401, "BAD_CREDENTIALS")
    assert await AuditLog.all().count() == 0
