"""Staff change the lists."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.product.models import DisplayStatus, Product
from src.app.promotion_product.models import PromotionItem, PromotionList
from src.common import clock
from src.common.clock import korean
from tests.app.auth.support import code
from tests.app.staff.people import audited, headers_with
from tests.factories.catalogue import make_product
from tests.factories.people import bearer

ADMIN = "/api/v1/admin/promotions"
BOTH = ("promotion:read", "promotion:write")


async def shown(client: httpx.AsyncClient, list_: str = "best") -> list[str]:
    answer = await client.get(f"/api/v1/promotions/{list_}/products")
    return [card["product_code"] for card in answer.json()["items"]]


async def test_the_whole_list_is_put_in_order_and_the_shop_shows_it_at_once(client: httpx.AsyncClient) -> None:
    a, b, c = [await make_product(code=letter) for letter in "abc"]
    headers = await headers_with(client, *BOTH)
    assert await shown(client) == []

    for order in ([c.id, a.id], [b.id, c.id, a.id]):
        answer = await client.put(f"{ADMIN}/best/items", json={"product_ids": order}, headers=headers)
        assert answer.status_code == 200, answer.text
        assert [item["product_id"] for item in answer.json()["items"]] == order
    assert await shown(client) == ["b", "c", "a"]

    again = await client.put(f"{ADMIN}/best/items", json={"product_ids": [b.id, c.id, a.id]}, headers=headers)
    assert again.status_code == 200
    rows = await audited("promotion.ordered")
    assert [(row["before"], row["after"]) for row in rows] == [
        ({"products": []}, {"products": [c.id, a.id]}),
        ({"products": [c.id, a.id]}, {"products": [b.id, c.id, a.id]}),
    ]
    emptied = await client.put(f"{ADMIN}/best/items", json={"product_ids": []}, headers=headers)
    assert (emptied.json(), await shown(client)) == ({"items": [], "version": 4}, [])


async def test_what_stays_in_the_list_keeps_its_settings(client: httpx.AsyncClient) -> None:
    a, b = [await make_product(code=letter) for letter in "ab"]
    headers = await headers_with(client, *BOTH)
    item = await PromotionItem.create(code="best", product_id=a.id, is_active=False)

    answer = await client.put(f"{ADMIN}/best/items", json={"product_ids": [b.id, a.id]}, headers=headers)

    kept = answer.json()["items"][1]
    assert (kept["id"], kept["is_active"], kept["position"]) == (item.id, False, 1)


async def test_two_orders_at_once_leave_one_of_them(client: httpx.AsyncClient) -> None:
    products = [await make_product() for _ in range(6)]
    ids = [product.id for product in products]
    headers = await headers_with(client, *BOTH)
    orders = [ids[:4], list(reversed(ids)), ids[2:]]

    answers = await asyncio.gather(
        *(client.put(f"{ADMIN}/md_pick/items", json={"product_ids": order}, headers=headers) for order in orders * 2)
    )

    assert {answer.status_code for answer in answers} <= {200, 412}
    assert 200 in {answer.status_code for answer in answers}
    left = await PromotionItem.filter(code="md_pick").order_by("position", "id").values_list("product_id", flat=True)
    assert list(left) in orders
    assert await PromotionList.all().count() == 1


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"product_ids": [1, 1]}, "VALIDATION_ERROR"),
        ({"product_ids": [0]}, "VALIDATION_ERROR"),
        ({"product_ids": ["1"]}, "VALIDATION_ERROR"),
        ({"product_ids": list(range(1, 102))}, "VALIDATION_ERROR"),
        ({"product_ids": None}, "VALIDATION_ERROR"),
        ({"ids": [1]}, "VALIDATION_ERROR"),
        ({"product_ids": [2**63 - 1]}, "PRODUCT_UNKNOWN"),
    ],
)
async def test_a_bad_order_changes_nothing(client: httpx.AsyncClient, body: dict[str, Any], expected: str) -> None:
    product = await make_product(code="a")
    await PromotionItem.create(code="best", product_id=product.id)
    headers = await headers_with(client, *BOTH)

    answer = await client.put(f"{ADMIN}/best/items", json=body, headers=headers)

    assert code(answer) == (422, expected)
    assert await shown(client) == ["a"]
    assert await audited("promotion.ordered") == []


async def test_a_product_is_added_once_also_at_the_same_moment(client: httpx.AsyncClient) -> None:
    await make_product(code="a")
    headers = await headers_with(client, *BOTH)
    body = {"product_code": "a"}

    answers = await asyncio.gather(*(client.post(f"{ADMIN}/best/items", json=body, headers=headers) for _ in range(4)))

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert code(await client.post(f"{ADMIN}/best/items", json=body, headers=headers)) == (409, "PROMOTION_ITEM_EXISTS")
    unknown = await client.post(f"{ADMIN}/best/items", json={"product_code": "a "}, headers=headers)
    assert unknown.status_code == 409  # blanks around a code are nobody's wish
    nothing = await client.post(f"{ADMIN}/best/items", json={"product_code": "zz"}, headers=headers)
    assert code(nothing) == (422, "PRODUCT_UNKNOWN")
    assert nothing.json()["unknown"] == ["zz"]
    assert await shown(client) == ["a"]


async def test_a_list_holds_a_hundred(client: httpx.AsyncClient) -> None:
    for number in range(100):
        product = await make_product(colors=0)
        await PromotionItem.create(code="best", product_id=product.id, position=number)
    await make_product(code="late")
    headers = await headers_with(client, *BOTH)

    answer = await client.post(f"{ADMIN}/best/items", json={"product_code": "late"}, headers=headers)

    assert code(answer) == (409, "PROMOTION_FULL")
    assert answer.json()["limit"] == 100


async def test_items_are_switched_scheduled_and_removed(client: httpx.AsyncClient) -> None:
    await make_product(code="a")
    headers = await headers_with(client, *BOTH)
    made = (await client.post(f"{ADMIN}/best/items", json={"product_code": "a"}, headers=headers)).json()
    path = f"{ADMIN}/best/items/{made['id']}"
    now = clock.now().replace(microsecond=0)

    off = await client.patch(path, json={"is_active": False}, headers=headers)
    assert (off.json()["is_active"], off.json()["is_shown"], await shown(client)) == (False, False, [])
    later = {"is_active": True, "starts_at": korean(now + timedelta(hours=1))}
    assert (await client.patch(path, json=later, headers=headers)).json()["is_shown"] is False
    assert await shown(client) == []
    reversed_ = await client.patch(path, json={"ends_at": korean(now)}, headers=headers)
    assert code(reversed_) == (422, "PROMOTION_PERIOD_REVERSED")
    open_ = await client.patch(
        path, json={"starts_at": None, "ends_at": korean(now + timedelta(days=1))}, headers=headers
    )
    assert (open_.json()["starts_at"], open_.json()["is_shown"], await shown(client)) == (None, True, ["a"])

    for expected in (204, 404):
        assert (await client.delete(path, headers=headers)).status_code == expected
    assert await shown(client) == []
    assert len(await audited("promotion.item_changed")) == 3
    assert len(await audited("promotion.item_removed")) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"is_active": None},
        {"is_active": "maybe"},
        {"starts_at": "2026-12-01T00:00:00"},
        {"position": 3},
        {"ends_at": "9999-12-31T23:59:59Z"},
    ],
)
async def test_a_bad_change_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    product = await make_product()
    item = await PromotionItem.create(code="best", product_id=product.id)
    headers = await headers_with(client, *BOTH)

    answer = await client.patch(f"{ADMIN}/best/items/{item.id}", json=body, headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")


async def test_an_item_of_another_list_is_not_found(client: httpx.AsyncClient) -> None:
    product = await make_product()
    item = await PromotionItem.create(code="best", product_id=product.id)
    headers = await headers_with(client, *BOTH)

    answer = await client.delete(f"{ADMIN}/md_pick/items/{item.id}", headers=headers)

    assert code(answer) == (404, "PROMOTION_ITEM_NOT_FOUND")
    assert code(await client.get(f"{ADMIN}/nope/items", headers=headers)) == (404, "PROMOTION_NOT_FOUND")


async def test_products_not_for_sale_are_marked(client: httpx.AsyncClient) -> None:
    for letter in "ab":
        product = await make_product(code=letter, stock=0 if letter == "b" else 1)
        await PromotionItem.create(code="best", product_id=product.id)
    await Product.filter(product_code="a").update(display_status=DisplayStatus.HIDDEN)
    headers = await headers_with(client, "promotion:read")

    items = (await client.get(f"{ADMIN}/best/items", headers=headers)).json()["items"]

    marks = [(item["product_code"], item["for_sale"], item["sold_out"], item["is_shown"]) for item in items]
    assert marks == [("a", False, False, False), ("b", True, True, True)]


async def test_new_arrivals_by_rule_are_the_latest_releases(client: httpx.AsyncClient) -> None:
    now = clock.now()
    for letter, days in (("old", 40), ("mid", 20), ("fresh", 1), ("future", -1)):
        product = await make_product(code=letter)
        await Product.filter(id=product.id).update(released_at=now - timedelta(days=days))
    old = await Product.get(product_code="old")
    await PromotionItem.create(code="new", product_id=old.id)
    headers = await headers_with(client, *BOTH)
    path = f"{ADMIN}/new/rule"
    assert (await client.get(path, headers=headers)).json() == {
        "by_rule": False,
        "days": 30,
        "matching": 2,
        "version": 1,
    }
    assert await shown(client, "new") == ["old"]

    for _ in range(2):
        answer = await client.put(path, json={"by_rule": True, "days": 30}, headers=headers)
        assert answer.json() == {"by_rule": True, "days": 30, "matching": 2, "version": 2}

    assert await shown(client, "new") == ["fresh", "mid"]
    cards = (await client.get("/api/v1/products")).json()["items"]
    assert {card["product_code"]: card["badges"] for card in cards} == {
        "future": [],
        "fresh": ["new"],
        "mid": ["new"],
        "old": [],
    }
    (row,) = await audited("promotion.rule_changed")
    assert (row["before"], row["after"]) == ({"by_rule": False}, {"by_rule": True})
    await client.put(path, json={"by_rule": False, "days": 7}, headers=headers)
    assert await shown(client, "new") == ["old"]


@pytest.mark.parametrize("days", [0, 366, "30", 1.5, None])
async def test_a_bad_rule_is_refused(client: httpx.AsyncClient, days: Any) -> None:
    headers = await headers_with(client, *BOTH)
    answer = await client.put(f"{ADMIN}/new/rule", json={"by_rule": True, "days": days}, headers=headers)
    assert code(answer) == (422, "VALIDATION_ERROR")


async def test_a_badge_keeps_to_the_period(client: httpx.AsyncClient) -> None:
    product = await make_product()
    now = clock.now()
    await PromotionItem.create(code="best", product_id=product.id, starts_at=now + timedelta(hours=1))
    await PromotionItem.create(code="md_pick", product_id=product.id, ends_at=now + timedelta(hours=1))

    card = (await client.get("/api/v1/products")).json()["items"][0]

    assert card["badges"] == ["md_pick"]


async def test_who_lacks_the_permission_is_refused(client: httpx.AsyncClient) -> None:
    reader = await headers_with(client, "promotion:read")
    body: dict[str, Any] = {"product_ids": []}

    assert (await client.put(f"{ADMIN}/best/items", json=body)).status_code == 401
    for headers in (reader, await bearer(client)):
        assert code(await client.put(f"{ADMIN}/best/items", json=body, headers=headers)) == (403, "FORBIDDEN")
    other = await headers_with(client, "banner:read")
    assert (await client.get(f"{ADMIN}/best/items", headers=other)).status_code == 403
