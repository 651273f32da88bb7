"""Who may do what with the products of the back-office."""

import httpx
import pytest

from src.app.product.models import Product
from src.app.staff.services.permissions import ALL
from tests.app.auth.support import API, code
from tests.app.staff.people import audited, headers_with
from tests.factories.people import bearer

ROUTES = [
    ("GET", "/admin/products", "product:read"),
    ("GET", "/admin/products/summary", "product:read"),
    ("GET", "/admin/product-notice-kinds", "product:read"),
    ("GET", "/admin/products/987654321", "product:read"),
    ("POST", "/admin/products", "product:write"),
    ("PATCH", "/admin/products/bulk", "product:write"),
    ("POST", "/admin/products/bulk-price", "product:write"),
    ("PATCH", "/admin/products/987654321", "product:write"),
    ("PUT", "/admin/products/987654321/options", "product:write"),
    ("DELETE", "/admin/products/987654321", "product:write"),
    ("POST", "/admin/products/987654321/restore", "product:write"),
    ("POST", "/admin/products/987654321/copy", "product:write"),
    ("GET", "/admin/dashboard", "dashboard:read"),
    ("GET", "/admin/dashboard/products", "dashboard:read"),
]


@pytest.mark.parametrize(("method", "path", "permission"), ROUTES)
async def test_each_route_needs_its_permission_before_it_reads_anything(
    client: httpx.AsyncClient, method: str, path: str, permission: str
) -> None:
    anonymous = await client.request(method, f"{API}{path}?nonsense=1", content="{")
    member = await client.request(method, f"{API}{path}?nonsense=1", content="{", headers=await bearer(client))
    others = await headers_with(client, *sorted(ALL - {permission}))
    refused = await client.request(
        method, f"{API}{path}?nonsense=1", content="{", headers={**others, "If-Match": '"1"'}
    )
    mine = {**await headers_with(client, permission), "If-Match": '"1"'}
    allowed = await client.request(method, f"{API}{path}", headers=mine)

    assert code(anonymous) == (401, "NOT_AUTHENTICATED")
    assert code(member) == (403, "FORBIDDEN")
    assert code(refused) == (403, "FORBIDDEN")
    assert len(await audited("access.denied")) == 1
    assert allowed.status_code not in {401, 403}
    assert not await Product.exists()


async def test_the_kinds_of_the_notice_name_their_items(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "product:read")
    items = (await client.get(f"{API}/admin/product-notice-kinds", headers=headers)).json()["items"]
    assert [item["kind"] for item in items] == ["clothing", "shoes", "bag", "fashion", "sports", "other"]
    assert items[2]["name"] == "가방"
    assert items[2]["fields"]["country"] == "제조국"
