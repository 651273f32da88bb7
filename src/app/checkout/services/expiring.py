"""Unpaid orders end, and their stock goes back, but never over a payment in flight (docs/domain.md#expiry)."""

import asyncio
import logging
from datetime import timedelta

from src.app.checkout.dtos.events import OrderExpired
from src.app.checkout.services.settling import FIRST_REREAD, settle
from src.app.order.errors import OrderCannotMove
from src.app.order.models import UNPAID, Order, OrderStatus
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_id, overdue
from src.app.order.services.stock_holds import extend_hold, note_unreachable, release_held
from src.app.order.services.timeline import advance
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import Payment, PaymentStatus
from src.app.payment.services.queries import of_orders
from src.app.payment.services.verdicts import watch_others
from src.app.payment.services.virtual_accounts import waits_for
from src.common import clock
from src.common.logs.setup import where
from src.common.work.outbox import emit
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

AT_ONCE = 8
BATCH = 200
EXTENSION = timedelta(minutes=10)
PATIENCE = timedelta(hours=6)


async def expire_due() -> int:
    """Work through every unpaid order whose hold has ended, however many; returns how many ended or moved on.

    The job ``expire-orders``. Twice at the same time is safe: the loser of the compare-and-set finds it done.
    """
    moved, last_id = 0, 0
    now = clock.now()
    while ids := await overdue(now=now, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        slots = asyncio.Semaphore(AT_ONCE)

        async def one(order_id: int, slots: asyncio.Semaphore = slots) -> bool:
            async with slots:
                return await _expire(order_id)

        moved += sum(await asyncio.gather(*(one(order_id) for order_id in ids)))
    return moved


async def _expire(order_id: int) -> bool:
    """One order: read its payments again, then settle, extend, leave for later, or end it."""
    try:
        payments = (await of_orders([order_id])).get(order_id, [])
        try:
            in_flight = await _read_again(payments)
        except PaymentProviderUnavailable:
            if not await _patience_is_over(order_id):
                return False
            in_flight = False
        else:
            await note_unreachable(order_id, since=None)
        return await unit_of_work(lambda: _end(order_id, in_flight=in_flight))
    except Exception as error:  # noqa: BLE001 - one order that cannot end must not keep the others from it
        logger.error("order %d did not expire: %s", order_id, where(error))
        return False


async def _read_again(payments: list[Payment]) -> bool:
    """Settle what was paid, let close what may still be paid into; whether a payment is under way right now.

    Every payment is read, whatever state we hold of it: we cannot know that a window was opened.
    """
    in_flight = False
    for payment in payments:
        settled = await settle(payment.payment_id, told_by="expiry")
        if settled.is_unclosed:
            raise PaymentProviderUnavailable
        if waits_for(settled.order, settled.payment):
            return False  # the account was issued just now, and the hold lasts until its day
        in_flight = in_flight or settled.payment.status == PaymentStatus.PAY_PENDING
    return in_flight


async def _patience_is_over(order_id: int) -> bool:
    """The provider cannot be asked: leave the order for the next run, for at most 6 hours. A late payment is refunded
    (docs/promises.md#p4)."""
    now = clock.now()
    await note_unreachable(order_id, since=now)
    since = (await by_id(order_id)).unreachable_since
    return since is not None and now - since >= PATIENCE


async def _end(order_id: int, *, in_flight: bool) -> bool:
    """Expire the order and give its stock back, unless it was paid, prolonged or ended meanwhile. Emits
    OrderExpired."""
    order = await lock_order(order_id)
    now = clock.now()
    if order.status not in UNPAID or order.expires_at > now:
        return False
    if in_flight and not order.hold_extended:
        await extend_hold(order, until=now + EXTENSION)
        return False
    return await _release(order)


async def _release(order: Order) -> bool:
    try:
        await advance(order, OrderStatus.EXPIRED, actor="system", reason="결제 기한 만료")
    except OrderCannotMove:
        return False
    await release_held(order.id)
    await emit(OrderExpired(order_id=order.id))
    await watch_others(order.id, first_read_at=clock.now() + FIRST_REREAD)
    return True
