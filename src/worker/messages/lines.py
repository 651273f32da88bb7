"""Messages about lines of an order to its buyer: being prepared, delayed, and soon confirmed."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from src.app.fulfilment.services.confirmation import confirms_at
from src.app.fulfilment.services.due_days import WITHDRAWAL
from src.app.fulfilment.services.shipments.queries import contested_lines
from src.app.notification.services.delivery.queries import told_of
from src.app.order.models import DelayReason, Order, OrderLine, OrderStatus
from src.app.order.services import queries as orders
from src.app.order.services.lines.facts import Delivered, delivered_until
from src.app.payment.services.attempts import order_name
from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from src.app.user.services.marketing.consent import is_night
from src.common import clock
from src.common.clock import KST
from src.common.logs.setup import where
from src.core.configs import settings
from src.worker.events.batches import Batch, Together
from src.worker.messages.orders import Told, in_language, tell, tell_all

logger = logging.getLogger(__name__)

REASONS: Final[dict[DelayReason, tuple[str, str]]] = {
    DelayReason.PRODUCT_PREPARE: ("상품 준비 중", "the goods are being prepared"),
    DelayReason.CUSTOMER_REQUEST: ("고객 요청", "as you asked"),
    DelayReason.CUSTOM_BUILD: ("주문 제작", "made to order"),
    DelayReason.RESERVED_DISPATCH: ("예약 발송", "sent on a reserved day"),
    DelayReason.OVERSEA_DELIVERY: ("해외 배송", "sent from abroad"),
    DelayReason.ETC: ("기타", "other"),
}


@Together
async def tell_preparing(batch: Batch) -> None:
    """Say that the order is being prepared and by when it is sent, once an order: with the first lines that staff take
    into work. ``order.preparing`` carries `order_id` and `line_ids`."""
    found, lines = await batch.orders(), await batch.lines()
    told = []
    for event, order in found:
        days = [line.ship_by for line in lines[order.id] if line.ship_by is not None]
        more = {"ship_by": max(days).isoformat() if days else ""}
        key = f"order.preparing:{order.id}"
        told.append(Told(order=order, template="order_preparing", event=key, more=more, request_id=event.request_id))
    await tell_all(told, lines=batch.lines)


@Together
async def tell_delayed(batch: Batch) -> None:
    """Say until when lines are delayed and why, once for the lines and the day. ``order.delayed`` carries `order_id`,
    `line_ids` and `until`. Lines whose delay was lifted meanwhile are left out."""
    found, lines = await batch.orders(), await batch.lines()
    told = []
    for event, order in found:
        until = date.fromisoformat(event.payload["until"])
        late = [
            line for line in lines[order.id] if line.id in event.payload["line_ids"] and line.delayed_until == until
        ]
        if late:
            more = {"items": _named(late), "until": until.isoformat(), "reason": _reason(order, late[0])}
            key = f"order.delayed:{late[0].id}:{until.isoformat()}"
            told.append(Told(order=order, template="order_delayed", event=key, more=more, request_id=event.request_id))
    await tell_all(told, lines=batch.lines)


async def remind_confirmations() -> int:
    """Announce the day on which purchases are confirmed by themselves, CONFIRMATION_REMINDER_DAYS before, and return
    how many messages are new. The job ``remind-confirmations``.

    One message an order and day, by day only. Nothing is said of lines that are held back longer, of a parcel that is
    said not to have arrived, at night, and where the shop sets 0 days. An order that fails is logged and does not keep
    the others.
    """
    days = timedelta(days=settings().orders.confirmation_reminder_days)
    if not days or is_night(clock.now()):
        return 0
    calendar = await load_calendar()
    told = 0
    last: Delivered | None = None
    while page := await delivered_until(clock.now() - WITHDRAWAL + days, after=last):
        last = page[-1]
        order_ids = sorted({line.order_id for line in page})
        lines = await orders.lines_of(order_ids)
        near = {order_id: _near(lines[order_id], calendar, within=days) for order_id in order_ids}
        told += await _remind({order_id: by_day for order_id, by_day in near.items() if by_day})
    return told


def _near(lines: Iterable[OrderLine], calendar: Calendar, *, within: timedelta) -> dict[date, list[OrderLine]]:
    """Return the delivered lines that are confirmed by themselves soon, by the Korean day of it."""
    now = clock.now()
    found: defaultdict[date, list[OrderLine]] = defaultdict(list)
    for line in lines:
        at = confirms_at(line, calendar) if line.status == OrderStatus.DELIVERED else None
        if at is not None and now < at <= now + within:
            found[at.astimezone(KST).date()].append(line)
    return dict(found)


async def _remind(near: dict[int, dict[date, list[OrderLine]]]) -> int:
    keys = {(order_id, day): f"confirmation.near:{order_id}:{day}" for order_id, days in near.items() for day in days}
    done = await told_of(list(keys.values()))
    waiting = {place: key for place, key in keys.items() if key not in done}
    found = await orders.by_ids(sorted({order_id for order_id, _ in waiting}))
    told = 0
    for (order_id, day), key in waiting.items():
        try:
            contested = await contested_lines(order_id)
            lines = [line for line in near[order_id][day] if line.id not in contested]
            if lines:
                more = {"items": _named(lines), "day": day.isoformat()}
                await tell(Told(order=found[order_id], template="confirmation_near", event=key, more=more))
                told += 1
        except Exception as error:  # noqa: BLE001 - one order must not stop the reminders of others
            logger.error("order %d was not reminded: %s", order_id, where(error))
    return told


def _reason(order: Order, line: OrderLine) -> str:
    reason = in_language(order, REASONS[line.delay_reason]) if line.delay_reason else ""
    return ": ".join(part for part in (reason, line.delay_text) if part)


def _named(lines: Sequence[OrderLine]) -> str:
    return order_name([line.name for line in lines])
