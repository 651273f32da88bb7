"""Copy the provider's snapshots into payment rows. Call inside a unit of work, with the payment locked."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from src.app.journal.services import journal
from src.app.payment.dtos.events import DiscrepancyFound
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
from src.app.payment.services.journal_entries import external_entry, newly_paid
from src.app.payment.services.provider.base import (
    CancellationStatus,
    ProviderCancellation,
    ProviderDispute,
    ProviderPayment,
)
from src.app.payment.services.refund_progress import recognise
from src.app.payment.services.virtual_accounts import keep_account
from src.common import clock
from src.common.work.outbox import emit
from src.core.database.statements import find, save

logger = logging.getLogger(__name__)

PAID: Final = (PaymentStatus.PAID, PaymentStatus.PARTIAL_CANCELLED)
NOTHING_USED: Final = (PaymentStatus.READY, PaymentStatus.FAILED)
MIRRORED: Final = (
    "status",
    "status_changed_at",
    "told_at",
    "verdict",
    "settles_order_id",
    "next_reread_at",
    "transaction_id",
    "pg_provider",
    "pg_tx_id",
    "paid_with",
    "charged_amount",
    "discount_amount",
    "paid_amount",
    "paid_at",
    "cancelled_amount",
    "cancelled_tax_free",
    "receipt_url",
    "failure",
    "disputes",
    "account_bank",
    "account_number",
    "account_holder",
    "account_issued_at",
    "account_due_at",
)
"""What a snapshot and its verdict may change in a row."""


def tells_news(payment: Payment, seen: ProviderPayment) -> bool:
    """Return whether the snapshot differs from the row in state, sums or disputes."""
    told, held = (seen.status, seen.cancelled, seen.total), (payment.status.value, payment.cancelled_amount)
    return told != (*held, charged(payment)) or not all(is_mirrored(payment, dispute) for dispute in seen.disputes)


async def mirror(payment: Payment, seen: ProviderPayment) -> bool:
    """Copy the snapshot into the row and save it. Return False, with nothing changed, if `take_over` refuses it.

    Each cancellation either belongs to our refund or is stored once as EXTERNAL on the discrepancy list; each new
    dispute is listed there too. Emits RefundSucceeded if a cancellation completes our refund.
    """
    if (taken := take_over(payment, seen)) is None:
        return False
    await save_taken(payment, seen, taken)
    return True


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A snapshot that was copied into a row. `before` are the row's values then, `disputes` those that are new."""

    before: dict[str, Any]
    disputes: list[ProviderDispute]


def take_over(payment: Payment, seen: ProviderPayment) -> Taken | None:
    """Copy the snapshot into the row, in memory only. Return None, with nothing changed, if it is older or its state
    cannot follow: its word is unknown, or `may_follow` refuses it.

    Personal values are not copied once they were removed from the row.
    """
    status = PaymentStatus.__members__.get(seen.status)
    if status is None:
        logger.warning("payment status %s is not known", seen.status[:40])
        return None
    if _is_older(payment, seen):
        return None
    if not may_follow(payment.status, status):
        logger.warning("payment went from %s to %s: left as it is", payment.status.value, status.value)
        return None
    before = {name: getattr(payment, name) for name in MIRRORED}
    _copy(payment, seen, status)
    return Taken(before=before, disputes=[dispute for dispute in seen.disputes if mirror_dispute(payment, dispute)])


async def save_taken(payment: Payment, seen: ProviderPayment, taken: Taken, *, with_journal: bool = True) -> None:
    """Write what `take_over` and its caller changed in the row; a snapshot without news writes nothing.

    See `mirror` for cancellations and disputes. A payment that is now paid goes into the journal, without
    `with_journal` by the caller, in the same transaction.
    """
    if with_journal and (entry := newly_paid(payment, taken.before)):
        await journal.write([entry])
    if changed := tuple(name for name in MIRRORED if getattr(payment, name) != taken.before[name]):
        payment.updated_at = clock.now()
        await save(payment, (*changed, "updated_at"))
    for dispute in taken.disputes:
        await note_discrepancy(
            payment,
            DiscrepancyKind.DISPUTE,
            reference=dispute.id,
            amount=seen.cancellable,
            detail="" if payment.separated_at else dispute.reason,
        )
    await _account_for_cancellations(payment, seen, is_news=bool(changed))


