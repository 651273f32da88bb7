"""After an order ended its unfinished payments are read again after 10 min, 1 h, 6 h, 24 h and 72 h
(docs/promises.md#p4)."""

import asyncio
from datetime import datetime, timedelta

import httpx

from src.app.payment.models import PaymentVerdict, Refund
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import Told, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    at_provider,
    complete,
    control,
    faulty,
    later,
    pay_again,
    payment_of,
    place,
    read_order,
)

STEPS = [timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(hours=72)]


async def expired(client: httpx.AsyncClient) -> tuple[Placed, datetime]:
    """An expired order and when it ended."""
    placed = await place(client, ((await make_variant()).id, 1))
    with later(minutes=31) as moment:
        assert await run_job("expire-orders") == 1
    return placed, moment


async def look(at: datetime) -> int:
    with clock.as_of(at):
        return await run_job("reread-payments")


async def test_payment_is_read_at_each_step_and_never_after_the_last(client: httpx.AsyncClient) -> None:
    placed, ended = await expired(client)
    told = Told()
    with using(told):
        for number, step in enumerate(STEPS):
            assert await look(ended + step - timedelta(seconds=1)) == 0
            assert await look(ended + step) == 1
            assert len(told.calls) == number + 1
            row = await payment_of(placed.payment_id)
            following = STEPS[number + 1 :]
            assert row.next_reread_at == (ended + following[0] if following else None)
        assert await look(ended + timedelta(days=365)) == 0
    assert {(name, payment_id) for name, payment_id, _ in told.calls} == {("get", placed.payment_id)}


async def test_late_payment_whose_webhook_was_lost_is_found_and_refunded(client: httpx.AsyncClient) -> None:
    placed, ended = await expired(client)
    assert await look(ended + STEPS[0]) == 1
    await control(client, placed.payment_id, "pay", webhook="none")

    assert await look(ended + STEPS[1]) == 1

    row = await payment_of(placed.payment_id)
    assert (row.verdict, row.next_reread_at) == (PaymentVerdict.LATE, None)
    with later(days=4):
        await run_job("send-refunds")
    assert await at_provider(client, placed.payment_id) == ("CANCELLED", placed.total, ["SUCCEEDED"])
    assert (await read_order(client, placed))["status"] == "EXPIRED"
    assert await Refund.all().count() == 1


async def test_missed_steps_are_made_up_for_one_by_one(client: httpx.AsyncClient) -> None:
    """The shop was down for two days: the payment is read at once, then at the steps that are left."""
    placed, ended = await expired(client)
    back = ended + timedelta(days=2)
    told = Told()
    with using(told):
        await look(back)
        assert (await payment_of(placed.payment_id)).next_reread_at == ended + STEPS[4]
        assert await look(ended + STEPS[4]) == 1
    assert (await payment_of(placed.payment_id)).next_reread_at is None


async def test_provider_away_at_a_step_is_asked_again_ten_minutes_later_for_the_same_step(
    client: httpx.AsyncClient,
) -> None:
    placed, ended = await expired(client)
    async with faulty(client, "get", "error_500"):
        assert await look(ended + STEPS[0]) == 1
    row = await payment_of(placed.payment_id)
    assert (row.next_reread_at, row.reread_step) == (ended + timedelta(minutes=20), 0)
    assert await look(ended + timedelta(minutes=20)) == 1
    assert (await payment_of(placed.payment_id)).next_reread_at == ended + STEPS[1]


async def test_worker_that_died_while_reading_loses_no_step(client: httpx.AsyncClient) -> None:
    placed, ended = await expired(client)
    with using(Told(payments={placed.payment_id: LookupError("a bug")})):
        await look(ended + STEPS[0])
    row = await payment_of(placed.payment_id)
    assert (row.reread_step, row.next_reread_at) == (0, ended + STEPS[0] + timedelta(minutes=2))
    assert await look(ended + timedelta(minutes=12)) == 1
    assert (await payment_of(placed.payment_id)).reread_step == 1


async def test_workers_at_the_same_moment_read_each_payment_once(client: httpx.AsyncClient) -> None:
    orders = [await expired(client) for _ in range(5)]
    told = Told()
    with using(told):
        counts = await asyncio.gather(*(look(max(ended for _, ended in orders) + STEPS[0]) for _ in range(4)))
    assert sum(counts) == 5
    assert sorted(payment_id for _, payment_id, _ in told.calls) == sorted(placed.payment_id for placed, _ in orders)


async def test_other_payment_of_a_paid_order_is_read_again_and_refunded_when_it_was_paid(
    client: httpx.AsyncClient,
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await control(client, second, "pay", webhook="none")

    with later(minutes=11):
        assert await run_job("reread-payments") == 1

    assert (await payment_of(second)).verdict == PaymentVerdict.DUPLICATE
    with later(days=4):
        await run_job("send-refunds")
    assert await at_provider(client, second) == ("CANCELLED", placed.total, ["SUCCEEDED"])
    assert await at_provider(client, placed.payment_id) == ("PAID", 0, [])


async def test_settled_payment_is_not_read_again(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    with later(days=4):
        assert await run_job("reread-payments") == 0
