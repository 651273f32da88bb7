"""The messages of several events are written together: how many statements that costs, and what one bad event does."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx
import pytest

from src.app.checkout.dtos.events import OrderCancelled, OrderExpired, OrderPaid
from src.app.notification.models import Message, Way
from src.app.notification.services.delivery import log
from src.app.notification.services.delivery.log import MessageRequest
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.payment.dtos.events import RefundSucceeded
from src.app.payment.models import Payment, PayMethod, Refund, RefundReason
from src.app.payment.services.attempts import open_payment
from src.common import clock
from src.common.ids import new_ulid
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.core.database import unit_of_work
from src.core.database.statements import change, dialect
from src.worker.events.relay import relay_outbox
from src.worker.jobs.run import run_job
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, later, make_order, order_of, place, way_of
from tests.factories.people import make_member
from tests.worker.events.test_relay import redis_away
from tests.worker.messages.support import LINK, VALUES, again, happens

REFUSED = "a message that is refused"


async def paid_orders(count: int) -> list[Order]:
    """Paid orders of guests without a cart, with their events."""
    variant = await make_variant(stock=100)
    orders = [await make_order(variant, status=OrderStatus.PAID) for _ in range(count)]
    for order in orders:
        payment = await unit_of_work(partial(open_payment, order.id, way_of(PayMethod.CARD), total=order.total))
        await Payment.filter(id=payment.id).update(settles_order_id=order.id)
        await happens(OrderPaid(order_id=order.id))
    return orders


@asynccontextmanager
async def refused(order_no: str) -> AsyncIterator[None]:
    """The database takes no message of this order inside the body."""
    when = "BEFORE INSERT ON message FOR EACH ROW"
    if dialect() == "mysql":
        body = f"IF NEW.order_no = '{order_no}' THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{REFUSED}'; END IF"
    else:
        body = f"WHEN NEW.order_no = '{order_no}' BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    await change(f"CREATE TRIGGER refusing {when} {body}")
    try:
        yield
    finally:
        await change("DROP TRIGGER refusing")


async def told() -> Counter[str]:
    return Counter([row.order_no for row in await Message.all()])


@pytest.mark.parametrize("count", [1, 20])
async def test_messages_of_paid_orders_cost_the_same_statements_for_one_and_for_twenty(empty: None, count: int) -> None:
    orders = await paid_orders(count)
    with captured_sql() as statements:
        assert await relay_outbox() == count

    tables = [(text.split()[0], _table(text)) for text in statements]
    assert tables == [
        ("SELECT", "outbox_event"),
        ("UPDATE", "outbox_event"),
        ("SELECT", "payment"),
        ("SELECT", "orders"),
        ("SELECT", "order_line"),
        ("SELECT", "message_template"),
        ("INSERT", "message"),
        ("SELECT", "staff_notification"),
        ("SELECT", "outbound_webhook"),
        ("UPDATE", "outbox_event"),
    ]
    assert await told() == {order.order_no: 2 for order in orders}


def _table(text: str) -> str:
    words = text.replace("`", " ").replace('"', " ").replace("(", " ").split()
    return words[1 + next(n for n, word in enumerate(words) if word in ("FROM", "INTO", "UPDATE"))]


async def test_one_order_that_cannot_be_told_of_neither_stops_nor_undoes_the_others(empty: None) -> None:
    first, broken, last = await paid_orders(3)
    await OrderLine.filter(order_id=broken.id).delete()  # its message names the goods

    assert await run_job("relay-outbox") == 3
    assert await told() == {first.order_no: 2, last.order_no: 2}
    events = await OutboxEvent.all().order_by("id")
    assert [event.work_status for event in events] == [WorkStatus.DONE, WorkStatus.PENDING, WorkStatus.DONE]
    assert (events[1].attempts, events[1].last_error) == (1, "IndexError")


async def test_a_row_that_the_database_refuses_delays_no_payment_and_no_other_message(
    client: httpx.AsyncClient,
) -> None:
    variant = await make_variant()
    placed = [await place(client, (variant.id, 1)) for _ in range(3)]
    async with refused(placed[1].order_no):
        for each in placed:
            await control(client, each.payment_id, "pay")
            assert (await complete(client, each.payment_id)).json()["order_status"] == "PAID"
        assert await run_job("relay-outbox") == 3
        assert await told() == {placed[0].order_no: 2, placed[2].order_no: 2}
    assert (await order_of(placed[1])).status == OrderStatus.PAID
    assert await OutboxEvent.filter(work_status=WorkStatus.PENDING).count() == 1

    with later(seconds=5):
        assert await run_job("relay-outbox") == 1
    assert await told() == {each.order_no: 2 for each in placed}


async def refunded(count: int) -> list[Refund]:
    """Refunds that PortOne did, with their events."""
    orders = await paid_orders(count)
    await relay_outbox()
    await Message.all().delete()
    done = []
    for payment in await Payment.filter(order_id__in=[order.id for order in orders]).order_by("id"):
        now = clock.now()
        refund = await Refund.create(
            refund_no=new_ulid(),
            payment_id=payment.id,
            reason=RefundReason.LATE,
            amount=1_000 + payment.id,
            idempotency_key=new_ulid(),
            available_at=now,
            created_at=now,
        )
        await happens(RefundSucceeded(refund_id=refund.id))
        done.append(refund)
    return done


@pytest.mark.parametrize("count", [1, 5])
async def test_refunds_cost_the_same_statements_for_one_and_for_five(empty: None, count: int) -> None:
    refunds = await refunded(count)
    with captured_sql() as statements:
        assert await relay_outbox() == count

    assert [(text.split()[0], _table(text)) for text in statements] == [
        ("SELECT", "outbox_event"),
        ("UPDATE", "outbox_event"),
        ("SELECT", "refund"),
        ("SELECT", "payment"),
        ("SELECT", "orders"),
        ("SELECT", "order_line"),
        ("SELECT", "message_template"),
        ("INSERT", "message"),
        ("SELECT", "cash_receipt"),
        ("SELECT", "outbound_webhook"),
        ("UPDATE", "outbox_event"),
    ]
    rows = await Message.filter(template="refund_sent", way=Way.PHONE).order_by("id")
    texts = [content.text for row in rows if (content := log.opened(row)) is not None]
    assert [f"{refund.amount:,}원" in text for refund, text in zip(refunds, texts, strict=True)] == [True] * count


async def test_a_refund_that_is_gone_neither_stops_nor_undoes_the_others(empty: None) -> None:
    refunds = await refunded(3)
    await Refund.filter(id=refunds[1].id).delete()

    assert await run_job("relay-outbox") == 3
    assert {row.event_key for row in await Message.filter(way=Way.MAIL)} == {
        f"refund.succeeded:{refund.id}" for refund in (refunds[0], refunds[2])
    }
    waiting = await OutboxEvent.get(work_status=WorkStatus.PENDING)
    assert (waiting.payload, waiting.last_error) == ({"refund_id": refunds[1].id}, "DoesNotExist")


async def test_events_that_come_again_among_new_ones_are_told_once(empty: None) -> None:
    old = await paid_orders(2)
    await relay_outbox()
    new = await paid_orders(2)
    await again()

    assert await told() == {order.order_no: 2 for order in [*old, *new]}
    assert await OutboxEvent.exclude(work_status=WorkStatus.DONE).count() == 0


async def test_a_message_belongs_to_the_request_of_its_event(empty: None) -> None:
    orders = await paid_orders(2)
    for order in orders:
        await OutboxEvent.filter(aggregate=f"order:{order.id}").update(request_id=f"asked-{order.id}")
    await relay_outbox()
    assert {row.order_no: row.request_id for row in await Message.all()} == {
        order.order_no: f"asked-{order.id}" for order in orders
    }


async def test_events_of_many_topics_and_an_order_that_is_unknown_are_told_side_by_side(empty: None) -> None:
    variant, member = await make_variant(), await make_member()
    orders = [await make_order(variant, status=OrderStatus.PAID, member_id=member.id) for _ in range(3)]
    await happens(OrderPaid(order_id=orders[0].id))
    await happens(OrderCancelled(order_id=orders[1].id))
    await happens(OrderCancelled(order_id=10**9))
    await happens(OrderExpired(order_id=orders[2].id))  # it never waited for a deposit
    assert await run_job("relay-outbox") == 4
    assert {(row.order_no, row.template) for row in await Message.all()} == {
        (orders[0].order_no, "order_paid"),
        (orders[1].order_no, "order_cancelled"),
    }
    (waiting,) = await OutboxEvent.filter(work_status=WorkStatus.PENDING)
    assert waiting.last_error == "OrderNotFound"


async def test_an_insert_that_is_repeated_after_a_lost_answer_finds_its_own_rows(empty: None) -> None:
    notice = MessageRequest(event_key="test:1", template="order_cancelled", values={**VALUES, "link": LINK})
    rows = log._rows(log.Addressed(notice=notice, email="a@shop.example", phone="01012345678"), None)
    others = log._rows(log.Addressed(notice=notice, email="a@shop.example", phone="01012345678"), None)

    assert [await log._insert(rows), await log._insert(rows), await log._insert(others)] == [2, 2, 0]
    assert {row.number for row in await Message.all()} == {row.number for row in rows}


async def test_redis_that_is_away_delays_no_message_and_only_orders_of_carts(client: httpx.AsyncClient) -> None:
    (without,) = await paid_orders(1)
    owned = await paid_orders(3)
    await Order.filter(id__in=[order.id for order in owned]).update(cart_owner="g:" + "0" * 64)
    async with redis_away():
        assert await relay_outbox() == 4
    assert await told() == {order.order_no: 2 for order in [without, *owned]}
    done = await OutboxEvent.get(work_status=WorkStatus.DONE)
    assert done.payload["order_id"] == without.id
    waiting = await OutboxEvent.filter(work_status=WorkStatus.PENDING)
    assert [(event.attempts, event.last_error) for event in waiting] == [(1, "CartStoreUnavailable")] * 3
    with later(seconds=5):
        assert await run_job("relay-outbox") == 3
    assert await told() == {order.order_no: 2 for order in [without, *owned]}
