"""PATCH /admin/products/bulk and POST /admin/products/bulk-price."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.product.models import Product
from tests.app.auth.support import API, code
from tests.app.product.editing.support import PRODUCTS
from tests.app.staff.people import audited
from tests.factories.catalogue import make_product
from tests.factories.people import staff_bearer

BULK, PRICES = f"{PRODUCTS}/bulk", f"{PRODUCTS}/bulk-price"
GONE = 987_654_321


def keyed(headers: dict[str, str], key: str = "bulk-price-key-1") -> dict[str, str]:
    return {**headers, "Idempotency-Key": key}


async def test_statuses_are_set_with_a_result_for_each(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    first, second, archived = [await make_product() for _ in range(3)]
    await client.delete(f"{PRODUCTS}/{archived.id}", headers=headers)
    assert (await client.get(f"{API}/products")).json()["total"] == 2
    body = {"ids": [second.id, GONE, archived.id, first.id], "display_status": "HIDDEN", "reason": "개편"}

    answer = await client.patch(BULK, json=body, headers=headers)

    assert answer.status_code == 200
    assert [(item["id"], item["outcome"], item["code"], item["version"]) for item in answer.json()["items"]] == [
        (second.id, "changed", None, 2),
        (GONE, "refused", "PRODUCT_NOT_FOUND", None),
        (archived.id, "refused", "PRODUCT_ARCHIVED", 2),
        (first.id, "changed", None, 2),
    ]
    assert [answer.json()[name] for name in ("changed", "unchanged", "refused")] == [2, 0, 2]
    assert (await client.get(f"{API}/products")).json()["total"] == 0
    assert {row.sale_status for row in await Product.filter(id__in=[first.id, second.id])} == {"ON_SALE"}
    rows = await audited("product.changed")
    assert [(row["target_id"], row["after"], row["reason"]) for row in rows] == [
        (str(product.id), {"display_status": "HIDDEN"}, "개편") for product in (second, first)
    ]

    again = await client.patch(BULK, json=body, headers=headers)
    assert [again.json()[name] for name in ("changed", "unchanged", "refused")] == [0, 2, 2]
    assert len(await audited("product.changed")) == 2


async def test_prices_step_in_percent_and_won_and_bad_items_stop_nobody(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    plain = await make_product(price=10_000)
    reduced = await make_product(price=9_000, origin_price=10_000)
    cheap = await make_product(price=500)
    ids = [plain.id, reduced.id, cheap.id, GONE]

    up = await client.post(
        PRICES, json={"ids": ids, "change": {"unit": "percent", "by": 15}}, headers=keyed(headers, "a" * 16)
    )
    assert [(item["outcome"], item["price"]) for item in up.json()["items"]] == [
        ("changed", 11_500),
        ("changed", 10_500),
        ("changed", 570),
        ("refused", None),
    ]
    down = await client.post(
        PRICES, json={"ids": ids, "change": {"unit": "amount", "by": -10_600}}, headers=keyed(headers, "b" * 16)
    )
    assert [(item["outcome"], item["code"]) for item in down.json()["items"]] == [
        ("changed", None),
        ("refused", "DISCOUNT_ABOVE_PRICE"),  # 900 won with a discount of 1,000
        ("refused", "PRICE_OUT_OF_RANGE"),
        ("refused", "PRODUCT_NOT_FOUND"),
    ]
    assert [row.origin_price for row in await Product.all().order_by("id")] == [900, 11_500, 570]
    assert len(await audited("product.price_changed")) == 4


async def test_discounts_are_set_and_removed(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    dear, cheap = await make_product(price=10_000), await make_product(price=1_000)
    ids = [dear.id, cheap.id]
    discount = {"option": "amount", "value": 2_000, "ends_at": "2999-01-01T00:00:00+09:00"}

    given = await client.post(PRICES, json={"ids": ids, "discount": discount}, headers=keyed(headers, "c" * 16))
    assert [(item["outcome"], item["code"], item["price"]) for item in given.json()["items"]] == [
        ("changed", None, 8_000),
        ("refused", "DISCOUNT_ABOVE_PRICE", 1_000),
    ]
    taken = await client.post(PRICES, json={"ids": ids, "remove_discount": True}, headers=keyed(headers, "d" * 16))
    assert [(item["outcome"], item["price"]) for item in taken.json()["items"]] == [
        ("changed", 10_000),
        ("unchanged", 1_000),
    ]
    row = await Product.get(id=dear.id)
    assert (row.discount, row.discount_option, row.discount_ends_at, row.price_changes_at) == (0, "", None, None)


async def test_a_step_called_twice_or_at_once_counts_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    product = await make_product(price=10_000)
    body = {"ids": [product.id, GONE], "change": {"unit": "percent", "by": 10}}

    answers = await asyncio.gather(*(client.post(PRICES, json=body, headers=keyed(headers)) for _ in range(3)))
    later = await client.post(PRICES, json=body, headers=keyed(headers))

    done = [answer for answer in answers if answer.status_code == 200]
    assert {code(answer) for answer in answers if answer.status_code != 200} <= {(409, "IDEMPOTENCY_IN_PROGRESS")}
    assert all(answer.json() == later.json() for answer in done)
    assert later.headers["idempotency-replayed"] == "true"
    assert later.json()["items"][0]["price"] == 11_000
    assert (await Product.get(id=product.id)).price == 11_000
    assert len(await audited("product.price_changed")) == 1
    other = {**body, "ids": [product.id]}
    assert code(await client.post(PRICES, json=other, headers=keyed(headers))) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert code(await client.post(PRICES, json=body, headers=headers)) == (400, "IDEMPOTENCY_KEY_REQUIRED")


async def test_bulk_changes_of_the_same_products_from_two_sides_all_count(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    ids = [(await make_product(price=10_000)).id for _ in range(5)]

    answers = await asyncio.gather(
        *(
            client.post(
                PRICES,
                json={"ids": ids if n % 2 else ids[::-1], "change": {"unit": "amount", "by": 100}},
                headers=keyed(headers, f"side-{n:016d}"),
            )
            for n in range(6)
        ),
        *(
            client.patch(BULK, json={"ids": ids[::-1], "sale_status": status}, headers=headers)
            for status in ("STOPPED", "ON_SALE")
        ),
    )

    assert {answer.status_code for answer in answers} == {200}
    assert {row.price for row in await Product.all()} == {10_600}


async def test_five_hundred_at_once(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    ids = [(await make_product(colors=0)).id for _ in range(20)]
    body = {"ids": [*ids, *range(GONE, GONE + 480)], "sale_status": "STOPPED"}
    answer = await client.patch(BULK, json=body, headers=headers)
    assert [answer.json()[name] for name in ("changed", "refused")] == [20, 480]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bulk", {"ids": [], "sale_status": "STOPPED"}),
        ("bulk", {"ids": [1]}),
        ("bulk", {"ids": [1, 1], "sale_status": "STOPPED"}),
        ("bulk", {"ids": list(range(1, 502)), "sale_status": "STOPPED"}),
        ("bulk", {"ids": [1], "sale_status": "SOLD_OUT"}),
        ("bulk", {"ids": ["1"], "sale_status": "STOPPED"}),
        ("bulk-price", {"ids": [1]}),
        ("bulk-price", {"ids": [1], "change": {"unit": "percent", "by": 0}}),
        ("bulk-price", {"ids": [1], "change": {"unit": "percent", "by": -100}}),
        ("bulk-price", {"ids": [1], "change": {"unit": "amount", "by": 10}, "remove_discount": True}),
        ("bulk-price", {"ids": [1], "discount": {"option": "percent", "value": 101}}),
        ("bulk-price", {"ids": [1], "remove_discount": False}),
        ("bulk-price", {"ids": [1], "price": 5}),
    ],
)
async def test_bad_bulk_bodies_are_refused(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> None:
    headers = keyed(await staff_bearer(client))
    method = "PATCH" if path == "bulk" else "POST"
    answer = await client.request(method, f"{PRODUCTS}/{path}", json=body, headers=headers)
    assert code(answer) == (422, "VALIDATION_ERROR")
