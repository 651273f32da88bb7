"""Unpaid orders end and their stock comes back exactly once, but never over a payment in flight."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order, OrderEvent, OrderStatus
from src.app.payment.models import Payment, PaymentVerdict, Refund
from src.common import clock
from src.common.models import JobRun
from src.core.configs import settings, use
from src.core.configs.groups import OrderSettings
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import Told, using
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import (
    at_provider,
    complete,
    control,
    events_of,
    expire,
    faulty,
    hops_of,
    later,
    ledger_of,
    make_order,
    order_of,
    pay_again,
    payment_of,
    place,
    read_order,
    stock_of,
)


async def test_order_is_left_until_its_hold_ends_and_ends_then(client: httpx.AsyncClient) -> None:
    first, second = await variants_of(await make_product(sizes=2))
    placed = await place(client, (first.id, 2), (second.id, 3))
    end = (await order_of(placed)).expires_at

    with clock.as_of(end - timedelta(microseconds=1)):
        assert await run_job("expire-orders") == 0
    assert (await read_order(client, placed))["status"] == "PENDING"
    with clock.as_of(end):
        assert await run_job("expire-orders") == 1

    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "EXPIRED", "system")]
    assert (await ledger_of(first), await ledger_of(second)) == (
        [("HOLD", -2), ("RELEASE", 2)],
        [("HOLD", -3), ("RELEASE", 3)],
    )
    assert (await stock_of(first), await stock_of(second)) == (10, 10)
    order = await order_of(placed)
    assert (order.ended_at, order.paid_at) == (end, None)
    assert await events_of(placed) == ["order.expired"]


async def test_hold_may_be_any_number_of_seconds(client: httpx.AsyncClient) -> None:
    with use(replace(settings(), orders=OrderSettings(hold_seconds=1))):
        placed = await place(client, ((await make_variant()).id, 1))
    order = await order_of(placed)
    assert order.expires_at - order.created_at == timedelta(seconds=1)
    assert await expire(seconds=2) == 1


async def test_every_overdue_order_ends_in_one_run_however_many(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=300)
    placed_at = clock.now() - timedelta(hours=1)
    for _ in range(230):
        await make_order(variant, placed_at=placed_at)
    young = await make_order(variant)

    assert await run_job("expire-orders") == 230

    assert await stock_of(variant) == 299
    assert [order.id for order in await Order.filter(status=OrderStatus.PENDING)] == [young.id]


async def test_two_runs_at_once_give_the_stock_back_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=20)
    orders = [await place(client, (variant.id, 2)) for _ in range(8)]

    moved = await asyncio.gather(*(expire(minutes=31) for _ in range(3)))

    assert sum(moved) == 8
    assert await stock_of(variant) == 20
    assert sorted(await ledger_of(variant)) == [("HOLD", -2)] * 8 + [("RELEASE", 2)] * 8
    assert await OrderEvent.filter(to_status="EXPIRED").count() == len(orders)
    assert await expire(minutes=32) == 0


async def test_paid_order_whose_webhook_was_lost_is_settled_instead(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 2))
    await control(client, placed.payment_id, "pay", webhook="none")

    assert await expire(minutes=31) == 0

    assert await hops_of(client, placed) == [(None, "PENDING", "guest"), ("PENDING", "PAID", "expiry")]
    assert (await stock_of(variant), await events_of(placed)) == (8, ["order.paid"])
    assert await Refund.all().count() == 0


async def test_second_try_that_was_paid_settles_too(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, placed.payment_id, "fail")
    await control(client, second, "pay")
    assert await expire(minutes=31) == 0
    assert (await read_order(client, placed))["status"] == "PAID"
    assert (await payment_of(second)).verdict == PaymentVerdict.SETTLED


async def test_every_payment_is_read_whatever_we_think_of_it(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    told = Told()
    with using(told):
        assert await expire(minutes=31) == 1
    assert [payment_id for name, payment_id, _ in told.calls if name == "get"] == [placed.payment_id, second]


async def test_payment_under_way_prolongs_the_hold_once_by_ten_minutes(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await control(client, placed.payment_id, "pay_pending")

    with later(minutes=31) as moment:
        assert await run_job("expire-orders") == 0
    order = await order_of(placed)
    assert (order.status, order.hold_extended, order.expires_at) == (
        OrderStatus.PENDING,
        True,
        moment + timedelta(minutes=10),
    )
    assert await expire(minutes=40) == 0
    assert (await order_of(placed)).expires_at == order.expires_at

    assert await expire(minutes=42) == 1
    assert (await read_order(client, placed))["status"] == "EXPIRED"
    assert await stock_of(variant) == 10

    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).json()["code"] == "ORDER_EXPIRED"
    await run_job("send-refunds")
    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"


async def test_payment_under_way_that_ends_well_in_the_extension_settles(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_pending")
    await expire(minutes=31)
    await control(client, placed.payment_id, "pay")
    assert await expire(minutes=42) == 0
    assert (await read_order(client, placed))["status"] == "PAID"


@pytest.mark.parametrize("action", ["fail", "ready", "nothing"])
async def test_payment_that_is_not_paid_keeps_no_order(client: httpx.AsyncClient, action: str) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    if action == "fail":
        await control(client, placed.payment_id, "fail")
    elif action == "ready":
        payment = placed.body["payment"]
        window = {
            "storeId": payment["store_id"],
            "paymentId": payment["payment_id"],
            "channelKey": payment["channel_key"],
            "orderName": payment["order_name"],
            "totalAmount": payment["total_amount"],
            "payMethod": payment["pay_method"],
        }
        assert (await client.get("/sandbox/portone/window", params=window)).status_code == 200
    assert await expire(minutes=31) == 1


async def test_provider_away_keeps_the_order_for_six_hours_and_no_longer(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    async with faulty(client, "get", "error_503", times=100):
        with later(minutes=31) as first:
            assert await run_job("expire-orders") == 0
        assert (await order_of(placed)).unreachable_since == first
        for minutes in (40, 200, 31 + 6 * 60 - 1):
            assert await expire(minutes=minutes) == 0
        assert (await order_of(placed)).unreachable_since == first
        assert (await stock_of(variant), (await read_order(client, placed))["status"]) == (9, "PENDING")

        assert await expire(minutes=31 + 6 * 60 + 1) == 1

    assert (await read_order(client, placed))["status"] == "EXPIRED"
    assert await stock_of(variant) == 10
    assert (await payment_of(placed.payment_id)).next_reread_at is not None


async def test_provider_that_came_back_in_between_starts_the_six_hours_anew(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    async with faulty(client, "get", "error_503"):
        await expire(minutes=31)
    await control(client, placed.payment_id, "pay_pending")
    await expire(minutes=32)  # reachable: the hold is prolonged
    assert (await order_of(placed)).unreachable_since is None
    async with faulty(client, "get", "error_503", times=2):
        assert await expire(hours=6, minutes=40) == 0
        assert await expire(hours=12, minutes=39) == 0
    assert (await read_order(client, placed))["status"] == "PENDING"


async def test_one_order_that_breaks_keeps_no_other_from_ending(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    broken, fine = await place(client, (variant.id, 1)), await place(client, (variant.id, 1))
    with using(Told(payments={broken.payment_id: LookupError("a bug")})):
        assert await expire(minutes=31) == 1
    assert (await read_order(client, broken))["status"] == "PENDING"
    assert (await read_order(client, fine))["status"] == "EXPIRED"
    assert await stock_of(variant) == 9


async def test_paid_expired_and_cancelled_orders_are_left_alone(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=20)
    old = clock.now() - timedelta(days=1)
    kept = {
        status: await make_order(variant, status=status, placed_at=old)
        for status in OrderStatus
        if status not in (OrderStatus.PENDING, OrderStatus.AWAITING_DEPOSIT)
    }
    assert await run_job("expire-orders") == 0
    for status, order in kept.items():
        assert (await Order.get(id=order.id)).status == status


async def test_ended_order_has_its_payments_watched_and_a_settled_one_has_not(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    ended, paid = await place(client, (variant.id, 1)), await place(client, (variant.id, 1))
    await control(client, paid.payment_id, "pay")
    with later(minutes=31) as moment:
        assert await run_job("expire-orders") == 1
    watched = await payment_of(ended.payment_id)
    assert (watched.next_reread_at, watched.reread_step) == (moment + timedelta(minutes=10), 0)
    assert (await payment_of(paid.payment_id)).next_reread_at is None
    assert await Payment.all().count() == 2


async def test_run_by_hand_goes_into_the_history(client: httpx.AsyncClient) -> None:
    await place(client, ((await make_variant()).id, 1))
    with later(minutes=31) as moment:
        await run_job("expire-orders")
    run = await JobRun.get()
    assert (run.job_name, run.started_at, run.finished_at, run.done, run.error) == (
        "expire-orders",
        moment,
        moment,
        1,
        "",
    )
