"""Staff management."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.staff.models import Role, Staff
from tests.app.auth.support import API, code, refresh
from tests.app.staff.people import (
    audited,
    enable_totp,
    headers_of,
    headers_with,
    is_signed_in,
    make_role,
    staff_sign_in,
    staff_with,
)
from tests.factories.people import PASSWORD, make_staff, staff_bearer

STAFF = f"{API}/admin/staff"
LEE: dict[str, Any] = {"login_id": "cs.lee", "name": "이상담", "role": "cs", "password": "First!2345"}


async def test_a_new_staff_member_can_sign_in_and_is_asked_to_change_the_password(client: httpx.AsyncClient) -> None:
    boss = await make_staff()

    answer = await client.post(STAFF, json=LEE, headers=await staff_bearer(client, boss))

    assert answer.status_code == 201
    body = answer.json()
    assert (body["login_id"], body["name"], body["role"]["code"], body["status"]) == (
        "cs.lee",
        "이상담",
        "cs",
        "ACTIVE",
    )
    lee = await Staff.get(id=body["id"])
    me = await client.get(
        f"{API}/admin/me", headers=headers_of(await staff_sign_in(client, lee, password="First!2345"))
    )
    assert me.json()["must_change_password"] is True
    row = (await audited("staff.created"))[-1]
    assert (row["actor"], row["target_id"]) == (f"staff:{boss.id}", str(lee.id))
    assert row["after"] == {"login_id": "cs.lee", "name": "이상담", "role": "cs"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"login_id": "аdmin"}, "login_id"),  # a Cyrillic letter
        ({"login_id": "ab"}, "login_id"),
        ({"password": "weak"}, "password"),
        ({"password": "Aa!1" + "x" * 69}, "password"),
        ({"name": "이\u0000상담"}, "name"),
        ({"role": "../owner"}, "role"),
        ({"role": None}, "role"),
        ({"status": "ACTIVE"}, "status"),
        ({"permissions": ["order:read"]}, "permissions"),
        ({"session_epoch": 5}, "session_epoch"),
    ],
)
async def test_bad_input_makes_nobody(client: httpx.AsyncClient, changes: dict[str, Any], field: str) -> None:
    headers = await staff_bearer(client)

    answer = await client.post(STAFF, json={**LEE, **changes}, headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"] == field
    assert await Staff.all().count() == 1


async def test_a_login_id_is_taken_once_in_any_spelling_also_at_the_same_moment(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)

    answers = await asyncio.gather(
        *(client.post(STAFF, json={**LEE, "login_id": spelling}, headers=headers) for spelling in ("cs.lee", "CS.LEE"))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    again = await client.post(STAFF, json={**LEE, "login_id": "ｃs.lee"}, headers=headers)
    assert code(again) == (409, "STAFF_LOGIN_ID_TAKEN")
    unknown = await client.post(STAFF, json={**LEE, "login_id": "other", "role": "king"}, headers=headers)
    assert code(unknown) == (422, "ROLE_UNKNOWN")
    assert await Staff.all().count() == 2


async def test_a_suspended_staff_member_is_out_at_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    lee = await make_staff(login_id="cs.lee", role="cs")
    signed_in = await staff_sign_in(client, lee)
    body = {"status": "SUSPENDED", "reason": "퇴사"}

    answer = await client.patch(f"{STAFF}/{lee.id}", json=body, headers=headers)

    assert (answer.status_code, answer.json()["status"]) == (200, "SUSPENDED")
    assert not await is_signed_in(client, headers_of(signed_in))
    cookie = signed_in.cookies["staff_refresh"]
    again = await refresh(client, cookie, cookie="staff_refresh", path="/admin/auth/refresh")
    assert code(again) == (401, "SESSION_REVOKED")
    assert code(await staff_sign_in(client, lee)) == (403, "ACCOUNT_SUSPENDED")
    (row,) = await audited("staff.changed")
    assert (row["before"], row["after"], row["reason"]) == ({"status": "ACTIVE"}, {"status": "SUSPENDED"}, "퇴사")

    await client.patch(f"{STAFF}/{lee.id}", json={"status": "ACTIVE"}, headers=headers)
    assert (await staff_sign_in(client, lee)).status_code == 200


async def test_another_role_counts_at_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    lee = await make_staff(login_id="cs.lee", role="cs")
    before = headers_of(await staff_sign_in(client, lee))
    assert (await client.get(f"{API}/admin/users", headers=before)).status_code == 200

    await client.patch(f"{STAFF}/{lee.id}", json={"role": "md"}, headers=headers)

    assert code(await client.get(f"{API}/admin/users", headers=before)) == (401, "INVALID_TOKEN")
    after = headers_of(await staff_sign_in(client, lee))
    assert code(await client.get(f"{API}/admin/users", headers=after)) == (403, "FORBIDDEN")


async def test_another_name_ends_nothing_and_saying_the_same_again_writes_nothing(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    lee = await make_staff(login_id="cs.lee", role="cs")
    theirs = headers_of(await staff_sign_in(client, lee))

    for _ in range(2):
        answer = await client.patch(
            f"{STAFF}/{lee.id}", json={"name": "이하나", "role": "cs", "status": "ACTIVE"}, headers=headers
        )
        assert answer.json()["name"] == "이하나"

    assert await is_signed_in(client, theirs)
    assert len(await audited("staff.changed")) == 1


@pytest.mark.parametrize("body", [{}, {"reason": "이유만"}, {"status": "GONE"}, {"login_id": "x.other"}, {"role": 5}])
async def test_a_change_of_nothing_or_of_something_else_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    headers = await staff_bearer(client)
    lee = await make_staff(role="cs")

    assert code(await client.patch(f"{STAFF}/{lee.id}", json=body, headers=headers)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("body", [{"status": "SUSPENDED"}, {"role": "cs"}])
async def test_nobody_suspends_or_demotes_themselves(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    boss = await make_staff()
    await make_staff()
    headers = await staff_bearer(client, boss)

    assert code(await client.patch(f"{STAFF}/{boss.id}", json=body, headers=headers)) == (409, "NOT_ON_YOURSELF")
    for path in ("password", "reset-second-factor"):
        answer = await client.post(
            f"{STAFF}/{boss.id}/{path}", json={"password": PASSWORD} if path == "password" else {}, headers=headers
        )
        assert code(answer) == (409, "NOT_ON_YOURSELF"), path
    assert await is_signed_in(client, headers)
    named = await client.patch(f"{STAFF}/{boss.id}", json={"name": "최대표", "role": "owner"}, headers=headers)
    assert named.status_code == 200


@pytest.mark.parametrize("body", [{"status": "SUSPENDED"}, {"role": "manager"}])
async def test_two_owners_who_remove_each_other_at_once_leave_one(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    for _ in range(3):
        first, second = await make_staff(), await make_staff()
        both = [await staff_bearer(client, first), await staff_bearer(client, second)]

        answers = await asyncio.gather(
            client.patch(f"{STAFF}/{second.id}", json=body, headers=both[0]),
            client.patch(f"{STAFF}/{first.id}", json=body, headers=both[1]),
        )

        outcomes = sorted(answer.status_code for answer in answers)
        assert outcomes in ([200, 401], [200, 409])  # 401: the first had signed the second out already
        owner = await Role.get(code="owner")
        assert await Staff.filter(role_id=owner.id, status="ACTIVE").count() == 1
        await Staff.all().delete()


async def test_two_who_may_suspend_owners_cannot_remove_the_last_two_at_once(client: httpx.AsyncClient) -> None:
    first, second = await make_staff(), await make_staff()
    one, two = await staff_bearer(client, first), await staff_bearer(client, second)

    from src.app.staff.dtos.admin.staffing import StaffChange
    from src.app.staff.errors import LastOwner
    from src.app.staff.services import staffing
    from src.common.records import audit

    change = StaffChange(status="SUSPENDED")
    outcomes = await asyncio.gather(
        *(staffing.change(staff.id, change, version=1, by=audit.COMMAND) for staff in (first, second)),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == [LastOwner.__name__, "StaffRead"]
    assert [await is_signed_in(client, headers) for headers in (one, two)].count(True) == 1


async def test_a_suspended_owner_does_not_count(client: httpx.AsyncClient) -> None:
    boss, second = await make_staff(), await make_staff()
    await Staff.filter(id=second.id).update(status="SUSPENDED")
    headers = await staff_bearer(client, boss)
    all_but = await staff_with(*(await _everything()))

    answer = await client.patch(
        f"{STAFF}/{boss.id}", json={"status": "SUSPENDED"}, headers=await staff_bearer(client, all_but)
    )

    assert code(answer) == (409, "LAST_OWNER")
    assert await is_signed_in(client, headers)
    demoted = await client.patch(f"{STAFF}/{second.id}", json={"role": "cs"}, headers=headers)
    assert demoted.status_code == 200


async def _everything() -> list[str]:
    from src.app.staff.services.permissions import ALL

    return sorted(ALL)


async def test_nobody_gives_or_takes_over_more_than_they_have(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await headers_with(client, "staff:read", "staff:write", "order:read")
    small, large = await make_role("order:read"), await make_role("order:read", "order:write")
    lee = await make_staff(role=small.code)

    refused = [
        await client.post(STAFF, json={**LEE, "role": large.code}, headers=headers),
        await client.patch(f"{STAFF}/{lee.id}", json={"role": "owner"}, headers=headers),
        await client.patch(f"{STAFF}/{boss.id}", json={"status": "SUSPENDED"}, headers=headers),
        await client.patch(f"{STAFF}/{boss.id}", json={"name": "다른이름"}, headers=headers),
        await client.post(f"{STAFF}/{boss.id}/password", json={"password": "Taken!2345"}, headers=headers),
        await client.post(f"{STAFF}/{boss.id}/reset-second-factor", headers=headers),
        await client.post(f"{STAFF}/{boss.id}/force-sign-out", headers=headers),
    ]

    assert [code(answer) for answer in refused] == [(403, "BEYOND_YOUR_PERMISSIONS")] * 7
    rows = await audited("access.denied")
    assert [(row["target_type"], row["target_id"]) for row in rows] == [
        ("role", large.code),
        ("staff", str(lee.id)),
        *[("staff", str(boss.id))] * 5,
    ]
    assert {row["reason"] for row in rows} == {"BEYOND_YOUR_PERMISSIONS"}
    assert (await staff_sign_in(client, boss)).status_code == 200
    allowed = await client.post(STAFF, json={**LEE, "role": small.code}, headers=headers)
    assert allowed.status_code == 201


async def test_a_password_set_by_another_counts_and_ends_the_sessions(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    lee = await make_staff(role="cs")
    theirs = headers_of(await staff_sign_in(client, lee))

    answer = await client.post(
        f"{STAFF}/{lee.id}/password", json={"password": "Second!2345", "reason": "분실"}, headers=headers
    )

    assert answer.status_code == 204
    assert not await is_signed_in(client, theirs)
    assert code(await staff_sign_in(client, lee)) == (401, "BAD_CREDENTIALS")
    assert (await staff_sign_in(client, lee, password="Second!2345")).status_code == 200
    (row,) = await audited("staff.password_set")
    assert row["reason"] == "분실"
    assert "Second!2345" not in str(row)


async def test_a_lost_second_factor_is_reset_and_the_sessions_end(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    lee = await make_staff(role="cs")
    _, codes, theirs = await enable_totp(client, lee)

    answer = await client.post(f"{STAFF}/{lee.id}/reset-second-factor", json={"reason": "휴대폰 분실"}, headers=headers)

    assert answer.status_code == 204
    assert not await is_signed_in(client, theirs)
    assert (await staff_sign_in(client, lee)).status_code == 200
    (row,) = await audited("staff.second_factor_reset")
    assert (row["before"], row["after"]) == ({"second_factor": True}, {"second_factor": False})
    assert codes[0] not in str(row)


async def test_sessions_are_ended_without_a_body_too(client: httpx.AsyncClient) -> None:
    boss = await make_staff()
    headers = await staff_bearer(client, boss)
    lee = await make_staff(role="cs")
    theirs = headers_of(await staff_sign_in(client, lee))

    assert (await client.post(f"{STAFF}/{lee.id}/force-sign-out", headers=headers)).status_code == 204

    assert not await is_signed_in(client, theirs)
    assert (await staff_sign_in(client, lee)).status_code == 200
    (row,) = await audited("staff.signed_out")
    assert (row["actor"], row["target_id"], row["reason"]) == (f"staff:{boss.id}", str(lee.id), "")


@pytest.mark.parametrize("path", ["", "/password", "/reset-second-factor", "/force-sign-out"])
async def test_somebody_who_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    headers = await staff_bearer(client)
    body = {"": {"name": "김없음"}, "/password": {"password": PASSWORD}}.get(path, {})

    answer = await client.request("POST" if path else "PATCH", f"{STAFF}/987654321{path}", json=body, headers=headers)

    assert code(answer) == (404, "STAFF_NOT_FOUND")
