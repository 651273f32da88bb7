"""A discount with a period: the price is right at every moment, whether or not anything ran at its boundary."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.cart.services.reading import shown as cart_shown
from src.app.pricing.services.lines import Wanted
from src.app.pricing.services.quotes import quote
from src.app.product.dtos.admin.listing import AdminProductQuery
from src.app.product.dtos.requests import ProductQuery
from src.app.product.models import Product, Variant
from src.app.product.services import cards, detail, prices
from src.app.product.services.editing import form
from src.app.product.services.editing import listing as admin_listing
from src.app.product.services.search import listing
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.auth.support import API, code
from tests.app.product.editing.support import made
from tests.factories.carts import CART
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer

STARTS = datetime(2027, 1, 1, 0, 0, tzinfo=clock.KST)
ENDS = datetime(2027, 1, 8, 0, 0, tzinfo=clock.KST)
TICK = timedelta(microseconds=1)
PERIOD: dict[str, Any] = {
    "option": "percent",
    "value": 30,
    "starts_at": STARTS.isoformat(),
    "ends_at": ENDS.isoformat(),
}


@pytest.fixture
async def product_id(client: httpx.AsyncClient) -> int:
    """100,000 won, 30 % less from STARTS until ENDS."""
    headers = await staff_bearer(client)
    body = await made(client, headers, await make_category("bag"), discount=PERIOD)
    made_id: int = body["id"]
    return made_id


async def seen(product_id: int) -> dict[str, int]:
    """The price as every reader says it at the moment of the clock."""
    variant = await Variant.filter(product_id=product_id).order_by("id").first()
    assert variant is not None
    line = Wanted(variant_id=variant.id, quantity=1)
    page = json.loads(await listing.page_json(ProductQuery()))
    (card,) = (item for item in page["items"] if item["id"] == product_id)
    (row,) = (await admin_listing.page(AdminProductQuery(id=product_id))).items
    return {
        "detail": json.loads(await detail.product_json("BAG-1"))["price"],
        "card": (await cards.cards_by_id([product_id]))[product_id].price,
        "quote": (await quote([line], zipcode=None)).item_total,
        "cart": (await cart_shown([line])).items[0].unit_price,
        "form": (await form.one(product_id)).price,
        "list": card["price"],
        "admin": row.price,
    }


@pytest.mark.parametrize(
    ("moment", "price"),
    [
        (STARTS - TICK, 100_000),
        (STARTS, 70_000),
        (ENDS - TICK, 70_000),
        (ENDS, 100_000),
        (ENDS + timedelta(days=400), 100_000),
    ],
)
async def test_every_reader_says_the_price_of_the_moment_though_no_job_ran(
    product_id: int, moment: datetime, price: int
) -> None:
    with clock.as_of(moment):
        assert set((await seen(product_id)).values()) == {price}
        page = json.loads(await detail.product_json("BAG-1"))
        discount = (30, "percent") if price == 70_000 else (0, None)
        assert (page["discount"], page["discount_option"]) == discount
        (card,) = (await cards.cards_by_id([product_id])).values()
        assert ("sale" in card.badges) is (price == 70_000)


async def test_filters_and_sorts_follow_the_boundary(product_id: int) -> None:
    other = await make_product(price=80_000)

    async def ids(**asked: Any) -> list[int]:
        return [item["id"] for item in json.loads(await listing.page_json(ProductQuery(**asked)))["items"]]

    for moment, order in (
        (STARTS - TICK, [other.id, product_id]),
        (STARTS, [product_id, other.id]),
        (ENDS, [other.id, product_id]),
    ):
        with clock.as_of(moment):
            assert await ids(sort="price_asc") == order
            assert await ids(max_price=80_000, sort="price_asc") == (order if moment == STARTS else [other.id])
            by_discount = await admin_listing.page(AdminProductQuery(has_discount=True))
            assert [row.id for row in by_discount.items] == ([product_id] if moment == STARTS else [])


async def test_the_job_settles_each_boundary_once_and_no_version_moves(product_id: int) -> None:
    for moment, price, done in (
        (STARTS - TICK, 100_000, 0),
        (STARTS, 70_000, 1),
        (STARTS + TICK, 70_000, 0),
        (ENDS, 100_000, 1),
        (ENDS + TICK, 100_000, 0),
    ):
        with clock.as_of(moment):
            assert await run_job("settle-prices") == done
        row = await Product.get(id=product_id)
        assert (row.price, row.version) == (price, 1)
    assert row.price_changes_at is None


async def test_a_whole_period_that_nobody_saw_is_over(product_id: int) -> None:
    with clock.as_of(ENDS + timedelta(days=1)):
        assert await prices.settle() == 1
        assert await prices.settle() == 0
    assert (await Product.get(id=product_id)).price == 100_000


async def test_open_ends_hold_for_ever(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    discount = {"option": "amount", "value": 1_000, "starts_at": STARTS.isoformat()}
    body = await made(client, headers, await make_category("bag"), discount=discount)
    with clock.as_of(STARTS):
        assert set((await seen(body["id"])).values()) == {99_000}
    row = await Product.get(id=body["id"])
    assert (row.price, row.price_changes_at) == (99_000, None)


async def test_the_form_shows_the_plan_before_it_holds(product_id: int) -> None:
    with clock.as_of(datetime(2026, 12, 1, tzinfo=UTC)):
        shown = await form.one(product_id)
    assert (shown.price, shown.discount, shown.discount_option) == (100_000, 0, None)
    assert shown.discount_plan is not None
    plan = shown.discount_plan.model_dump(mode="json")
    assert plan == {
        "option": "percent",
        "value": 30,
        "starts_at": "2027-01-01T00:00:00+09:00",
        "ends_at": "2027-01-08T00:00:00+09:00",
    }


async def test_an_order_at_the_price_of_before_the_boundary_is_told_the_new_one(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    starts = clock.now() + timedelta(seconds=2)
    discount = {"option": "amount", "value": 1_000, "starts_at": starts.isoformat()}
    body = await made(client, headers, await make_category("bag"), discount=discount)
    lines = [{"variant_id": body["options"][0]["sizes"][0]["variant_id"], "quantity": 1}]
    order: dict[str, Any] = {
        "items": lines,
        "orderer": {"name": "김민지", "phone": "01012345678", "email": "minji@example.com"},
        "shipping": {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남대로 1"},
        "pay_method": "CARD",
        "expected_total": (await client.post(f"{CART}/quote", json={"items": lines})).json()["total"],
        "agreements": {"terms": True, "privacy": True},
    }
    await asyncio.sleep(max(0.0, (starts - clock.now()).total_seconds()))

    late = await client.post(f"{API}/orders", json=order, headers={"Idempotency-Key": "order-key-late-1"})
    assert code(late) == (409, "PRICE_CHANGED")
    order["expected_total"] = late.json()["quote"]["total"]
    placed = await client.post(f"{API}/orders", json=order, headers={"Idempotency-Key": "order-key-late-2"})

    assert placed.status_code == 201, placed.text
    assert (placed.json()["lines"][0]["unit_price"], order["expected_total"]) == (
        99_000,
        99_000 + placed.json()["shipping_fee"],
    )
    assert (await client.get(f"{API}/products/BAG-1")).json()["price"] == 99_000
