"""Every route of outgoing webhooks: who is refused, before anything is looked at, and that refusals are written
down."""

import httpx
import pytest

from tests.app.auth.support import code
from tests.app.outbound.support import HOOKS
from tests.app.staff.people import audited, headers_with
from tests.factories.people import bearer

ROUTES = [
    ("GET", "", "webhook:read"),
    ("POST", "", "webhook:write"),
    ("GET", "/event-types", "webhook:read"),
    ("GET", "/deliveries/{delivery_id}", "webhook:read"),
    ("POST", "/deliveries/{delivery_id}/replay", "webhook:write"),
    ("GET", "/{webhook_id}", "webhook:read"),
    ("PATCH", "/{webhook_id}", "webhook:write"),
    ("DELETE", "/{webhook_id}", "webhook:write"),
    ("POST", "/{webhook_id}/rotate-secret", "webhook:write"),
    ("POST", "/{webhook_id}/test", "webhook:write"),
    ("GET", "/{webhook_id}/deliveries", "webhook:read"),
    ("POST", "/{webhook_id}/replay", "webhook:write"),
]


def called(path: str) -> str:
    """With ids that nothing has."""
    return HOOKS + path.replace("{webhook_id}", "987654321").replace("{delivery_id}", "987654321")


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
async def test_only_staff_with_the_permission_get_in(
    client: httpx.AsyncClient, method: str, path: str, permission: str
) -> None:
    anonymous = await client.request(method, called(path) + "?nonsense=1", content="{")
    assert code(anonymous) == (401, "NOT_AUTHENTICATED")
    member = await bearer(client)
    assert code(await client.request(method, called(path), content="{", headers=member)) == (403, "FORBIDDEN")

    other = ({"webhook:read", "webhook:write"} - {permission}).pop()
    headers = await headers_with(client, other, "settings:write", "pii:read")
    assert code(await client.request(method, called(path), content="{", headers=headers)) == (403, "FORBIDDEN")
    (row,) = await audited("access.denied")
    assert row["target_id"] == f"{method} {HOOKS}{path}"


@pytest.mark.parametrize("path", ["0", "-1", "x", str(2**63), "1.5"])
async def test_what_cannot_be_an_id_is_refused(client: httpx.AsyncClient, path: str) -> None:
    headers = await headers_with(client, "webhook:read", "webhook:write")
    for tail in (f"/{path}", f"/deliveries/{path}", f"/{path}/deliveries"):
        assert code(await client.get(HOOKS + tail, headers=headers)) == (422, "VALIDATION_ERROR")


async def test_what_nothing_has_is_not_found(client: httpx.AsyncClient) -> None:
    headers = {**await headers_with(client, "webhook:read", "webhook:write"), "If-Match": '"1"'}
    span = {"since": "2026-11-20T00:00:00+09:00", "until": "2026-11-21T00:00:00+09:00"}
    bodies = {"PATCH": {"is_active": True}, "/{webhook_id}/replay": span}
    for method, path, _ in ROUTES:
        if "{" in path:
            body = bodies.get(path, bodies.get(method))
            answer = await client.request(method, called(path), json=body, headers=headers)
            expected = "OUTBOUND_DELIVERY_NOT_FOUND" if "{delivery_id}" in path else "OUTBOUND_WEBHOOK_NOT_FOUND"
            assert code(answer) == (404, expected), path
