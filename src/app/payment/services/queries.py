"""Reads of payments, of live and of archived orders alike."""

import re
from collections.abc import Collection, Sequence

from src.app.payment.errors import PaymentNotFound
from src.app.payment.models import Payment, PaymentArchive
from src.common.ids import PAYMENT_ID_PATTERN
from src.common.records.archiving import either, rows_of

ID = re.compile(PAYMENT_ID_PATTERN)


async def by_payment_id(payment_id: str) -> Payment:
    """The payment with this public id. Raises PaymentNotFound."""
    if ID.fullmatch(payment_id):
        payment = await either(Payment, PaymentArchive, lambda table: table.filter(payment_id=payment_id).first())
        if payment is not None:
            return payment
    raise PaymentNotFound


async def known(payment_ids: Collection[str]) -> dict[str, Payment]:
    """Those of these payments (public ids) that are ours, by that id."""
    found: dict[str, Payment] = {}
    for table in (Payment, PaymentArchive, Payment):
        if missing := [payment_id for payment_id in payment_ids if payment_id not in found]:
            found |= {row.payment_id: row for row in await table.filter(payment_id__in=missing)}
    return found


async def by_ids(row_ids: Sequence[int]) -> dict[int, Payment]:
    """Those of these payments (row ids) that exist, by row id."""
    return {row_id: row for row_id, (row,) in (await rows_of(Payment, PaymentArchive, "id", row_ids)).items()}


def is_archived(payment: Payment) -> bool:
    """Whether the row was read from the archive: its order is closed, and nothing is under way."""
    return isinstance(payment, PaymentArchive)


async def of_orders(order_ids: Sequence[int]) -> dict[int, list[Payment]]:
    """Every try of these orders, oldest first, in one query where all are live."""
    return await rows_of(Payment, PaymentArchive, "order_id", order_ids)


async def count_of_order(order_id: int) -> int:
    """Return the number of payment tries of an order."""
    return await Payment.filter(order_id=order_id).count()
