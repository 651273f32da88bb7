"""구매확정: by the shopper, held back on request, and by itself once the days for withdrawal are over."""

import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from src.app.fulfilment.dtos.events import OrderConfirmed
from src.app.fulfilment.dtos.responses import LineState
from src.app.fulfilment.services.due_days import WITHDRAWAL, window_ends_at
from src.app.fulfilment.services.shipments.queries import contested_lines
from src.app.order.models import OrderLine
from src.app.order.services.lines.actions import LineAction, allowed_actions, check_allowed
from src.app.order.services.lines.facts import Delivered, delivered_until
from src.app.order.services.lines.writing import LockedOrder, lock_lines, save_lines
from src.app.order.services.queries import readable
from src.app.shipping.services.business_days.calendar import Calendar, load_calendar
from src.common import clock
from src.common.exceptions import AppError
from src.common.identity import Identity
from src.common.work.outbox import emit
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)


async def confirm(order_no: str, line_no: str, *, by: Identity, guest_token: str | None) -> LineState:
    """Confirm the purchase of one line. A line that is confirmed already is returned unchanged.

    Locks the order and its lines, emits `order.confirmed`. Raises OrderNotFound, LineNotFound and WrongState.
    """

    def change(line: OrderLine) -> None:
        if line.confirmed_at is None:
            check_allowed(line, LineAction.CONFIRM_PURCHASE)
            line.confirmed_at = clock.now()

    return await _change(order_no, line_no, change, by=by, guest_token=guest_token, reason="구매확정")


async def hold(order_no: str, line_no: str, *, by: Identity, guest_token: str | None) -> LineState:
    """Keep a delivered line from being confirmed by itself, for CONFIRMATION_HOLD_DAYS; once a line.

    A repeat leaves the first end as it is. Locks the order and its lines. Raises OrderNotFound, LineNotFound and
    WrongState.
    """

    def change(line: OrderLine) -> None:
        if line.hold_confirmation_until is None:
            check_allowed(line, LineAction.HOLD_CONFIRMATION)
            line.hold_confirmation_until = clock.now() + timedelta(days=settings().orders.confirmation_hold_days)

    return await _change(order_no, line_no, change, by=by, guest_token=guest_token, reason="구매확정 보류")


async def confirm_due() -> int:
    """Confirm every delivered line whose days are over and that nobody holds; return how many were confirmed.

    Lines of a parcel that the shopper says did not arrive wait until staff decide. The job ``confirm-purchases``. One
    transaction an order, which looks at the lines again under its lock; an order that cannot be saved is logged and
    does not keep the others. Safe to run twice, at once, and after a crash.
    """
    calendar = await load_calendar()
    confirmed = 0
    last: Delivered | None = None
    while page := await delivered_until(clock.now() - WITHDRAWAL, after=last):
        last = page[-1]
        by_order: defaultdict[int, list[int]] = defaultdict(list)
        for line in page:
            by_order[line.order_id].append(line.line_id)
        for order_id, line_ids in sorted(by_order.items()):
            try:
                confirmed += await unit_of_work(partial(_confirm_order, order_id, line_ids, calendar))
            except AppError as error:
                logger.error("order %d could not be confirmed: %s", order_id, error.code)
    return confirmed


async def _confirm_order(order_id: int, line_ids: list[int], calendar: Calendar) -> int:
    locked = await lock_lines(order_id)
    contested = await contested_lines(order_id)
    due = [
        line for line in locked.lines if line.id in line_ids and line.id not in contested and _is_due(line, calendar)
    ]
    for line in due:
        line.confirmed_at = clock.now()
    await _save(locked, actor="system", reason="자동 구매확정")
    return len(due)


async def _save(locked: LockedOrder, *, actor: str, reason: str) -> None:
    """Save the lines, and tell of those whose purchase is confirmed now."""
    unconfirmed = {line_id for line_id, values in locked.read.items() if values["confirmed_at"] is None}
    saved = await save_lines(locked, actor=actor, reason=reason)
    confirmed = tuple(line.id for line in saved.lines if line.confirmed_at is not None and line.id in unconfirmed)
    if confirmed:
        await emit(OrderConfirmed(order_id=locked.order.id, line_ids=confirmed))


def confirms_at(line: OrderLine, calendar: Calendar) -> datetime | None:
    """Return when the purchase of a line is confirmed by itself, in UTC; None if it is not delivered or may not be.

    Not before the days for withdrawal are over, the shop's own days (PURCHASE_CONFIRMATION_DAYS) and those for which it
    is held back.
    """
    if line.delivered_at is None or LineAction.CONFIRM_PURCHASE not in allowed_actions(line):
        return None
    ends = window_ends_at(line.delivered_at, calendar)
    wanted = line.delivered_at + timedelta(days=settings().orders.confirmation_days)
    return max(ends, wanted, line.hold_confirmation_until or ends)


def _is_due(line: OrderLine, calendar: Calendar) -> bool:
    at = confirms_at(line, calendar)
    return at is not None and clock.now() >= at


async def _change(
    order_no: str,
    line_no: str,
    change: Callable[[OrderLine], None],
    *,
    by: Identity,
    guest_token: str | None,
    reason: str,
) -> LineState:
    order = await readable(order_no, by=by, guest_token=guest_token)

    async def run() -> LockedOrder:
        locked = await lock_lines(order.id)
        change(locked.line(line_no))
        await _save(locked, actor=by.key, reason=reason)
        return locked

    locked = await unit_of_work(run)
    return _state(locked, locked.line(line_no))


def _state(locked: LockedOrder, line: OrderLine) -> LineState:
    return LineState(
        order_no=locked.order.order_no,
        order_status=locked.order.status,
        line_no=line.line_no,
        status=line.status,
        confirmed_at=line.confirmed_at,
        hold_confirmation_until=line.hold_confirmation_until,
        allowed_actions=allowed_actions(line, to_shopper=True),
    )
