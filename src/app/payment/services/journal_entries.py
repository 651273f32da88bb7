"""What payments and refunds write into the journal of won (docs/domain.md#journal)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from src.app.journal.models import EntryKind
from src.app.journal.services.journal import Entry
from src.app.payment.models import FINAL, Payment, PaymentStatus, PayMethod, Refund, charged


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
    """Return REFUND of a refund that is known to be done."""
    return Entry(
        order_id=order_id,
        kind=EntryKind.REFUND,
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
