"""Reads of payments. All but `count_of_order` find archived payments too."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from src.app.payment.errors import PaymentNotFound
from src.app.payment.models import Payment, PaymentArchive, Refund, RefundArchive
from src.common.ids import PAYMENT_ID_PATTERN
from src.common.records.archiving import either, rows_of
from src.core.database.statements import find, find_one, marks

ID = re.compile(PAYMENT_ID_PATTERN)
BY_PUBLIC_ID = "payment_id = %s"


async def by_payment_id(payment_id: str) -> Payment:
    """Return the payment with this public id. Raises PaymentNotFound."""
    if ID.fullmatch(payment_id):
        payment = await either(Payment, PaymentArchive, lambda table: find_one(table, BY_PUBLIC_ID, (payment_id,)))
        if payment is not None:
            return payment
    raise PaymentNotFound


async def known(payment_ids: Collection[str]) -> dict[str, Payment]:
    """Return the payments with these public ids that are ours, by public id. One query if all are live."""
    ours = [payment_id for payment_id in payment_ids if ID.fullmatch(payment_id)]
    return {key: row for key, (row,) in (await rows_of(Payment, PaymentArchive, "payment_id", ours)).items()}


async def by_ids(row_ids: Sequence[int]) -> dict[int, Payment]:
    """Return the payments with these row ids, by row id; absent ones are left out."""
    return {row_id: row for row_id, (row,) in (await rows_of(Payment, PaymentArchive, "id", row_ids)).items()}


def is_archived(payment: Payment) -> bool:
    """Return whether the row was read from the archive: its order is closed, and nothing is under way."""
    return isinstance(payment, PaymentArchive)


async def of_orders(order_ids: Sequence[int]) -> dict[int, list[Payment]]:
    """Return all payments of these orders by order id, oldest first, in one query if all are live."""
    return await rows_of(Payment, PaymentArchive, "order_id", order_ids)


async def refunds_of(payments: Sequence[Payment]) -> dict[int, list[Refund]]:
    """Return the refunds of the payments of one order by payment (row id), the oldest first. One statement.

    They lie where their payments were read: live or archived, all of an order move together.
    """
    if not payments:
        return {}
    table = RefundArchive if is_archived(payments[0]) else Refund
    ids = [payment.id for payment in payments]
    found: dict[int, list[Refund]] = {}
    for refund in await find(table, f"payment_id IN ({marks(len(ids))}) ORDER BY id", ids):
        found.setdefault(refund.payment_id, []).append(refund)
    return found


async def count_of_order(order_id: int, *, since: datetime | None = None) -> int:
    """Return the number of live payments of an order, or of those opened since then."""
    found = Payment.filter(order_id=order_id)
    return await (found if since is None else found.filter(created_at__gte=since)).count()
