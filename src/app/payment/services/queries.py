"""Reads of payments."""

import re
from collections import defaultdict
from collections.abc import Sequence

from src.app.payment.errors import PaymentNotFound
from src.app.payment.models import Payment
from src.common.utils.ids import PAYMENT_ID_PATTERN

ID = re.compile(PAYMENT_ID_PATTERN)


async def by_payment_id(payment_id: str) -> Payment:
    """The payment with this public id. Raises PaymentNotFound."""
    payment = await Payment.filter(payment_id=payment_id).first() if ID.fullmatch(payment_id) else None
    if payment is None:
        raise PaymentNotFound
    return payment


async def of_orders(order_ids: Sequence[int]) -> dict[int, list[Payment]]:
    """Every try of these orders, oldest first, in one query."""
    found: dict[int, list[Payment]] = defaultdict(list)
    for payment in await Payment.filter(order_id__in=order_ids).order_by("id"):
        found[payment.order_id].append(payment)
    return found


async def count_of_order(order_id: int) -> int:
    """How many tries an order has had."""
    return await Payment.filter(order_id=order_id).count()