async def take_back(payment: Payment, cancellation: ProviderCancellation, *, left: int, tax_free: int) -> None:
    """Book a succeeded cancellation after which `left` won can still be cancelled, and `tax_free` won without VAT are;
    do nothing for any other status.

    Needed because the answer to a cancel does not show the payment. `status_changed_at` stays, so the first snapshot
    that shows the cancellation is copied in full, and older snapshots are refused.
    """
    if cancellation.status != CancellationStatus.SUCCEEDED:
        return
    status = PaymentStatus.PARTIAL_CANCELLED if left else PaymentStatus.CANCELLED
    if may_follow(payment.status, status):
        payment.status = status
    payment.cancelled_amount = max(payment.cancelled_amount, charged(payment) - left)
    payment.cancelled_tax_free = max(payment.cancelled_tax_free, tax_free)
    payment.updated_at = clock.now()
    await payment.save(update_fields=["status", "cancelled_amount", "cancelled_tax_free", "updated_at"])


def _is_older(payment: Payment, seen: ProviderPayment) -> bool:
    """Return whether the snapshot is older than the row.

    The provider may round the time of a state change to whole seconds. Within one second ``updatedAt`` decides. If it
    is missing or equal, a snapshot of the same state with a smaller cancelled amount is older.
    """
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
    payment.cancelled_tax_free = seen.cancelled_tax_free
    if payment.separated_at is None:
        _copy_personal(payment, seen)


def _was_paid(seen: ProviderPayment, status: PaymentStatus) -> bool:
    if status != PaymentStatus.CANCELLED:
        return status in PAID
    gave_back = (c.status == CancellationStatus.SUCCEEDED and c.amount > 0 for c in seen.cancellations)
    return seen.paid_at is not None or any(gave_back)


def _paid(payment: Payment, seen: ProviderPayment, status: PaymentStatus) -> int:
    """Return the paid amount in won, which never falls once something was paid.

    Bodies may show an amount before it was paid, and may leave it out once all of it was cancelled.
    """
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


async def _account_for_cancellations(payment: Payment, seen: ProviderPayment, *, is_news: bool) -> None:
    if not seen.cancellations:
        return
    refunds = await find(Refund, "payment_id = %s ORDER BY id", (payment.id,))
    for cancellation in seen.cancellations:
        if await _is_ours(refunds, cancellation):
            continue
        if cancellation.status == CancellationStatus.FAILED:
            continue
        await note_discrepancy(payment, DiscrepancyKind.EXTERNAL, reference=cancellation.id, amount=cancellation.amount)
        if is_news and cancellation.status == CancellationStatus.SUCCEEDED:
            await journal.write([external_entry(payment, reference=cancellation.id, amount=cancellation.amount)])


async def _is_ours(refunds: Sequence[Refund], cancellation: ProviderCancellation) -> bool:
    """Return whether one of these refunds knows the cancellation; its state follows then."""
    for refund in refunds:
        if await recognise(refund, cancellation):
            return True
    return False


async def note_discrepancy(
    payment: Payment, kind: DiscrepancyKind, *, reference: str, amount: int, detail: str = ""
) -> None:
    """Put a finding on the list, once per kind and reference. The lock on the payment prevents concurrent writers."""
    if not await Discrepancy.filter(kind=kind, reference=reference[:64]).exists():
        await put_on_list(payment, kind, reference=reference, amount=amount, detail=detail)


async def note_again(payment: Payment, kind: DiscrepancyKind, *, reference: str, amount: int, detail: str = "") -> None:
    """Put a finding on the list, and back on it if somebody had taken it off. Call with the payment locked."""
    await note_discrepancy(payment, kind, reference=reference, amount=amount, detail=detail)
    found = Discrepancy.filter(kind=kind, reference=reference[:64])
    await found.update(amount=amount, detail=detail[:200], resolved_at=None, resolved_by="", resolution="")


async def put_on_list(
    payment: Payment | None,
    kind: DiscrepancyKind,
    *,
    reference: str,
    amount: int,
    detail: str,
    order_id: int | None = None,
) -> None:
    """Insert a finding, and emit `payment.discrepancy`. `order_id` is for one without a payment.

    Raises IntegrityError for a second one of the same kind and reference.
    """
    found = await Discrepancy.create(
        kind=kind,
        reference=reference[:64],
        payment_id=None if payment is None else payment.id,
        order_id=order_id,
        amount=amount,
        detail=detail[:200],
        created_at=clock.now(),
    )
    await emit(DiscrepancyFound(discrepancy_id=found.id))
