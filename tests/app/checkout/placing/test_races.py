"""Buyers at the same moment, in one process with many connections (docs/promises.md#p1)."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx

from src.app.checkout.services.settling import settle
from src.app.order.models import Order, OrderEvent, OrderStatus
from src.app.payment.models import Payment, PaymentVerdict, Refund
from src.common import clock
from src.common.models import OutboxEvent
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    at_provider,
    complete,
    control,
    ledger_of,
    order_body,
    place,
    post_order,
    read_order,
    stock_of,
)


async def test_thirty_buyers_of_ten_units_make_ten_orders(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    body = order_body((variant.id, 1), expected_total=12_500)

    answers = await asyncio.gather(*(post_order(client, body) for _ in range(30)))

    assert Counter(said(answer) for answer in answers) == {(201, ""): 10, (409, "STOCK_SHORT"): 20}
    assert {
        (answer.json()["variant_id"], answer.json()["left"]) for answer in answers if answer.status_code == 409
    } <= {(variant.id, left) for left in range(1)}
    assert await stock_of(variant) == 0
    assert await ledger_of(variant) == [("HOLD", -1)] * 10
    assert await Order.all().count() == 10


async def test_buyers_of_two_things_in_opposite_order_neither_deadlock_nor_oversell(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=15))
    bodies = [
        order_body((first.id, 1), (second.id, 1), expected_total=22_500),
        order_body((second.id, 1), (first.id, 1), expected_total=22_500),
    ]

    answers = await asyncio.gather(*(post_order(client, bodies[number % 2]) for number in range(40)))

    assert Counter(said(answer) for answer in answers) == {(201, ""): 15, (409, "STOCK_SHORT"): 25}
    assert (await stock_of(first), await stock_of(second)) == (0, 0)


async def test_big_orders_take_all_of_it_or_nothing(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2, stock=10))
    body = order_body((first.id, 4), (second.id, 1), expected_total=52_500)

    answers = await asyncio.gather(*(post_order(client, body) for _ in range(12)))

    assert Counter(said(answer) for answer in answers) == {(201, ""): 2, (409, "STOCK_SHORT"): 10}
    assert (await stock_of(first), await stock_of(second)) == (2, 8)


async def test_payment_and_expiry_at_the_same_moment_never_both_win(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=100)
    orders = [await place(client, (variant.id, 1)) for _ in range(16)]
    moment = datetime.now(UTC) + timedelta(minutes=31)

    async def pay_in_time_or_late(number: int) -> None:
        await asyncio.sleep(0.004 * number)
        await control(client, orders[number].payment_id, "pay")
        await settle(orders[number].payment_id, told_by="webhook")

    with clock.as_of(moment):
        await asyncio.gather(
            *(pay_in_time_or_late(number) for number in range(16)), run_job("expire-orders"), run_job("expire-orders")
        )
        await run_job("send-refunds")

    ends = Counter[str]()
    for placed in orders:
        order = await Order.get(order_no=placed.order_no)
        payment = await Payment.get(payment_id=placed.payment_id)
        ends[order.status.value] += 1
        assert await OrderEvent.filter(order_id=order.id).count() == 2
        if order.status == OrderStatus.PAID:
            assert (payment.verdict, payment.settles_order_id) == (PaymentVerdict.SETTLED, order.id)
            assert (await at_provider(client, placed.payment_id))[:2] == ("PAID", 0)
        else:
            assert (order.status, payment.verdict) == (OrderStatus.EXPIRED, PaymentVerdict.LATE)
            assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED"])
    assert await OutboxEvent.filter(topic="order.paid").count() == ends["PAID"]
    assert await Refund.all().count() == ends["EXPIRED"]
    assert await stock_of(variant) == 100 - ends["PAID"]
    assert Counter(await ledger_of(variant)) == {
        ("HOLD", -1): 16,
        **({("SALE", 0): ends["PAID"]} if ends["PAID"] else {}),
        **({("RELEASE", 1): ends["EXPIRED"]} if ends["EXPIRED"] else {}),
    }


async def test_settle_and_expiry_of_one_order_meet_at_one_compare_and_set(client: httpx.AsyncClient) -> None:
    """Many rounds, each with the two as close as they get: whoever loses re-reads and stands by the winner."""
    variant = await make_variant(stock=100)
    for number in range(12):
        placed = await place(client, (variant.id, 1))
        expired_from = clock.now() - timedelta(seconds=1)
        await Order.filter(order_no=placed.order_no).update(expires_at=expired_from)
        paying = asyncio.create_task(control(client, placed.payment_id, "pay"))
        if number % 3 == 0:
            await paying

        await asyncio.gather(
            run_job("expire-orders"), complete(client, placed.payment_id), complete(client, placed.payment_id), paying
        )
        answer = await complete(client, placed.payment_id)

        status = (await read_order(client, placed))["status"]
        assert (status, *said(answer)) in (("PAID", 200, ""), ("EXPIRED", 409, "ORDER_EXPIRED"))
        kinds = [kind for kind, _ in await ledger_of(variant)]
        assert len(kinds) == 2 * (number + 1)
    await stock_of(variant)


async def test_ten_completes_and_webhooks_at_once_settle_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=10)
    placed = await place(client, (variant.id, 2))
    await control(client, placed.payment_id, "pay")

    answers = await asyncio.gather(
        *(complete(client, placed.payment_id) for _ in range(10)),
    )
    settled = await asyncio.gather(*(settle(placed.payment_id, told_by="webhook") for _ in range(10)))

    assert {(answer.status_code, answer.json()["order_status"]) for answer in answers} == {(200, "PAID")}
    assert {outcome.order.status for outcome in settled} == {OrderStatus.PAID}
    assert await ledger_of(variant) == [("HOLD", -2), ("SALE", 0)]
    assert await OutboxEvent.all().count() == 1
    assert await Refund.all().count() == 0
