"""Locking reads of payments, always after the order's row (docs/architecture.md#r11)."""

from src.app.payment.errors import PaymentNotFound
from src.app.payment.models import Payment


async def lock_payment(row_id: int) -> Payment:
    """Return the payment's row, locked until the transaction ends. Raises PaymentNotFound."""
    payment = await Payment.filter(id=row_id).select_for_update().first()
    if payment is None:
        raise PaymentNotFound
    return payment
