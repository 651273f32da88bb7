"""The one settle: browser return, webhook, expiry and re-read all end here (promises P3, P4).

    read PortOne (no lock) -> lock order, payment -> mirror the snapshot -> judge it once -> commit -> send refunds

Whoever comes second finds the verdict and changes nothing.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from src.app.checkout.dtos.events import OrderAwaitsDeposit
from src.app.checkout.services.paid import mark_paid
from src.app.order.models import ENDED_UNPAID, UNPAID, Order, OrderStatus
from src.app.order.services.holds import hold_for_deposit
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_id
from src.app.order.services.timeline import advance
from src.app.payment.errors import PaymentProviderUnavailable
from src.app.payment.models import Payment, PaymentStatus, PaymentVerdict
from src.app.payment.services.locks import lock_payment
from src.app.payment.services.mirroring import mirror, tells_news
from src.app.payment.services.provider import ProviderError, ProviderPayment, provider
from src.app.payment.services.queries import by_payment_id, is_archived
from src.app.payment.services.verdicts import mismatches, reject, settle_with, watch_others
from src.common.utils import clock
from src.common.utils.outbox import emit
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

FIRST_REREAD = timedelta(minutes=10)
DEPOSIT_MARGIN = timedelta(hours=1)
DEPOSIT_FALLBACK = timedelta(days=3)  # an account without a due date: the longest that shops here usually give


@dataclass(frozen=True, kw_only=True)
class Settled:
    """Order and payment as they are after settling."""

    order: Order
    payment: Payment


async def settle(payment_id: str, *, told_by: str) -> Settled:
    """Ask PortOne about the payment and let its order follow. Safe at any time, any number of times, from any side.

    Locks the order, then the payment, after the answer is there. Emits OrderPaid or OrderAwaitsDeposit. Raises
    PaymentNotFound, and PaymentProviderUnavailable when PortOne cannot be asked: then nothing changed. An archived order
    is brought back where PortOne says something new.
    """
    row = await by_payment_id(payment_id)
    try:
        seen = await provider().get(payment_id)
    except ProviderError as error:
        logger.warning("payment %s cannot be read: %s", payment_id, error.reason)
        raise PaymentProviderUnavailable from error
    if is_archived(row) and (seen is None or not tells_news(row, seen)):
        return Settled(order=await by_id(row.order_id), payment=row)
    return await unit_of_work(lambda: _apply(row, seen, told_by=told_by))


async def _apply(row: Payment, seen: ProviderPayment | None, *, told_by: str) -> Settled:
    order = await lock_order(row.order_id)
    payment = await lock_payment(row.id)
    if seen is not None and await mirror(payment, seen) and payment.verdict == PaymentVerdict.NONE:
        await _judge(order, payment, seen, told_by=told_by)
    return Settled(order=order, payment=payment)


async def _judge(order: Order, payment: Payment, seen: ProviderPayment, *, told_by: str) -> None:
    if payment.status in (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED):
        await _judge_paid(order, payment, seen, told_by=told_by)
    elif payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and order.status == OrderStatus.PENDING:
        await _await_deposit(order, payment, told_by=told_by)


async def _judge_paid(order: Order, payment: Payment, seen: ProviderPayment, *, told_by: str) -> None:
    if wrong := mismatches(payment, seen):
        logger.error("payment %s differs in: %s", payment.payment_id, ", ".join(wrong))
        await reject(payment, seen, PaymentVerdict.MISMATCH, detail=", ".join(wrong))
    elif order.status in UNPAID:
        await settle_with(payment)
        await mark_paid(order, actor=told_by, reason="결제 완료")
        await watch_others(order.id, first_read_at=clock.now() + FIRST_REREAD)
    elif order.status in ENDED_UNPAID and order.paid_at is None:
        await reject(payment, seen, PaymentVerdict.LATE)
    else:
        await reject(payment, seen, PaymentVerdict.DUPLICATE)


async def _await_deposit(order: Order, payment: Payment, *, told_by: str) -> None:
    """A virtual account was issued: the order waits for the deposit, and holds its stock until then."""
    await advance(order, OrderStatus.AWAITING_DEPOSIT, actor=told_by, reason="가상계좌 발급")
    due = payment.account_due_at or clock.now() + DEPOSIT_FALLBACK
    await hold_for_deposit(order, until=due + DEPOSIT_MARGIN)
    await emit(OrderAwaitsDeposit(order_id=order.id))
