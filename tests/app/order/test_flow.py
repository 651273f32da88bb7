"""How an order moves: the table of legal hops, the compare-and-set, the lines with it, the timeline."""

import asyncio
from itertools import product

import pytest

from src.app.order.errors import OrderCannotMove
from src.app.order.models import FLOW, Order, OrderEvent, OrderLine, OrderStatus
from src.app.order.services.timeline import advance
from src.common.logs.context import request_id
from src.core.database import unit_of_work
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_order

pytestmark = pytest.mark.usefixtures("empty")

# Copied by hand from docs/domain.md#orders.
LEGAL = {
    ("PENDING", "AWAITING_DEPOSIT"),
    ("PENDING", "PAID"),
    ("PENDING", "EXPIRED"),
    ("PENDING", "CANCELLED"),
    ("AWAITING_DEPOSIT", "PENDING"),
    ("AWAITING_DEPOSIT", "PAID"),
    ("AWAITING_DEPOSIT", "EXPIRED"),
    ("AWAITING_DEPOSIT", "CANCELLED"),
    ("EXPIRED", "PENDING"),
}
PAIRS = list(product(OrderStatus, OrderStatus))


async def move(order: Order, to: OrderStatus, *, actor: str = "staff:1", reason: str = "") -> None:
    await unit_of_work(lambda: advance(order, to, actor=actor, reason=reason))


def test_flow_table_holds_exactly_the_hops_of_the_domain_page() -> None:
    assert {(origin.value, to.value) for origin, targets in FLOW.items() for to in targets} == LEGAL
    assert set(FLOW) == set(OrderStatus)


async def test_every_legal_hop_moves_order_and_lines_and_writes_one_row() -> None:
    variant = await make_variant(stock=100)
    for origin, to in [(OrderStatus(origin), OrderStatus(to)) for origin, to in sorted(LEGAL)]:
        order = await make_order(variant, status=origin)

        await move(order, to, reason="이유")

        stored = await Order.get(id=order.id)
        assert (order.status, stored.status) == (to, to)
        (line,) = await OrderLine.filter(order_id=order.id)
        assert (line.status, line.ordered_at, line.paid_at) == (to, stored.created_at, stored.paid_at)
        events = await OrderEvent.filter(order_id=order.id).order_by("id")
        assert [(event.from_status, event.to_status, event.actor, event.reason) for event in events] == [
            ("", "PENDING", "guest", ""),
            (origin.value, to.value, "staff:1", "이유"),
        ]
        assert (stored.paid_at is not None) == (to == OrderStatus.PAID)
        assert (stored.ended_at is not None) == (to in (OrderStatus.EXPIRED, OrderStatus.CANCELLED))


async def test_every_illegal_hop_is_refused_and_changes_nothing() -> None:
    variant = await make_variant(stock=100)
    orders = {status: await make_order(variant, status=status) for status in OrderStatus}
    refused = [(origin, to) for origin, to in PAIRS if (origin.value, to.value) not in LEGAL]
    assert len(refused) == 121 - len(LEGAL)

    for origin, to in refused:
        with pytest.raises(OrderCannotMove) as error:
            await move(orders[origin], to)
        assert (error.value.status, error.value.code, error.value.extras) == (
            409,
            "ORDER_CANNOT_MOVE",
            {"to": to.value},
        )

    for origin, order in orders.items():
        assert (await Order.get(id=order.id)).status == origin
        assert (await OrderLine.get(order_id=order.id)).status == origin
        assert await OrderEvent.filter(order_id=order.id).count() == 1


async def test_hop_from_a_state_that_somebody_else_left_is_lost() -> None:
    order = await make_order(await make_variant())
    stale = await Order.get(id=order.id)
    await move(order, OrderStatus.EXPIRED)

    with pytest.raises(OrderCannotMove):
        await move(stale, OrderStatus.PAID)

    stored = await Order.get(id=order.id)
    assert (stored.status, stored.paid_at) == (OrderStatus.EXPIRED, None)
    assert (await OrderLine.get(order_id=order.id)).status == OrderStatus.EXPIRED
    hops = await OrderEvent.filter(order_id=order.id).order_by("id").values_list("to_status")
    assert [to for (to,) in hops] == ["PENDING", "EXPIRED"]


async def test_of_hops_at_the_same_moment_one_wins() -> None:
    variant = await make_variant(stock=30)
    targets = [OrderStatus.PAID, OrderStatus.EXPIRED, OrderStatus.CANCELLED, OrderStatus.PAID]
    for _ in range(10):
        order = await make_order(variant)
        copies = [await Order.get(id=order.id) for _ in targets]

        outcomes = await asyncio.gather(
            *(move(copy, to) for copy, to in zip(copies, targets, strict=True)), return_exceptions=True
        )

        assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType"] + ["OrderCannotMove"] * 3
        assert (await Order.get(id=order.id)).status == targets[outcomes.index(None)]
        assert await OrderEvent.filter(order_id=order.id).count() == 2


async def test_hop_that_is_rolled_back_leaves_nothing() -> None:
    order = await make_order(await make_variant())

    async def break_off() -> None:
        await advance(order, OrderStatus.PAID, actor="webhook")
        raise LookupError

    with pytest.raises(LookupError):
        await unit_of_work(break_off)

    assert (await Order.get(id=order.id)).status == OrderStatus.PENDING
    assert (await OrderLine.get(order_id=order.id)).status == OrderStatus.PENDING
    assert await OrderEvent.filter(order_id=order.id).count() == 1


async def test_timeline_keeps_the_request_that_moved_the_order_and_cuts_long_words() -> None:
    order = await make_order(await make_variant())
    token = request_id.set("request-7")
    try:
        await move(order, OrderStatus.CANCELLED, actor="m" * 60, reason="가" * 300)
    finally:
        request_id.reset(token)

    event = await OrderEvent.get(order_id=order.id, to_status="CANCELLED")
    assert (event.request_id, event.actor, event.reason) == ("request-7", "m" * 40, "가" * 200)
