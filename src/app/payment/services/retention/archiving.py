"""Tables of payments that move to the archive with their order, and the conditions that keep an order live."""

from collections.abc import Sequence
from typing import Final

from tortoise.expressions import Q

from src.app.order.models import Order
from src.app.payment.models import (
    FINAL,
    Discrepancy,
    Payment,
    PaymentArchive,
    PaymentVerdict,
    Refund,
    RefundAccount,
    RefundAccountArchive,
    RefundArchive,
    RefundAttempt,
    RefundAttemptArchive,
    RefundStatus,
    charged,
)
from src.app.payment.services.webhooks.receive import SOURCE, payment_id_of
from src.common.models.inbox_message import InboxMessage
from src.common.models.work_item import WorkStatus
from src.common.records.archiving import Part

PARTS: Final = (
    Part(live=Payment, archive=PaymentArchive, parent=Order, column="order_id"),
    Part(live=RefundAccount, archive=RefundAccountArchive, parent=Order, column="order_id"),
    Part(live=Refund, archive=RefundArchive, parent=Payment, column="payment_id"),
    Part(live=RefundAttempt, archive=RefundAttemptArchive, parent=Refund, column="refund_id"),
)
MESSAGES: Final = 1000


async def unfinished(orders: Sequence[Order]) -> set[int]:
    """Return the ids of orders that must stay live because their money is not settled.

    That is a payment to be read again or not judged, a refund that is not done, an open discrepancy, or a pending or
    dead webhook. Locks the payments, by id, until the transaction ends.
    """
    ids = [order.id for order in orders]
    payments = await Payment.filter(order_id__in=ids).order_by("id").select_for_update()
    of_deposits = Discrepancy.filter(order_id__in=ids, resolved_at=None)
    kept = {order_id for (order_id,) in await of_deposits.values_list("order_id") if order_id is not None}
    if not payments:
        return kept
    order_of = {payment.id: payment.order_id for payment in payments}
    is_open = Q(status__not=RefundStatus.SUCCEEDED) | Q(work_status__not=WorkStatus.DONE)
    open_refunds = Refund.filter(is_open, payment_id__in=list(order_of))
    findings = Discrepancy.filter(payment_id__in=list(order_of), resolved_at=None)
    kept |= {order_of[row_id] for (row_id,) in await open_refunds.values_list("payment_id")}
    kept |= {order_of[row_id] for (row_id,) in await findings.values_list("payment_id")}
    kept |= {payment.order_id for payment in payments if _is_open(payment)}
    return kept | await _told_of(payments)


def _is_open(payment: Payment) -> bool:
    is_unjudged = payment.verdict == PaymentVerdict.NONE and payment.status in FINAL and payment.paid_amount > 0
    return payment.next_reread_at is not None or (is_unjudged and payment.cancelled_amount < charged(payment))


async def _told_of(payments: Sequence[Payment]) -> set[int]:
    """Return the ids of orders that an unfinished webhook names, or all ids if at least MESSAGES are unfinished."""
    waiting = InboxMessage.filter(source=SOURCE, work_status__in=[WorkStatus.PENDING, WorkStatus.DEAD])
    bodies = [body for (body,) in await waiting.order_by("id").limit(MESSAGES).values_list("body")]
    if len(bodies) >= MESSAGES:
        return {payment.order_id for payment in payments}
    told = {payment_id_of(body) for body in bodies}
    return {payment.order_id for payment in payments if payment.payment_id in told}
