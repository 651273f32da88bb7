"""Role management."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.staff.models import Role, RolePermission
from src.app.staff.services.builtin_roles import ensure_builtin_roles
from tests.app.auth.support import API, code, refresh
from tests.app.staff.people import audited, headers_of, headers_with, is_signed_in, make_role, staff_sign_in
from tests.factories.people import make_staff, staff_bearer

ROLES = f"{API}/admin/roles"
NIGHT: dict[str, Any] = {"code": "night_cs", "name": "야간 상담", "permissions": ["order:read", "claim:read"]}


async def test_a_role_is_made_and_can_be_given(client: httpx.AsyncClient) -> None:
    boss = await make_staff()

    answer = await client.post(ROLES, json=NIGHT, headers=await staff_bearer(client, boss))

    assert answer.status_code == 201
    body = answer.json()
    assert (body["code"], body["name"], body["is_builtin"], body["staff_count"]) == ("night_cs", "야간 상담", False, 0)
    assert body["permissions"] == ["claim:read", "order:read"]
    lee = await make_staff(role="night_cs")
    me = await client.get(f"{API}/admin/me", headers=headers_of(await staff_sign_in(client, lee)))
    assert me.json()["permissions"] == ["claim:read", "order:read"]
    (row,) = await audited("role.created")
    assert (row["actor"], row["after"]["permissions"]) == (f"staff:{boss.id}", ["claim:read", "order:read"])


async def test_unknown_permissions_and_bad_fields_are_refused(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    before = await Role.all().count()

    unknown = await client.post(ROLES, json={**NIGHT, "permissions": ["order:fly", "order:read"]}, headers=headers)
    assert code(unknown) == (422, "PERMISSION_UNKNOWN")
    assert unknown.json()["permissions"] == "order:fly"
    for changes in (
        {"code": "Night"},
        {"code": "x" * 33},
        {"code": "night cs"},
        {"name": ""},
        {"name": "<b>😀</b>"},
        {"permissions": "order:read"},
        {"permissions": [5]},
        {"permissions": ["x" * 49]},
        {"permissions": ["order:read"] * 201},
        {"is_builtin": True},
    ):
        assert code(await client.post(ROLES, json={**NIGHT, **changes}, headers=headers)) == (422, "VALIDATION_ERROR")
    assert await Role.all().count() == before


async def test_a_code_is_taken_once_also_at_the_same_moment(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)

    answers = await asyncio.gather(*(client.post(ROLES, json=NIGHT, headers=headers) for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert code(await client.post(ROLES, json={**NIGHT, "code": "owner"}, headers=headers)) == (409, "ROLE_CODE_TAKEN")
    role = await Role.get(code="night_cs")
    assert await RolePermission.filter(role_id=role.id).count() == 2


async def test_changed_permissions_count_at_once_for_everybody_with_the_role(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    role = await make_role("member:read", "order:read")
    holders = [await make_staff(role=role.code) for _ in range(2)]
    sessions = [await staff_sign_in(client, holder) for holder in holders]
    other = await headers_with(client, "member:read")

    answer = await client.patch(f"{ROLES}/{role.id}", json={"permissions": ["order:read"]}, headers=headers)

    assert (answer.status_code, answer.json()["permissions"]) == (200, ["order:read"])
    for holder, session in zip(holders, sessions, strict=True):
        assert code(await client.get(f"{API}/admin/users", headers=headers_of(session))) == (401, "INVALID_TOKEN")
        cookie = session.cookies["staff_refresh"]
        again = await refresh(client, cookie, cookie="staff_refresh", path="/admin/auth/refresh")
        assert code(again) == (401, "SESSION_REVOKED")
        after = headers_of(await staff_sign_in(client, holder))
        assert code(await client.get(f"{API}/admin/users", headers=after)) == (403, "FORBIDDEN")
    assert await is_signed_in(client, other)
    (row,) = await audited("role.changed")
    assert row["before"] == {"permissions": ["member:read", "order:read"]}
    assert row["after"] == {"permissions": ["order:read"]}


async def test_another_name_signs_nobody_out(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    role = await make_role("order:read")
    theirs = await staff_bearer(client, await make_staff(role=role.code))
    body = {"name": "새 이름", "permissions": ["order:read"]}

    for _ in range(2):
        assert (await client.patch(f"{ROLES}/{role.id}", json=body, headers=headers)).json()["name"] == "새 이름"

    assert await is_signed_in(client, theirs)
    assert len(await audited("role.changed")) == 1


async def test_the_owner_is_fixed_and_builtin_roles_stay(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    await ensure_builtin_roles()
    owner, cs = await Role.get(code="owner"), await Role.get(code="cs")

    for body in ({"name": "왕"}, {"permissions": ["order:read"]}):
        answer = await client.patch(f"{ROLES}/{owner.id}", json=body, headers=headers)
        assert code(answer) == (409, "BUILTIN_ROLE_FIXED")
    for role in (owner, cs):
        assert code(await client.delete(f"{ROLES}/{role.id}", headers=headers)) == (409, "BUILTIN_ROLE_FIXED")
    changed = await client.patch(f"{ROLES}/{cs.id}", json={"permissions": []}, headers=headers)
    assert changed.json()["permissions"] == []


async def test_a_role_goes_when_nobody_has_it_and_else_says_who(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    role = await make_role("order:read", name="야간 상담")
    lee = await make_staff(login_id="cs.lee", name="이상담", role=role.code)

    refused = await client.delete(f"{ROLES}/{role.id}", headers=headers)
    assert code(refused) == (409, "ROLE_IN_USE")
    assert refused.json()["count"] == 1
    assert refused.json()["holders"] == [{"id": lee.id, "login_id": "cs.lee", "name": "이상담"}]

    await client.patch(f"{API}/admin/staff/{lee.id}", json={"role": "cs"}, headers=headers)
    assert (await client.delete(f"{ROLES}/{role.id}", headers=headers)).status_code == 204
    assert await RolePermission.filter(role_id=role.id).count() == 0
    assert code(await client.delete(f"{ROLES}/{role.id}", headers=headers)) == (404, "ROLE_NOT_FOUND")
    (row,) = await audited("role.removed")
    assert row["before"] == {"code": role.code, "name": "야간 상담", "permissions": ["order:read"]}


async def test_a_role_is_not_removed_while_somebody_gets_it(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    for number in range(3):
        role = await make_role("order:read")
        body = {"login_id": f"new.{number}", "name": "김신입", "role": role.code, "password": "First!2345"}

        made, removed = await asyncio.gather(
            client.post(f"{API}/admin/staff", json=body, headers=headers),
            client.delete(f"{ROLES}/{role.id}", headers=headers),
        )

        assert (made.status_code, removed.status_code) in ((201, 409), (422, 204))


async def test_nobody_gives_a_role_more_than_they_have(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "role:read", "role:write", "order:read")
    large = await make_role("order:write")
    small = await make_role("order:read")
    await ensure_builtin_roles()

    refused = [
        await client.post(ROLES, json={**NIGHT, "permissions": ["pii:read"]}, headers=headers),
        await client.patch(f"{ROLES}/{small.id}", json={"permissions": ["order:write"]}, headers=headers),
        await client.patch(f"{ROLES}/{large.id}", json={"permissions": []}, headers=headers),
        await client.delete(f"{ROLES}/{large.id}", headers=headers),
    ]

    assert [code(answer) for answer in refused] == [(403, "BEYOND_YOUR_PERMISSIONS")] * 4
    assert len(await audited("access.denied")) == 4
    assert await audited("role.changed") == []
    assert (await client.post(ROLES, json={**NIGHT, "permissions": ["order:read"]}, headers=headers)).status_code == 201


@pytest.mark.parametrize("body", [{}, {"code": "new"}, {"is_builtin": False}, {"name": None, "extra": 1}])
async def test_a_change_of_nothing_or_of_something_else_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    headers = await staff_bearer(client)
    role = await make_role("order:read")

    assert code(await client.patch(f"{ROLES}/{role.id}", json=body, headers=headers)) == (422, "VALIDATION_ERROR")
