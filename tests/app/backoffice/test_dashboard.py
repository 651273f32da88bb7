"""The dashboard: every card is the count of the list that it links to, and the answer is counted once for all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.backoffice.services import dashboard
from src.app.backoffice.services.dashboard import CLAIMS
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.payment.models import Discrepancy, DiscrepancyKind
from src.app.settlement.models import SettlementEntry
from src.common import clock
from tests.app.product.captured import captured_sql
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_product, make_variant
from tests.factories.orders import make_order

pytestmark = pytest.mark.usefixtures("empty")

URL = "/api/v1/admin/dashboard"


@pytest.fixture(autouse=True)
def uncached() -> Iterator[None]:
    """Nothing is remembered from another test."""
    dashboard.forget()
    yield
    dashboard.forget()


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    """Headers of somebody who sees the dashboard and every list behind it."""
    areas = ("order:read", "settlement:read", "product:read", "promotion:read")
    return await headers_with(client, "dashboard:read", *areas)


async def read(client: httpx.AsyncClient, headers: dict[str, str]) -> dict[str, Any]:
    """``GET /admin/dashboard``."""
    answer = await client.get(URL, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def a_shop() -> None:
    """Lines at every stage, old ones too, one of them confirmed today."""
    variant = await make_variant(stock=100)
    for status in (*OrderStatus, OrderStatus.PAID):
        order = await make_order(variant, status=status)
        if status == OrderStatus.PENDING:
            await Order.filter(id=order.id).update(status=OrderStatus.AWAITING_DEPOSIT)
            await OrderLine.filter(order_id=order.id).update(status=OrderStatus.AWAITING_DEPOSIT)
    old = await make_order(variant, status=OrderStatus.PAID, placed_at=clock.now() - timedelta(days=100))
    await OrderLine.filter(order_id=old.id).update(ship_by=clock.now().date() - timedelta(days=90))
    late = await make_order(variant, status=OrderStatus.PREPARING)
    await OrderLine.filter(order_id=late.id).update(ship_by=clock.now().date() - timedelta(days=2))


async def payout(cause: str, days: int | None, *, amount: int = 10_000, fee: int = 319) -> None:
    """A movement that is paid out so many days from today, or some day."""
    today = clock.now().astimezone(clock.KST).date()
    await SettlementEntry.create(
        cause=cause,
        order_id=1,
        payment_id=1,
        kind="PAYMENT" if amount > 0 else "REFUND",
        method="CARD",
        amount=amount,
        fee=fee,
        moved_on=today,
        payout_on=None if days is None else today + timedelta(days=days),
        table_version=1,
    )


async def test_each_order_card_is_the_count_of_its_list(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    await a_shop()
    body = await read(client, staff)
    assert {name: card["count"] for name, card in body["orders"].items()} == {
        "unpaid": 2, "new": 2, "preparing": 2, "shipping": 1, "delivered": 1, "late": 1,
    }  # fmt: skip
    for card in (*body["orders"].values(), body["claims"]["confirmed_today"]):
        listed = await client.get(card["link"], headers=staff)
        assert listed.status_code == 200, listed.text
        assert (listed.json()["total"], listed.json()["total_is_exact"]) == (card["count"], card["is_exact"])
    assert body["claims"]["confirmed_today"]["count"] == 1


async def test_nobody_can_ask_for_a_claim_yet(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    claims = (await read(client, staff))["claims"]
    assert [claims[name] for name in CLAIMS] == [{"count": 0, "is_exact": True, "link": None}] * 5


async def test_settlement_cards_are_the_sums_of_their_lists(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    for number, days in enumerate((-1, 0, 0, 3, 30, None)):
        await payout(f"payment:{number}", days)
    await payout("refund:1", 0, amount=-2_000, fee=-64)
    await Discrepancy.create(kind=DiscrepancyKind.UNCLEARED, reference="x", created_at=clock.now())
    cards = (await read(client, staff))["settlement"]
    assert (cards["today"]["amount"], cards["today"]["count"]) == (2 * 9_681 - 1_936, 3)
    assert (cards["scheduled"]["amount"], cards["scheduled"]["count"]) == (3 * 9_681, 3)
    today = (await client.get(cards["today"]["link"], headers=staff)).json()
    assert today["total"]["payout"] == today["today"]["payout"] == cards["today"]["amount"]
    later = (await client.get(cards["scheduled"]["link"], headers=staff)).json()
    assert later["total"]["payout"] == later["scheduled"]["payout"]
    assert later["scheduled"]["payout"] + later["undated"]["payout"] == cards["scheduled"]["amount"]
    uncleared = await client.get(cards["uncleared"]["link"], headers=staff)
    assert uncleared.json()["total"] == cards["uncleared"]["count"] == 1


async def test_each_product_card_has_its_list(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    await make_product()
    await make_product(stock=0)
    products = (await read(client, staff))["products"]
    assert (products["on_sale"], products["sold_out"]) == (1, 1)
    for name, link in products["links"].items():
        listed = await client.get(link, headers=staff)
        assert listed.status_code == 200, (name, listed.text)
        if "total" in listed.json():
            assert listed.json()["total"] == products[name]


async def test_it_is_counted_once_for_everybody(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first = await read(client, staff)
    await make_order(await make_variant(), status=OrderStatus.PAID)
    with captured_sql() as statements:
        assert await read(client, staff) == first
    assert [text for text in statements if "order_line" in text or "settlement" in text] == []
    dashboard.forget()
    assert (await read(client, staff))["orders"]["new"]["count"] == 1


async def test_it_needs_its_permission(client: httpx.AsyncClient) -> None:
    assert (await client.get(URL)).status_code == 401
    assert (await client.get(URL, headers=await headers_with(client, "order:read"))).status_code == 403
