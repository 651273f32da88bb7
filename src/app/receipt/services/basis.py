"""What of an order was paid in cash and has not gone back: what its cash receipt is for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from src.app.deposit.services.queries import METHOD, is_transfer
from src.app.deposit.services.transfers import arrived
from src.app.journal.models import EntryKind
from src.app.order.models import Order, OrderLine
from src.app.payment.models import FINAL, PaidWith, Payment, RefundStatus, charged
from src.app.payment.services.queries import of_orders, refunds_of
from src.core.database.statements import fetch

CASH: Final = frozenset({PaidWith.TRANSFER, PaidWith.VIRTUAL_ACCOUNT})
IN_CASH: Final = frozenset({*(word.value for word in CASH), METHOD})
"""What `OrderLine.pay_method` holds for orders that were paid in cash."""
BACK: Final = (EntryKind.REFUND.value, EntryKind.BANK_REFUND.value)
GONE_BACK: Final = "SELECT COALESCE(SUM(amount), 0) AS won FROM journal_entry WHERE order_id = %s AND kind IN (%s, %s)"


@dataclass(frozen=True, kw_only=True)
class Basis:
    """Cash of an order that is left, in won. Shipping is in it, points are not. `payment` is None for a transfer."""

    amount: int
    tax_free: int
    paid_at: datetime | None
    payment: Payment | None = None


async def basis_of(order: Order, lines: list[OrderLine]) -> Basis | None:
    """Return the cash of a locked order; None if it is not paid, or not in cash."""
    if order.paid_at is None or not order.total:
        return None
    if is_transfer(lines):
        gone = int((await fetch(GONE_BACK, (order.id, *BACK)))[0]["won"])
        amount = max(0, min(order.total, await arrived(order) + gone))
        return Basis(amount=amount, tax_free=min(order.tax_free_amount, amount), paid_at=order.paid_at)
    payments = (await of_orders([order.id])).get(order.id, [])
    paid = next((one for one in payments if one.settles_order_id == order.id), None)
    if paid is None or (paid.paid_with or PaidWith(paid.pay_method.value)) not in CASH:
        return None
    amount = max(0, charged(paid) - paid.cancelled_amount) if paid.status in FINAL else 0
    refunds = (await refunds_of([paid])).get(paid.id, [])
    back = sum(one.tax_free_amount or 0 for one in refunds if one.status == RefundStatus.SUCCEEDED)
    tax_free = min(max(0, paid.tax_free_amount - back), amount)
    return Basis(amount=amount, tax_free=tax_free, paid_at=paid.paid_at, payment=paid)
