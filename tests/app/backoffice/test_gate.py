"""Every back-office route of staff, members and logs: who is refused, and that refusals are written down."""

import httpx
import pytest

from src.app.staff.models import Staff
from src.common.models.audit_log import AuditLog
from tests.app.auth.support import API, code
from tests.app.staff.people import audited, headers_with
from tests.factories.people import bearer

ROUTES = [
    ("GET", "/admin/permissions", "role:read"),
    ("GET", "/admin/roles", "role:read"),
    ("GET", "/admin/roles/{role_id}", "role:read"),
    ("POST", "/admin/roles", "role:write"),
    ("PATCH", "/admin/roles/{role_id}", "role:write"),
    ("DELETE", "/admin/roles/{role_id}", "role:write"),
    ("GET", "/admin/staff", "staff:read"),
    ("GET", "/admin/staff/{staff_id}", "staff:read"),
    ("POST", "/admin/staff", "staff:write"),
    ("PATCH", "/admin/staff/{staff_id}", "staff:write"),
    ("POST", "/admin/staff/{staff_id}/password", "staff:write"),
    ("POST", "/admin/staff/{staff_id}/reset-second-factor", "staff:write"),
    ("POST", "/admin/staff/{staff_id}/force-sign-out", "staff:write"),
    ("GET", "/admin/users", "member:read"),
    ("GET", "/admin/users/{user_id}", "member:read"),
    ("PATCH", "/admin/users/{user_id}", "member:write"),
    ("POST", "/admin/users/{user_id}/unmask", "pii:read"),
    ("POST", "/admin/users/{user_id}/force-logout", "member:write"),
    ("GET", "/admin/users/{user_id}/memos", "member:read"),
    ("POST", "/admin/users/{user_id}/memos", "member:write"),
    ("GET", "/admin/audit-logs", "audit:read"),
    ("GET", "/admin/personal-data-accesses", "audit:read"),
    ("GET", "/admin/jobs", "job:read"),
    ("GET", "/admin/jobs/{name}/runs", "job:read"),
    ("POST", "/admin/jobs/{name}/run", "job:run"),
    ("GET", "/admin/outbox", "job:read"),
    ("POST", "/admin/outbox/{event_id}/replay", "job:run"),
    ("GET", "/admin/messages", "message:read"),
    ("GET", "/admin/messages/{number}", "message:read"),
    ("POST", "/admin/messages/{number}/resend", "message:write"),
    ("GET", "/admin/message-templates", "message:read"),
    ("GET", "/admin/message-templates/{name}", "message:read"),
    ("PUT", "/admin/message-templates/{name}", "message:write"),
    ("POST", "/admin/message-templates/{name}/preview", "message:read"),
    ("POST", "/admin/message-templates/{name}/test-send", "message:write"),
]
OWN = [
    ("GET", "/admin/me"),
    ("GET", "/admin/me/notifications"),
    ("PUT", "/admin/me/notifications"),
    ("POST", "/admin/me/password"),
    ("POST", "/admin/auth/totp"),
    ("POST", "/admin/auth/totp/confirm"),
    ("DELETE", "/admin/auth/totp"),
    ("POST", "/admin/auth/recovery-codes"),
]
ADMIN = ("permissions", "roles", "staff", "users", "me", "audit-logs", "jobs", "outbox")
EVERY = [(method, path) for method, path, _ in ROUTES] + OWN


def called(path: str) -> str:
    """With ids that nothing has."""
    for name in ("{role_id}", "{staff_id}", "{user_id}", "{event_id}", "{number}"):
        path = path.replace(name, "987654321")
    path = path.replace("{name}", "no-such-job")
    return API + path


@pytest.mark.parametrize(("method", "path"), EVERY)
async def test_nobody_gets_in_without_a_token_or_as_a_member(client: httpx.AsyncClient, method: str, path: str) -> None:
    member = await bearer(client)
    for given in ("{", "x" * 100):
        anonymous = await client.request(method, called(path) + "?nonsense=1", content=given)
        assert code(anonymous) == (401, "NOT_AUTHENTICATED")
        as_member = await client.request(method, called(path) + "?nonsense=1", content=given, headers=member)
        assert code(as_member) == (403, "FORBIDDEN")
    forged = await client.request(method, called(path), headers={"Authorization": "Bearer x.y.z"})
    assert code(forged) == (401, "INVALID_TOKEN")
    assert await Staff.all().count() == 0


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
async def test_staff_without_the_permission_are_refused_and_audited(
    client: httpx.AsyncClient, method: str, path: str, permission: str
) -> None:
    others = {word for _, _, word in ROUTES} - {permission}
    headers = await headers_with(client, *others)

    answer = await client.request(method, called(path), content="{", headers={**headers, "User-Agent": "Whale/3"})

    assert code(answer) == (403, "FORBIDDEN")
    (row,) = await audited("access.denied")
    staff = await Staff.get()
    assert (row["actor"], row["target_type"], row["address"]) == (f"staff:{staff.id}", "route", "127.0.0.1")
    assert row["target_id"] == f"{method} {API}{path}"
    assert (row["user_agent"], row["request_id"]) == ("Whale/3", answer.headers["X-Request-ID"])


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
async def test_the_permission_alone_opens_the_route(
    client: httpx.AsyncClient, method: str, path: str, permission: str
) -> None:
    headers = await headers_with(client, permission)

    answer = await client.request(method, called(path), headers={**headers, "If-Match": '"1"'})

    assert answer.status_code in (200, 404, 422)
    assert await audited("access.denied") == []


@pytest.mark.parametrize(("method", "path", "permission"), [route for route in ROUTES if "_id}" in route[1]])
async def test_a_hostile_id_is_no_id(client: httpx.AsyncClient, method: str, path: str, permission: str) -> None:
    headers = {**await headers_with(client, permission), "If-Match": '"1"'}
    rows = await AuditLog.all().count()
    placeholder = path[path.index("{") : path.index("}") + 1]

    for bad in ("0", "-1", "abc", "9223372036854775808", "1.5", "١", "%00", "1;DROP", "1%20OR%201=1"):
        answer = await client.request(method, API + path.replace(placeholder, bad), headers=headers)
        assert code(answer) == (422, "VALIDATION_ERROR"), bad

    assert await AuditLog.all().count() == rows


@pytest.mark.parametrize(("method", "path", "permission"), [route for route in ROUTES if route[0] == "GET"])
async def test_an_unknown_query_parameter_is_refused(
    client: httpx.AsyncClient, method: str, path: str, permission: str
) -> None:
    headers = await headers_with(client, permission)

    answer = await client.request(method, called(path) + "?order_by=password_hash", headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    assert answer.json()["errors"][0]["field"] == "order_by"


async def test_every_route_of_these_domains_is_in_the_table(client: httpx.AsyncClient, app: object) -> None:
    from fastapi import FastAPI

    assert isinstance(app, FastAPI)
    prefixes = tuple(f"{API}/admin/{name}" for name in ADMIN)
    listed = {
        (method.upper(), path.removeprefix(API))
        for path, item in app.openapi()["paths"].items()
        for method in item
        if path.startswith((*prefixes, f"{API}/admin/personal-data-accesses"))
    }
    assert listed <= set(EVERY)
    assert {(method, path) for method, path, _ in ROUTES} <= listed
