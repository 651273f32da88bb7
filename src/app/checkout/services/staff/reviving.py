"""Revive an expired order: staff give the buyer another time to pay it."""

import logging
from collections.abc import Collection
from datetime import timedelta
from typing import Final

from src.app.checkout.errors import DepositArrived, LateRefundUnderWay
from src.app.checkout.services.settling import settle
from src.app.deposit.services.transfers import arrived, renew
from src.app.order.errors import OrderNotFound
from src.app.order.models import UNPAID, OrderStatus
from src.app.order.services.changes.reviving import revive as bring_back
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_number
from src.app.order.services.timeline import advance
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import Payment, PaymentVerdict, RefundStatus
from src.app.payment.services.locks import lock_payments
from src.app.payment.services.queries import refunds_of
from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

TOLD_BY: Final = "revival"


async def revive(order_no: str, *, without: Collection[str], hours: int | None, reason: str, by: Actor) -> None:
    """Bring the expired order back to PENDING, or to AWAITING_DEPOSIT if it is paid by a manual transfer.

    It is held for `hours` or, without them, ORDER_HOLD_SECONDS.

    One transaction, which locks the order (an archived one comes back with all its rows), its payments and lines, then
    the variants. An order that was revived already and still waits is left as it is, so a repeat is harmless. After the
    commit payments without a verdict are read again: one that was paid meanwhile settles the order. Raises
    OrderNotFound, LateRefundUnderWay, DepositArrived, and what `changes.reviving.revive` raises.
    """
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound

    async def write() -> list[Payment]:
        locked = await lock_order(order.id)
        if locked.status in UNPAID and locked.revival_id is not None:
            return []
        payments = await lock_payments(locked.id)
        await _refuse_refunding(payments)
        if await arrived(locked):
            raise DepositArrived
        now = clock.now()
        until = now + (timedelta(hours=hours) if hours else timedelta(seconds=settings().orders.hold_seconds))
        before = {"status": locked.status.value, "total": locked.total}
        row = await bring_back(locked, without=without, until=until, actor=by.key, reason=reason)
        if await renew(locked, until=until):
            await advance(locked, OrderStatus.AWAITING_DEPOSIT, actor=by.key, reason="무통장입금 대기")
        after = {"status": locked.status.value, "total": locked.total, "revival_id": row.id, "without": sorted(without)}
        target = ("order", order_no)
        await audit.record("order.revived", by=by, target=target, before=before, after=after, reason=reason)
        return [payment for payment in payments if payment.verdict == PaymentVerdict.NONE]

    for payment in await unit_of_work(write):
        await _look_again(payment)


async def _refuse_refunding(payments: list[Payment]) -> None:
    """Raise LateRefundUnderWay if a payment that came too late is still on its way back."""
    late = [payment for payment in payments if payment.verdict == PaymentVerdict.LATE]
    refunds = await refunds_of(late)
    for payment in late:
        if any(refund.status != RefundStatus.SUCCEEDED for refund in refunds.get(payment.id, [])):
            raise LateRefundUnderWay(payment_id=payment.payment_id)


async def _look_again(payment: Payment) -> None:
    try:
        await settle(payment.payment_id, told_by=TOLD_BY)
    except PaymentProviderUnavailable:
        logger.info("payment %s of a revived order is read later", payment.payment_id)
