"""Locking reads of payments, always after the order's row (docs/architecture.md#r11)."""

from src.app.payment.errors import PaymentNotFound
from src.app.payment.models import Payment
from src.core.database.statements import find, find_one


async def lock_payment(row_id: int) -> Payment:
    """Return the payment's row, locked until the transaction ends. Raises PaymentNotFound."""
    payment = await find_one(Payment, "id = %s", (row_id,), locking=True)
    if payment is None:
        raise PaymentNotFound
    return payment


async def lock_payments(order_id: int) -> list[Payment]:
    """Return all live payments of a locked order, oldest first, locked in this order until the transaction ends.

    The order's lock keeps further ones away.
    """
    return await find(Payment, "order_id = %s ORDER BY id", (order_id,), locking=True)
