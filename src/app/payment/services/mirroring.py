"""A payment's row mirrors what the provider said last. Call inside a unit of work, with the payment locked."""

import logging
from datetime import datetime
from typing import Final

from src.app.payment.models import (
    FINAL,
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentStatus,
    Refund,
    charged,
    may_follow,
)
from src.app.payment.services.disputes import is_mirrored, mirror_dispute
from src.app.payment.services.provider.base import CancellationStatus, ProviderCancellation, ProviderPayment
from src.app.payment.services.refund_progress import recognise
from src.app.payment.services.virtual_accounts import keep_account
from src.common import clock

logger = logging.getLogger(__name__)

PAID: Final = (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED)
NOTHING_USED: Final = (PaymentStatus.READY, PaymentStatus.FAILED)


def tells_news(payment: Payment, seen: ProviderPayment) -> bool:
    """Whether the snapshot differs in state, sums or disputes from what we hold."""
    told, held = (seen.status, seen.cancelled, seen.total), (payment.status.value, payment.cancelled_amount)
    return told != (*held, charged(payment)) or not all(is_mirrored(payment, dispute) for dispute in seen.disputes)


async def mirror(payment: Payment, seen: ProviderPayment) -> bool:
    """Take the snapshot over. False, and nothing changes, when it is older than what we hold, or not understood.

    Every cancellation in it is accounted for: by a refund of ours, or stored once as EXTERNAL on the discrepancy
    list, where every dispute goes too. Of a payment whose member has left only amounts and states are taken over.
    Emits RefundSucceeded where a cancellation ends a refund; the row is as it is after it.
    """
    status = PaymentStatus.__members__.get(seen.status)
    if status is None:
        logger.warning("payment status %s is not known", seen.status[:40])
        return False
    if _is_older(payment, seen):
        return False
    if not may_follow(payment.status, status):
        logger.warning("payment went from %s to %s: left as it is", payment.status.value, status.value)
        return False
    _copy(payment, seen, status)
    fresh = [dispute for dispute in seen.disputes if mirror_dispute(payment, dispute)]
    await payment.save()
    for dispute in fresh:
        await note_discrepancy(
            payment,
            DiscrepancyKind.DISPUTE,
            reference=dispute.id,
            amount=seen.cancellable,
            detail="" if payment.separated_at else dispute.reason,
        )
    await _account_for_cancellations(payment, seen)
    return True


async def take_back(payment: Payment, cancellation: ProviderCancellation, *, left: int) -> None:
    """Money went back, after which `left` won can still go back: the answer of a cancel shows no payment.

    `status_changed_at` stays, so the snapshot that shows it is taken over whole, and none from before it is.
    """
    if cancellation.status != CancellationStatus.SUCCEEDED:
        return
    status = PaymentStatus.PARTIAL_CANCELLED if left else PaymentStatus.CANCELLED
    if may_follow(payment.status, status):
        payment.status = status
    payment.cancelled_amount = max(payment.cancelled_amount, charged(payment) - left)
    payment.updated_at = clock.now()
    await payment.save(update_fields=["status", "cancelled_amount", "updated_at"])


def _is_older(payment: Payment, seen: ProviderPayment) -> bool:
    """The provider may tell the change of state in whole seconds: within one second its ``updatedAt`` decides, and
    where there is none, money that went back does not come back."""
    if payment.status_changed_at is None or seen.status_changed_at > payment.status_changed_at:
        return False
    if seen.status_changed_at < payment.status_changed_at:
        return True
    if payment.told_at is not None and seen.updated_at is not None and seen.updated_at != payment.told_at:
        return seen.updated_at < payment.told_at
    return seen.status == payment.status.value and seen.cancelled < payment.cancelled_amount


def _copy(payment: Payment, seen: ProviderPayment, status: PaymentStatus) -> None:
    is_same_try = seen.transaction_id[:64] == payment.transaction_id
    payment.paid_amount, payment.paid_at = _paid(payment, seen, status), _paid_at(payment, seen, status)
    payment.status = status
    payment.status_changed_at = seen.status_changed_at
    payment.told_at = seen.updated_at
    payment.transaction_id = seen.transaction_id[:64]
    payment.pg_provider = seen.pg_provider[:40] or (payment.pg_provider if is_same_try else "")
    payment.pg_tx_id = seen.pg_tx_id[:100] or (payment.pg_tx_id if is_same_try else "")
    payment.paid_with = None if status in NOTHING_USED else seen.paid_with or payment.paid_with
    payment.charged_amount = seen.total
    payment.discount_amount = seen.discount
    payment.cancelled_amount = seen.cancelled
    payment.updated_at = clock.now()
    if payment.separated_at is None:
        _copy_personal(payment, seen)


def _was_paid(seen: ProviderPayment, status: PaymentStatus) -> bool:
    if status != PaymentStatus.CANCELLED:
        return status in PAID
    gave_back = (c.status == CancellationStatus.SUCCEEDED and c.amount > 0 for c in seen.cancellations)
    return seen.paid_at is not None or any(gave_back)


def _paid(payment: Payment, seen: ProviderPayment, status: PaymentStatus) -> int:
    """What was paid. Bodies tell a sum before anything was, and may leave it out once all of it went back."""
    is_known = payment.status in FINAL and (payment.paid_at is not None or payment.cancelled_amount > 0)
    held = payment.paid_amount if is_known or payment.status in PAID else 0
    return max(held, seen.paid) if _was_paid(seen, status) else held


def _paid_at(payment: Payment, seen: ProviderPayment, status: PaymentStatus) -> datetime | None:
    held = payment.paid_at if payment.status in FINAL else None
    return (seen.paid_at or held) if _was_paid(seen, status) else held


def _copy_personal(payment: Payment, seen: ProviderPayment) -> None:
    payment.receipt_url = seen.receipt_url[:500] or payment.receipt_url
    payment.failure = seen.failure[:200]
    keep_account(payment, seen)


async def _account_for_cancellations(payment: Payment, seen: ProviderPayment) -> None:
    if not seen.cancellations:
        return
    refund = await Refund.filter(payment_id=payment.id).first()
    for cancellation in seen.cancellations:
        if refund is not None and await recognise(refund, cancellation):
            continue
        if cancellation.status == CancellationStatus.FAILED:
            continue
        await note_discrepancy(payment, DiscrepancyKind.EXTERNAL, reference=cancellation.id, amount=cancellation.amount)


async def note_discrepancy(
    payment: Payment, kind: DiscrepancyKind, *, reference: str, amount: int, detail: str = ""
) -> None:
    """Put a finding on the list, once per kind and reference. The payment's lock keeps two writers apart."""
    if not await Discrepancy.filter(kind=kind, reference=reference[:64]).exists():
        await put_on_list(payment, kind, reference=reference, amount=amount, detail=detail)


async def put_on_list(
    payment: Payment | None, kind: DiscrepancyKind, *, reference: str, amount: int, detail: str
) -> None:
    """Write a finding that is not on the list yet; a second one of the same kind and reference is an IntegrityError."""
    await Discrepancy.create(
        kind=kind,
        reference=reference[:64],
        payment_id=None if payment is None else payment.id,
        amount=amount,
        detail=detail[:200],
        created_at=clock.now(),
    )
