"""Reconciling finds what a lost webhook would have told, both ways, and what PortOne took that is not ours."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.checkout.services.reconciling import CHANGED, OVERLAP, PAGE, compare_changed, read_waiting
from src.app.order.models import Order, OrderArchive, OrderStatus
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentStatus,
    PaymentVerdict,
    PayMethod,
    Refund,
)
from src.app.payment.services.attempts import open_payment
from src.app.payment.services.provider.base import ProviderPayment
from src.app.product.models import Variant
from src.common import clock
from src.common.models import Cursor
from src.common.vendors import Declined, Nonsense, Unreachable
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.app.payment.fakes import Told, snapshot, using
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    complete,
    control,
    expire,
    faulty,
    later,
    make_order,
    order_of,
    pay_again,
    payment_of,
    place,
    way_of,
)


@pytest.fixture
async def variant(client: httpx.AsyncClient) -> Variant:
    # The sandbox outlives a test: what earlier tests did there is not this one's.
    await Cursor.create(name=CHANGED, moment=clock.now(), position=1)
    return await make_variant(stock=1000)


async def twice(job: Callable[[], Awaitable[int]] = compare_changed) -> tuple[int, int]:
    """What two runs over the same stretch found."""
    place = await Cursor.get(name=CHANGED)
    first = await job()
    await Cursor.filter(name=CHANGED).update(moment=place.moment, position=1)
    return first, await job()


@pytest.fixture
async def told() -> AsyncIterator[Told]:
    fake = Told()
    with using(fake):
        yield fake


async def unpaid(variant: Variant, status: OrderStatus = OrderStatus.PENDING) -> Payment:
    order = await make_order(variant, status=status)
    return await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.CARD), total=order.total))


def seen_of(payment: Payment, status: str = "PAID", **changes: Any) -> ProviderPayment:
    return snapshot(payment, status, status_changed_at=clock.now(), **changes)


async def findings() -> list[tuple[DiscrepancyKind, str, int, int | None]]:
    return [(row.kind, row.reference, row.amount, row.payment_id) for row in await Discrepancy.all().order_by("id")]


def listed(told: Told) -> int:
    return [name for name, _, _ in told.calls].count("changed")


async def one(client: httpx.AsyncClient, variant: Variant) -> Placed:
    return await place(client, (variant.id, 1))


async def test_a_paid_order_whose_webhook_was_lost_becomes_paid(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await one(client, variant)
    await control(client, placed.payment_id, "pay")

    assert await twice(lambda: run_job("reconcile-payments")) == (1, 0)

    assert (await order_of(placed)).status == OrderStatus.PAID


async def test_a_waiting_order_is_read_even_if_no_list_shows_its_payment(told: Told, variant: Variant) -> None:
    payment = await unpaid(variant)
    told.say(snapshot(payment))  # changed long before the window that is listed
    assert await read_waiting() == 0  # placed just now: its browser is on the way
    with later(minutes=6):
        assert await read_waiting() == 1
        assert await read_waiting() == 0
    assert (await Order.get()).status == OrderStatus.PAID


async def test_waiting_orders_are_read_in_pieces_from_the_first_again_after_the_last(
    told: Told, variant: Variant
) -> None:
    payments = [await unpaid(variant) for _ in range(5)]
    with later(minutes=6):
        for count in (5, 5):
            told.calls.clear()
            await read_waiting()
            assert {asked for _, asked, _ in told.calls} == {payment.payment_id for payment in payments}
            assert len(told.calls) == count
        await Cursor.filter(name="reconcile:waiting").update(position=payments[2].order_id)
        told.calls.clear()
        await read_waiting()
    assert {asked for _, asked, _ in told.calls} == {payment.payment_id for payment in payments[3:]}


async def test_an_outage_stops_the_reading_and_the_next_runs_go_on(told: Told, variant: Variant) -> None:
    payments = [await unpaid(variant) for _ in range(20)]
    told.payments = {payment.payment_id: Unreachable("ReadTimeout") for payment in payments}
    with later(minutes=6):
        assert await read_waiting() == 0
        assert len(told.calls) == 8
        for payment in payments:
            told.say(snapshot(payment))
        assert [await read_waiting() for _ in range(3)] == [12, 8, 0]
    assert await Order.filter(status=OrderStatus.PAID).count() == 20


async def test_a_payment_that_can_never_be_read_does_not_stop_the_round(told: Told, variant: Variant) -> None:
    fine, broken = await unpaid(variant), await unpaid(variant)
    told.payments[broken.payment_id] = Unreachable("ReadTimeout")
    await Cursor.create(name="reconcile:waiting", position=fine.order_id)
    told.say(snapshot(fine))
    with later(minutes=6):
        assert [await read_waiting() for _ in range(3)] == [0, 0, 1]


async def test_one_payment_that_makes_no_sense_keeps_no_other(
    told: Told, variant: Variant, caplog: pytest.LogCaptureFixture
) -> None:
    broken, fine = await unpaid(variant), await unpaid(variant)
    told.payments[broken.payment_id] = Nonsense("not JSON")
    told.say(snapshot(fine))
    with later(minutes=6):
        assert await read_waiting() == 1
    (alarm,) = [record for record in caplog.records if record.levelname == "CRITICAL"]
    assert alarm.getMessage() == f"payment {broken.payment_id} cannot be reconciled: Nonsense: not JSON"
    assert (await Payment.get(id=broken.id)).next_reread_at is None  # read at every run, and when its order expires


async def test_a_late_payment_whose_webhook_was_lost_is_refunded(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await one(client, variant)
    await expire(minutes=31)
    await control(client, placed.payment_id, "pay")

    assert await twice() == (1, 0)

    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.LATE
    assert await Refund.all().count() == 1


async def test_a_second_payment_of_a_paid_order_is_refunded(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await one(client, variant)
    second = (await pay_again(client, placed)).json()["payment_id"]
    for payment_id in (placed.payment_id, second):
        await control(client, payment_id, "pay")
    assert await compare_changed() == 2
    assert sorted([row.verdict for row in await Payment.all()]) == [PaymentVerdict.DUPLICATE, PaymentVerdict.SETTLED]


async def test_a_cancellation_in_the_console_is_a_discrepancy(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await one(client, variant)
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await control(client, placed.payment_id, "cancel", amount=700)

    assert await twice() == (1, 0)

    payment = await payment_of(placed.payment_id)
    ((kind, _, amount, row_id),) = await findings()
    assert (kind, amount, row_id) == (DiscrepancyKind.EXTERNAL, 700, payment.id)
    assert payment.status == PaymentStatus.PARTIAL_CANCELLED


async def test_a_payment_of_an_archived_order_is_found_too(client: httpx.AsyncClient, variant: Variant) -> None:
    placed = await one(client, variant)
    await expire(minutes=31)
    assert await archive() == 1
    await control(client, placed.payment_id, "pay")

    assert await compare_changed() == 1

    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.LATE
    assert await OrderArchive.all().count() == 0


async def test_an_unknown_payment_that_was_paid_is_told_once(
    client: httpx.AsyncClient, variant: Variant, caplog: pytest.LogCaptureFixture
) -> None:
    stranger, unfinished = (f"stranger-{secrets.token_hex(4)}" for _ in range(2))
    await control(client, stranger, "pay", amount=4000)
    await control(client, unfinished, "fail", amount=4000)

    assert await twice() == (1, 0)

    assert await findings() == [(DiscrepancyKind.UNKNOWN_PAYMENT, stranger, 4000, None)]
    assert f"payment {stranger} needs a person: UNKNOWN_PAYMENT" in caplog.text


async def test_a_payment_that_settled_over_another_total_is_told(told: Told, variant: Variant) -> None:
    payment = await unpaid(variant)
    told.say(seen_of(payment))
    assert await compare_changed() == 1
    told.say(seen_of(payment, total=payment.total_amount + 1))
    for _ in range(2):
        await compare_changed()
    assert await findings() == [(DiscrepancyKind.MISMATCH, payment.payment_id, payment.total_amount + 1, payment.id)]
    assert (await Order.get()).status == OrderStatus.PAID


async def test_two_runs_at_once_settle_and_tell_once(told: Told, variant: Variant) -> None:
    payments = [await unpaid(variant) for _ in range(6)]
    for payment in payments:
        told.say(seen_of(payment))
    stranger = seen_of(payments[0], payment_id="stranger")
    told.say(stranger)

    await asyncio.gather(*(compare_changed() for _ in range(3)))

    assert await Order.filter(status=OrderStatus.PAID).count() == 6
    assert [reference for _, reference, _, _ in await findings()] == ["stranger"]


async def test_every_page_is_seen_and_the_next_run_begins_where_this_one_ended(told: Told, variant: Variant) -> None:
    template = seen_of(await unpaid(variant, OrderStatus.EXPIRED))
    start = clock.now()
    for number in range(2 * PAGE + 50):
        moment = start - timedelta(seconds=500 - number)
        told.say(replace(template, payment_id=f"p{number}", status_changed_at=moment))
    await Cursor.filter(name=CHANGED).update(moment=start - timedelta(hours=1), position=0)

    assert await compare_changed() == 2 * PAGE + 50

    assert listed(told) == 3
    place = await Cursor.get(name=CHANGED)
    assert place.moment is not None
    assert (place.moment >= start, place.position) == (True, 0)
    told.calls.clear()
    await compare_changed()
    assert told.calls[0][2]["since"] == place.moment - OVERLAP


async def test_a_payment_that_changes_between_two_pages_hides_no_other(told: Told, variant: Variant) -> None:
    """By page numbers the 101st would move up into the first page, which was read before."""
    template = seen_of(await unpaid(variant, OrderStatus.EXPIRED))
    start = clock.now() - timedelta(minutes=5)
    for number in range(PAGE + 20):
        told.say(replace(template, payment_id=f"p{number}", status_changed_at=start + timedelta(seconds=number)))
    real = told.changed

    async def and_then_one_changes(**asked: Any) -> Any:
        page = await real(**asked)
        told.say(replace(template, payment_id="p0", status_changed_at=clock.now() + timedelta(hours=1)))
        return page

    told.changed = and_then_one_changes  # type: ignore[method-assign]
    await Cursor.filter(name=CHANGED).update(moment=start)
    assert await compare_changed() == PAGE + 20


async def test_a_run_that_found_too_much_goes_on_in_the_next(told: Told, variant: Variant) -> None:
    template = seen_of(await unpaid(variant, OrderStatus.EXPIRED), "FAILED")
    start = clock.now()
    count = 20 * PAGE + 30
    for number in range(count):
        moment = start - timedelta(minutes=10) + timedelta(milliseconds=number)
        told.say(replace(template, payment_id=f"p{number:04}", status_changed_at=moment))
    await Cursor.filter(name=CHANGED).update(moment=start - timedelta(hours=1))

    await compare_changed()
    assert (await Cursor.get(name=CHANGED)).position == 1
    told.calls.clear()
    await compare_changed()
    assert (listed(told), (await Cursor.get(name=CHANGED)).position) == (1, 0)


async def test_more_changes_in_one_moment_than_a_page_holds_are_all_seen(told: Told, variant: Variant) -> None:
    template = seen_of(await unpaid(variant, OrderStatus.EXPIRED))
    for number in range(3 * PAGE):
        told.say(replace(template, payment_id=f"p{number:03}"))
    assert await compare_changed() == 3 * PAGE


@pytest.mark.parametrize(
    ("error", "level"),
    [(Unreachable("503"), "WARNING"), (Declined("UNAUTHORIZED"), "CRITICAL"), (Nonsense("x"), "CRITICAL")],
)
async def test_a_list_that_cannot_be_read_is_read_again_from_the_same_place(
    told: Told, variant: Variant, caplog: pytest.LogCaptureFixture, error: Exception, level: str
) -> None:
    payment = await unpaid(variant)
    told.say(seen_of(payment))
    before = await Cursor.get(name=CHANGED)
    told.listing = [error]

    assert await compare_changed() == 0
    assert [record.levelname for record in caplog.records if record.name.endswith("reconciling")] == [level]
    assert (await Cursor.get(name=CHANGED)).moment == before.moment

    assert await compare_changed() == 1
    assert (await Order.get()).status == OrderStatus.PAID


async def test_a_listed_payment_that_cannot_be_read_is_read_again_later(
    client: httpx.AsyncClient, variant: Variant
) -> None:
    placed = await one(client, variant)
    await expire(minutes=31)
    await Payment.all().update(next_reread_at=None)
    await control(client, placed.payment_id, "pay")
    async with faulty(client, "get", "error_503"):
        await compare_changed()
    assert (await payment_of(placed.payment_id)).next_reread_at is not None
    with later(minutes=11):
        assert await run_job("reread-payments") == 1
    assert (await payment_of(placed.payment_id)).verdict == PaymentVerdict.LATE


async def test_words_of_tomorrow_change_nothing(told: Told, variant: Variant) -> None:
    payment = await unpaid(variant)
    told.say(seen_of(payment, "SOMETHING_NEW"))
    told.say(seen_of(payment, "SOMETHING_NEW", payment_id="stranger"))
    await compare_changed()
    assert (await findings(), (await Order.get()).status) == ([], OrderStatus.PENDING)
