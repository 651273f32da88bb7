"""Expire unpaid orders and give their stock back, after a check of their payments (docs/domain.md#expiry)."""

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
from src.app.payment.services.discrepancies.deposits import note_end
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
    """Handle every unpaid order whose hold has ended; return how many expired.

    The job ``expire-orders``. Two runs at once are safe: the hop is a compare-and-set, and the second one does nothing.
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
    """Read the payments of one order again, then extend its hold, leave it for the next run, or end it."""
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
    """Settle what was paid and close open accounts; return whether a payment is under way right now.

    Every payment is read, whatever its stored state: the shop does not know whether its window was opened. Raises
    PaymentProviderUnavailable if a payment cannot be read or an account cannot be closed.
    """
    in_flight = False
    for payment in payments:
        settled = await settle(payment.payment_id, told_by="expiry")
        if settled.is_unclosed:
            raise PaymentProviderUnavailable
        if waits_for(settled.order, settled.payment):
            return False  # an account was issued just now, and the hold lasts until its deadline
        in_flight = in_flight or settled.payment.status == PaymentStatus.PAY_PENDING
    return in_flight


async def _patience_is_over(order_id: int) -> bool:
    """Note that the provider cannot be asked; return True once this lasts PATIENCE (6 hours).

    Until then the order is left for the next run. A payment found after the end is refunded (docs/promises.md#p4).
    """
    now = clock.now()
    await note_unreachable(order_id, since=now)
    since = (await by_id(order_id)).unreachable_since
    return since is not None and now - since >= PATIENCE


async def _end(order_id: int, *, in_flight: bool) -> bool:
    """Expire the order and give its stock back, unless it was paid, extended or ended since it was found.

    A payment under way extends the hold once by EXTENSION (10 minutes) instead. Locks the order. Emits OrderExpired.
    """
    order = await lock_order(order_id)
    now = clock.now()
    if order.status not in UNPAID or order.expires_at > now:
        return False
    if in_flight and not order.hold_extended:
        await extend_hold(order, until=now + EXTENSION)
        return False
    return await _release(order)


async def _release(order: Order) -> bool:
    was = order.status
    try:
        await advance(order, OrderStatus.EXPIRED, actor="system", reason="결제 기한 만료")
    except OrderCannotMove:
        return False
    await release_held(order)
    if was == OrderStatus.AWAITING_DEPOSIT:
        await note_end(order)
    await emit(OrderExpired(order_id=order.id))
    await watch_others(order.id, first_read_at=clock.now() + FIRST_REREAD)
    return True
