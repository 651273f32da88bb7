"""What payments and refunds write into the journal of won (docs/domain.md#journal)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from src.app.journal.models import EntryKind
from src.app.journal.services.journal import Entry
from src.app.payment.models import (
    FINAL,
    Discrepancy,
    DiscrepancyKind,
    Payment,
    PaymentStatus,
    PayMethod,
    Refund,
    RefundMeans,
    RefundStatus,
    charged,
    is_automatic,
)


def holds_money(status: PaymentStatus, paid_at: datetime | None, cancelled_amount: int) -> bool:
    """Return whether a payment with these values was ever paid. An account that was closed without a deposit is
    CANCELLED too."""
    if status not in FINAL:
        return False
    return status != PaymentStatus.CANCELLED or paid_at is not None or cancelled_amount > 0


def payment_entry(payment: Payment) -> Entry | None:
    """Return PAYMENT of a payment that was paid, over the charged amount, whatever its verdict; None for others.

    Manual transfers are booked deposit by deposit instead.
    """
    is_money = holds_money(payment.status, payment.paid_at, payment.cancelled_amount)
    if not is_money or payment.pay_method == PayMethod.MANUAL_TRANSFER:
        return None
    return Entry(
        order_id=payment.order_id,
        kind=EntryKind.PAYMENT,
        amount=charged(payment),
        cause=f"payment:{payment.id}",
        payment_id=payment.id,
        at=payment.paid_at,
    )


def newly_paid(payment: Payment, before: Mapping[str, Any]) -> Entry | None:
    """Return PAYMENT if the payment was paid since it had the values `before`."""
    had = holds_money(before["status"], before["paid_at"], before["cancelled_amount"])
    return None if had else payment_entry(payment)


def refund_entry(refund: Refund, order_id: int) -> Entry:
    """Return REFUND of a refund that is known to be done, BANK_REFUND where staff transferred it."""
    return Entry(
        order_id=order_id,
        kind=EntryKind.BANK_REFUND if refund.means == RefundMeans.BANK else EntryKind.REFUND,
        amount=-refund.amount,
        cause=f"refund:{refund.id}",
        payment_id=refund.payment_id,
        at=refund.done_at,
    )


def external_entry(payment: Payment, *, reference: str, amount: int, at: datetime | None = None) -> Entry:
    """Return EXTERNAL_CANCEL of a cancellation at the provider that is not ours; `reference` is its id there."""
    return Entry(
        order_id=payment.order_id,
        kind=EntryKind.EXTERNAL_CANCEL,
        amount=-amount,
        cause=f"external:{reference[:64]}",
        payment_id=payment.id,
        at=at,
    )


async def entries_of(order_ids: Sequence[int]) -> list[Entry]:
    """Return the entries of all payments, done refunds and external cancels of these live orders.

    For orders of before the journal. Cancels of nobody of ours are told by the discrepancy list; where its sums are not
    what the provider cancelled beyond our refunds, they are left out, and the clearing names the order.
    """
    payments = await Payment.filter(order_id__in=list(order_ids)).order_by("id")
    ids = [payment.id for payment in payments]
    if not ids:
        return []
    refunds: dict[int, list[Refund]] = defaultdict(list)
    for refund in await Refund.filter(payment_id__in=ids, status=RefundStatus.SUCCEEDED).order_by("id"):
        refunds[refund.payment_id].append(refund)
    findings: dict[int, list[Discrepancy]] = defaultdict(list)
    for finding in await Discrepancy.filter(payment_id__in=ids, kind=DiscrepancyKind.EXTERNAL).order_by("id"):
        findings[finding.payment_id or 0].append(finding)
    found: list[Entry | None] = []
    for payment in payments:
        done, told = refunds.get(payment.id, []), findings.get(payment.id, [])
        found += [payment_entry(payment), *(refund_entry(refund, payment.order_id) for refund in done)]
        ours = sum(refund.amount for refund in done if refund.means == RefundMeans.PROVIDER)
        if sum(each.amount for each in told) == payment.cancelled_amount - ours:
            found += [
                external_entry(payment, reference=each.reference, amount=each.amount, at=each.created_at)
                for each in told
            ]
    return [entry for entry in found if entry is not None and entry.amount]


async def open_refunds(order_ids: Sequence[int]) -> dict[int, int]:
    """Return by order id the won that refunds which are not done are to give back. Two queries.

    An automatic refund gives back all that is left.
    """
    payments = {row.id: row for row in await Payment.filter(order_id__in=list(order_ids))}
    found: dict[int, int] = defaultdict(int)
    if not payments:
        return {}
    pending = Refund.filter(payment_id__in=list(payments)).exclude(status=RefundStatus.SUCCEEDED)
    for refund in await pending:
        payment = payments[refund.payment_id]
        left = max(0, charged(payment) - payment.cancelled_amount)
        found[payment.order_id] += left if is_automatic(refund) else refund.amount
    return dict(found)
