"""Closed orders are archived once they are old and nothing is open, and come back when something happens."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from tortoise.exceptions import IntegrityError

from src.app.journal.models import EntryKind
from src.app.journal.services import journal
from src.app.journal.services.journal import Entry
from src.app.order.models import Order, OrderArchive, OrderEvent, OrderLineArchive, OrderStatus
from src.app.order.services.archiving import archive_closed, bring_back, register_keeper
from src.app.order.services.effects.storing import store
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import pictures_shown
from src.app.payment.models import (
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentArchive,
    PaymentStatus,
    PaymentVerdict,
    RefundArchive,
)
from src.app.payment.services.webhooks.receive import SOURCE
from src.app.pricing.services.effects import EffectKind, Laid
from src.bootstrap.hooks import register_hooks
from src.common import clock
from src.common.models import InboxMessage, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.database import unit_of_work
from src.worker.jobs.run import run_job
from tests.app.product.captured import captured_sql
from tests.conftest import REAL
from tests.factories.archive import LONG, all_rows, archive, archived_and_live, sent_and_noted
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    Placed,
    at_provider,
    complete,
    control,
    delivered,
    expire,
    later,
    make_order,
    order_of,
    place,
    read_order,
    stock_of,
)

TABLE = re.compile(r"FROM `(\w+)`")


async def expired(client: httpx.AsyncClient) -> Placed:
    """An order that was never paid and has expired."""
    placed = await place(client, ((await make_variant(stock=5)).id, 2))
    assert await expire(minutes=31) == 1
    with later(minutes=31):
        await run_job("relay-outbox")
    return placed


async def confirmed(client: httpx.AsyncClient) -> Placed:
    """An order that was paid, delivered and confirmed; nothing is open."""
    placed = await place(client, ((await make_variant(stock=5)).id, 2))
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 200
    await run_job("relay-outbox")
    await Order.filter(order_no=placed.order_no).update(status=OrderStatus.CONFIRMED)
    await sent_and_noted(await order_of(placed))
    return placed


async def refunded_late(client: httpx.AsyncClient) -> Placed:
    """An expired order whose payment came too late and went back."""
    placed = await expired(client)
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 409
    await refund(client, placed)
    return placed


async def refund(client: httpx.AsyncClient, placed: Placed) -> None:
    """Send what is to be sent, and work off what the provider says about it."""
    assert await run_job("send-refunds") == 1
    await delivered(client, placed.payment_id, 1)
    assert await run_job("process-inbox") == 1
    await run_job("reread-payments")


async def test_everything_of_an_order_moves_and_nothing_changes_in_it(client: httpx.AsyncClient) -> None:
    placed = [await expired(client), await confirmed(client), await refunded_late(client)]
    laid = Laid(1, EffectKind.COUPON, 0, (1, 0))
    order = await order_of(placed[0])
    await unit_of_work(lambda: store(order, shipping=(), effects=[laid]))
    entry = Entry(order_id=order.id, kind=EntryKind.CORRECTION, amount=-1, cause="correction:1")
    await unit_of_work(lambda: journal.write([entry]))
    with later(days=4):
        await run_job("reread-payments")
    before = await all_rows(archived=False)
    shown = [await read_order(client, one) for one in placed]
    assert all(before.values())

    assert await archive() == 3

    assert await all_rows(archived=True) == before
    assert not any((await all_rows(archived=False)).values())
    assert [await read_order(client, one) for one in placed] == shown
    assert await archive() == 0


@pytest.mark.parametrize(("days", "count"), [(179.9, 0), (180.1, 1)])
async def test_the_period_counts_from_the_end(client: httpx.AsyncClient, days: float, count: int) -> None:
    order = await order_of(await expired(client))
    assert order.ended_at is not None
    await Payment.filter(order_id=order.id).update(next_reread_at=None)
    with clock.as_of(order.ended_at + timedelta(days=days)):
        assert await archive_closed() == count


@pytest.mark.parametrize("status", list(OrderStatus))
async def test_only_closed_orders_are_archived(client: httpx.AsyncClient, status: OrderStatus) -> None:
    await make_order(await make_variant(), status=status)
    closed = {OrderStatus.EXPIRED, OrderStatus.CANCELLED, OrderStatus.CONFIRMED, OrderStatus.DELIVERED}
    closed |= {OrderStatus.RETURNED}
    with later(days=LONG):
        assert await archive_closed() == (status in closed)


async def test_an_order_that_was_cancelled_before_its_hold_ended_waits_for_both(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), status=OrderStatus.CANCELLED)
    far = clock.now() + timedelta(days=LONG + 5)
    await Order.filter(id=order.id).update(ended_at=clock.now(), expires_at=clock.now() + timedelta(days=LONG))
    with clock.as_of(far):
        assert await archive_closed() == 0
    with clock.as_of(far + timedelta(days=LONG)):
        assert await archive_closed() == 1


async def test_an_order_that_moved_lately_stays(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), status=OrderStatus.CONFIRMED)
    await Order.filter(id=order.id).update(updated_at=clock.now() + timedelta(days=100))
    assert await archive() == 0


async def test_open_things_keep_an_order_live(client: httpx.AsyncClient) -> None:
    placed = await confirmed(client)
    order = await order_of(placed)
    payment = await Payment.get(payment_id=placed.payment_id)
    now = clock.now()

    await Payment.filter(id=payment.id).update(next_reread_at=now + timedelta(days=999))
    assert await archive() == 0
    await Payment.filter(id=payment.id).update(next_reread_at=None, verdict=PaymentVerdict.NONE)
    assert await archive() == 0  # paid, and nobody decided what that means
    await Payment.filter(id=payment.id).update(verdict=PaymentVerdict.SETTLED)

    finding = await Discrepancy.create(
        kind=DiscrepancyKind.EXTERNAL, reference="c-1", payment_id=payment.id, created_at=now
    )
    assert await archive() == 0
    await Discrepancy.filter(id=finding.id).update(resolved_at=now)

    event = await OutboxEvent.create(
        topic="order.paid", aggregate=f"order:{order.id}", payload={}, available_at=now, created_at=now
    )
    await OutboxEvent.filter(id=event.id).update(work_status=WorkStatus.DEAD)
    assert await archive() == 0
    await OutboxEvent.filter(id=event.id).update(work_status=WorkStatus.DONE)

    body = f'{{"type":"Transaction.Paid","data":{{"paymentId":"{placed.payment_id}"}}}}'
    message = await InboxMessage.create(
        source=SOURCE, message_id="m-1", body=body, received_at=now, available_at=now + timedelta(days=999)
    )
    assert await archive() == 0
    await InboxMessage.filter(id=message.id).update(work_status=WorkStatus.DONE)

    assert await archive() == 1


async def test_a_refund_that_is_not_done_keeps_its_order_live(client: httpx.AsyncClient) -> None:
    placed = await expired(client)
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).status_code == 409
    await Payment.all().update(next_reread_at=None)
    with later(days=LONG):
        assert await archive_closed() == 0
    await refund(client, placed)
    await Payment.all().update(next_reread_at=None)
    await run_job("relay-outbox")
    with later(days=LONG):
        assert await archive_closed() == 1
    assert await RefundArchive.all().count() == 1


async def test_a_higher_domain_may_keep_an_order(client: httpx.AsyncClient) -> None:
    kept, free = [await make_order(await make_variant(), status=OrderStatus.EXPIRED) for _ in range(2)]

    async def keeper(orders: object) -> set[int]:
        return {kept.id}

    register_keeper("payment", keeper)
    try:
        assert await archive() == 1
    finally:
        register_hooks()
    assert await archived_and_live() == ([free.order_no], [kept.order_no])


async def test_more_than_a_batch_is_archived_in_one_run(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=200)
    orders = [await make_order(variant, status=OrderStatus.EXPIRED) for _ in range(120)]
    kept, now = orders[3], clock.now()
    await OutboxEvent.create(
        topic="x",
        aggregate=f"order:{kept.id}",
        payload={},
        available_at=now,
        created_at=now,
        work_status=WorkStatus.DEAD,
    )
    assert await archive() == 119
    assert await archived_and_live() == ([one.order_no for one in orders if one is not kept], [kept.order_no])


async def test_an_order_that_cannot_move_keeps_no_other(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    variant = await make_variant(stock=20)
    orders = [await make_order(variant, status=OrderStatus.EXPIRED) for _ in range(7)]
    broken = orders[4]
    (line,) = await broken.lines.all()  # type: ignore[attr-defined]
    values = {name: getattr(line, name) for name in line._meta.fields_db_projection}
    await OrderLineArchive.create(**{**values, "id": line.id + 1000})  # its line_no is taken in the archive

    assert await archive() == 6

    assert (await archived_and_live())[1] == [broken.order_no]
    assert f"order {broken.id} could not be archived" in caplog.text
    assert (await Order.get(id=broken.id)).status == OrderStatus.EXPIRED
    assert await OrderEvent.filter(order_id=broken.id).count() == 1


async def test_two_archivings_at_once_archive_each_order_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=200)
    orders = [await make_order(variant, status=OrderStatus.EXPIRED) for _ in range(70)]
    with later(days=LONG):
        done = await asyncio.gather(archive_closed(), archive_closed())
    assert sum(done) == 70
    assert await archived_and_live() == ([order.order_no for order in orders], [])


async def test_stock_and_ledger_stay_as_they_are(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=9)
    placed = await place(client, (variant.id, 2))
    await expire(minutes=31)
    assert await archive() == 1
    assert await stock_of(variant) == 9
    assert (await read_order(client, placed))["lines"][0]["quantity"] == 2


async def test_locking_brings_an_order_back_and_it_is_archived_again(client: httpx.AsyncClient) -> None:
    placed = await refunded_late(client)
    assert await archive() == 1
    archived = await all_rows(archived=True)
    order_id = (await OrderArchive.get()).id

    order = await unit_of_work(lambda: lock_order(order_id))

    assert (order.order_no, order.id) == (placed.order_no, order_id)
    assert await all_rows(archived=False) == archived
    assert not any((await all_rows(archived=True)).values())
    assert not await unit_of_work(lambda: bring_back(order_id))
    assert await archive() == 1
    assert await all_rows(archived=True) == archived


async def test_what_brought_an_order_back_and_failed_leaves_it_archived(client: httpx.AsyncClient) -> None:
    await expired(client)
    assert await archive() == 1
    order_id = (await OrderArchive.get()).id

    async def fail() -> None:
        await lock_order(order_id)
        raise IntegrityError

    with pytest.raises(IntegrityError):
        await unit_of_work(fail)
    assert (await OrderArchive.all().count(), await Order.all().count()) == (1, 0)


async def test_two_sides_bring_an_order_back_once(client: httpx.AsyncClient) -> None:
    await refunded_late(client)
    assert await archive() == 1
    order_id = (await OrderArchive.get()).id
    found = await asyncio.gather(*(unit_of_work(lambda: lock_order(order_id)) for _ in range(4)))
    assert {order.id for order in found} == {order_id}
    assert (await OrderArchive.all().count(), await Order.all().count()) == (0, 1)


async def test_money_that_comes_a_year_later_is_refunded(client: httpx.AsyncClient) -> None:
    placed = await expired(client)
    assert await archive() == 1
    await control(client, placed.payment_id, "pay")

    answer = await complete(client, placed.payment_id)
    assert (answer.status_code, answer.json()["code"]) == (409, "ORDER_EXPIRED")
    await refund(client, placed)

    assert (await at_provider(client, placed.payment_id))[0] == "CANCELLED"
    assert await archived_and_live() == ([], [placed.order_no])
    assert await archive() == 1


async def test_a_cancellation_a_year_later_is_a_discrepancy(client: httpx.AsyncClient) -> None:
    placed = await confirmed(client)
    assert await archive() == 1
    await control(client, placed.payment_id, "cancel", amount=500, webhook="send")
    await delivered(client, placed.payment_id, 1)

    assert await run_job("process-inbox") == 1

    finding = await Discrepancy.get()
    payment = await Payment.get(payment_id=placed.payment_id)
    assert (finding.kind, finding.payment_id, finding.amount) == (DiscrepancyKind.EXTERNAL, payment.id, 500)
    assert payment.status == PaymentStatus.PARTIAL_CANCELLED
    assert await archived_and_live() == ([], [placed.order_no])
    assert await archive() == 0  # until somebody looked at it


async def test_a_repeated_message_about_nothing_new_leaves_the_order_archived(client: httpx.AsyncClient) -> None:
    placed = await confirmed(client)
    assert await archive() == 1
    assert (await complete(client, placed.payment_id)).status_code == 200
    now = datetime.now(UTC)
    body = f'{{"type":"Transaction.Paid","data":{{"paymentId":"{placed.payment_id}"}}}}'
    message = await InboxMessage.create(source=SOURCE, message_id="again", body=body, received_at=now, available_at=now)
    assert await run_job("process-inbox") == 1
    assert (await InboxMessage.get(id=message.id)).work_status == WorkStatus.DONE
    assert await archived_and_live() == ([placed.order_no], [])
    assert await PaymentArchive.all().count() == 1


async def test_pictures_of_archived_lines_are_shown(client: httpx.AsyncClient) -> None:
    await make_order(await make_variant(), status=OrderStatus.EXPIRED)
    assert await archive() == 1
    await OrderLineArchive.all().update(image_path="ab/cd.webp")
    assert await pictures_shown(frozenset({"ab/cd.webp", "ab/ce.webp"})) == {"ab/cd.webp"}


async def test_ids_of_archived_rows_are_not_given_again(client: httpx.AsyncClient) -> None:
    first = await order_of(await expired(client))
    line_id = (await first.lines.all())[0].id  # type: ignore[attr-defined]
    assert await archive() == 1
    second = await order_of(await expired(client))
    assert second.id > first.id
    assert (await second.lines.all())[0].id > line_id  # type: ignore[attr-defined]


@pytest.mark.skipif(not REAL, reason="SQLite ignores SELECT ... FOR UPDATE: it has one writer")
async def test_orders_lines_and_payments_are_locked_in_that_order_before_anything_moves(
    client: httpx.AsyncClient,
) -> None:
    await refunded_late(client)
    with later(days=4):
        await run_job("reread-payments")
    with captured_sql() as statements, later(days=LONG):
        assert await archive_closed() == 1
    locked = [table for statement in statements if "FOR UPDATE" in statement for table in TABLE.findall(statement)]
    assert locked[:3] == ["orders", "order_line", "payment"]
    of_orders = ["orders", "order_line", "line_change", "order_event", "order_revival"]
    of_orders += ["order_effect", "order_shipping_row"]
    money = ["journal_entry", "manual_transfer", "deposit", "payment", "refund_account", "refund", "refund_attempt"]
    assert locked[3:] == [*of_orders, *money, "cash_receipt", "escrow_case", "seller_cancel", "order_note", "shipment"]
    verbs = [statement.split()[0] for statement in statements]
    assert verbs.index("INSERT") > max(number for number, text in enumerate(statements) if "FOR UPDATE" in text)
    assert verbs.index("DELETE") > max(number for number, verb in enumerate(verbs) if verb == "INSERT")
