"""`cursor` beside `page`: what follows the last row that was seen, whatever came or went meanwhile."""

import base64
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, get_args

import httpx
import pytest
from fastapi import FastAPI

from src.app.order.models import Order
from src.app.product.dtos.admin.listing import AdminSort
from src.app.product.dtos.requests import Sort
from src.app.product.models import Product
from src.app.user.dtos.admin import MemberSort
from src.app.user.models import User
from src.common import clock
from src.common.http import public_cache
from src.common.models.audit_log import AuditLog
from src.common.models.outbox_event import OutboxEvent
from src.core.configs import Settings
from src.main import create_app
from tests.app.auth.support import API
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import make_order
from tests.factories.people import bearer, make_member, staff_bearer

LISTS = (
    "/products", "/orders", "/admin/products", "/admin/users", "/admin/messages", "/admin/audit-logs",
    "/admin/personal-data-accesses", "/admin/outbox", "/admin/jobs/{name}/runs", "/admin/tasks",
)  # fmt: skip


async def walked(
    client: httpx.AsyncClient,
    path: str,
    headers: dict[str, str],
    *,
    size: int = 2,
    between: Callable[[], Awaitable[object]] | None = None,
    **params: Any,
) -> list[dict[str, Any]]:
    """All items, page by page with cursors."""
    items: list[dict[str, Any]] = []
    asked: dict[str, Any] = {"size": size, **params}
    for _ in range(50):
        public_cache.invalidate_all()
        answer = await client.get(f"{API}{path}", params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        if "next_cursor" not in answer.json():
            return items
        assert len(answer.json()["items"]) == size
        asked = {"size": size, "cursor": answer.json()["next_cursor"], **params}
        if between is not None:
            await between()
    raise AssertionError("no end")


async def products() -> list[int]:
    ids = []
    for number in range(7):
        product = await make_product(code=f"P{number}", name=f"이름 {number % 3}", price=1_000 * (number % 3 + 1))
        await Product.filter(id=product.id).update(
            popularity=number % 2, rating=number % 2 * 10, review_count=number % 3, reduction=number % 2,
            released_at=clock.now() - timedelta(days=number % 3),
        )  # fmt: skip
        ids.append(int(product.id))
    return ids


@pytest.mark.fault("S15")
@pytest.mark.parametrize("sort", get_args(Sort))
async def test_products_in_every_order(client: httpx.AsyncClient, sort: str) -> None:
    ids = await products()
    whole = (await client.get(f"{API}/products", params={"sort": sort, "size": 100})).json()["items"]
    assert [row["id"] for row in await walked(client, "/products", {}, sort=sort)] == [row["id"] for row in whole]
    assert sorted(row["id"] for row in whole) == ids
    found = await walked(client, "/products", {}, sort=sort, q="이름", size=3)
    assert [row["id"] for row in found] == [row["id"] for row in whole]


@pytest.mark.fault("S15")
async def test_what_is_added_meanwhile_moves_nothing(client: httpx.AsyncClient) -> None:
    ids = await products()
    staff = await staff_bearer(client)
    for path, headers in (("/products", {}), ("/admin/products", staff)):
        found = await walked(client, path, headers, between=make_product)
        seen = [row["id"] for row in found]
        assert len(seen) == len(set(seen))
        assert set(ids) <= set(seen)
        ids = seen if len(seen) > len(ids) else ids


@pytest.mark.fault("S15")
@pytest.mark.parametrize("sort", get_args(AdminSort))
async def test_products_of_staff_in_every_order(client: httpx.AsyncClient, sort: str) -> None:
    ids = await products()
    staff = await staff_bearer(client)
    whole = await client.get(f"{API}/admin/products", params={"sort": sort, "size": 100}, headers=staff)
    expected = [row["id"] for row in whole.json()["items"]]
    assert sorted(expected) == ids
    assert [row["id"] for row in await walked(client, "/admin/products", staff, sort=sort)] == expected


@pytest.mark.fault("S15")
@pytest.mark.parametrize("sort", get_args(MemberSort))
async def test_members_in_every_order(client: httpx.AsyncClient, sort: str) -> None:
    staff = await staff_bearer(client)
    now = clock.now()
    for number in range(5):
        member = await make_member()
        seen = now - timedelta(days=number % 2) if number % 2 else None
        await User.filter(id=member.id).update(last_sign_in_at=seen, name=f"이름{number % 2}")
    whole = await client.get(f"{API}/admin/users", params={"sort": sort, "size": 100}, headers=staff)
    expected = [row["id"] for row in whole.json()["items"]]
    assert len(expected) == 5
    assert [row["id"] for row in await walked(client, "/admin/users", staff, sort=sort)] == expected


@pytest.mark.fault("S15")
async def test_logs_and_events_by_number(client: httpx.AsyncClient) -> None:
    staff = await staff_bearer(client)
    for number in range(5):
        await OutboxEvent.create(
            topic="order.paid",
            payload={},
            aggregate=f"order:{number}",
            created_at=clock.now(),
            available_at=clock.now(),
        )
        await AuditLog.create(
            actor="staff:1",
            action="test.done",
            target_type="test",
            target_id=str(number),
            before={},
            after={},
            created_at=clock.now(),
        )
    for path in ("/admin/outbox", "/admin/audit-logs"):
        rows = await walked(client, path, staff)
        numbers = [row["id"] for row in rows if row.get("action", "test.done") == "test.done"]
        assert len(numbers) == 5, path
        assert numbers == sorted(numbers, reverse=True), path


@pytest.mark.fault("S15")
async def test_my_orders_of_the_same_moment_and_of_the_archive(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    (variant,) = await variants_of(await make_product(stock=50))
    made = [await make_order(variant, member_id=member.id) for _ in range(5)]
    await Order.filter(id__in=[order.id for order in made[1:4]]).update(created_at=made[1].created_at)

    async def one_more() -> None:
        await make_order(variant, member_id=member.id)

    whole = (await client.get(f"{API}/orders", params={"size": 100}, headers=headers)).json()["items"]
    numbers = [row["order_no"] for row in whole]
    assert sorted(numbers) == sorted(order.order_no for order in made)
    found = await walked(client, "/orders", headers, between=one_more)
    assert [row["order_no"] for row in found] == numbers


@pytest.mark.fault("S15")
async def test_a_page_and_a_cursor_exclude_each_other_and_strange_cursors_are_refused(
    client: httpx.AsyncClient,
) -> None:
    await products()
    first = (await client.get(f"{API}/products", params={"size": 2})).json()
    cursor = first["next_cursor"]
    assert (await client.get(f"{API}/products", params={"size": 2, "page": 1})).json() == first

    def made(text: str) -> str:
        return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()

    refused: list[dict[str, Any]] = [
        {"page": 1, "cursor": cursor},
        {"sort": "price_asc", "cursor": cursor},
        *({"cursor": text} for text in ("", "x", "%", "é", "A" * 601, made("{}"), made("[]"), made('["products-newest"]'))),
        *(
            {"cursor": made(f'["products-newest",{values}]')}
            for values in ('"x",1', "1,1", '"2026-01-01",1', '"2026-01-01T00:00:00Z","1"', f'"2026-01-01T00:00:00Z",{2**70}')
        ),
    ]  # fmt: skip
    for params in refused:
        answer = await client.get(f"{API}/products", params=params)
        assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR"), params


@pytest.mark.fault("S15")
def test_long_lists_document_their_cursor(shop_settings: Settings) -> None:
    app: FastAPI = create_app(shop_settings, with_runner=False)
    paths = app.openapi()["paths"]
    missing = [
        path
        for path in LISTS
        if "cursor" not in {parameter["name"] for parameter in paths[f"{API}{path}"]["get"]["parameters"]}
    ]
    assert missing == []
