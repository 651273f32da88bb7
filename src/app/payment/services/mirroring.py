"""A payment's row mirrors what the provider said last. Call inside a unit of work, with the payment locked."""

import logging

from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, PaymentStatus, Refund, may_follow
from src.app.payment.services.provider import CancellationStatus, ProviderPayment
from src.app.payment.services.refund_progress import recognise
from src.common.utils import clock

logger = logging.getLogger(__name__)


def tells_news(payment: Payment, seen: ProviderPayment) -> bool:
    """Whether the snapshot differs in state or sums from what we hold."""
    return (seen.status, seen.cancelled, seen.total) != (
        payment.status.value,
        payment.cancelled_amount,
        payment.total_amount,
    )


async def mirror(payment: Payment, seen: ProviderPayment) -> bool:
    """Take the snapshot over. False, and nothing changes, when it is older than what we hold, or not understood.

    Every cancellation in it is accounted for: by a refund of ours, or stored once as EXTERNAL on the discrepancy
    list. Of a payment whose member has left only amounts and states are taken over. Emits nothing.
    """
    status = PaymentStatus.__members__.get(seen.status)
    if status is None:
        logger.warning("payment status %s is not known", seen.status[:40])
        return False
    if payment.status_changed_at is not None and seen.status_changed_at < payment.status_changed_at:
        return False
    if not may_follow(payment.status, status):
        logger.warning("payment went from %s to %s: left as it is", payment.status.value, status.value)
        return False
    _copy(payment, seen, status)
    await payment.save()
    await _account_for_cancellations(payment, seen)
    return True


def _copy(payment: Payment, seen: ProviderPayment, status: PaymentStatus) -> None:
    payment.status = status
    payment.status_changed_at = seen.status_changed_at
    payment.transaction_id = seen.transaction_id[:64]
    payment.pg_provider = seen.pg_provider[:40]
    payment.pg_tx_id = seen.pg_tx_id[:100]
    payment.paid_amount = seen.paid
    payment.cancelled_amount = seen.cancelled
    payment.paid_at = seen.paid_at or payment.paid_at
    payment.updated_at = clock.now()
    if payment.separated_at is None:
        _copy_personal(payment, seen)


def _copy_personal(payment: Payment, seen: ProviderPayment) -> None:
    payment.receipt_url = seen.receipt_url[:500]
    payment.failure = seen.failure[:200]
    if seen.account is not None:
        payment.account_bank = seen.account.bank[:40]
        payment.account_number = seen.account.number[:40]
        payment.account_holder = seen.account.holder[:50]
        payment.account_due_at = seen.account.due_at


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
