"""What should stand on the receipt of an order: written when it is asked for, paid, and after each refund.

Nothing here talks to the provider (`sending` does). Functions that lock the order say so.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from src.app.order.models import Order
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import lines_of
from src.app.payment.models import Payment
from src.app.receipt.dtos.shapes import CashReceiptAsk
from src.app.receipt.models import CashReceipt, ReceiptSource, ReceiptStatus
from src.app.receipt.services import numbers
from src.app.receipt.services.basis import Basis, basis_of
from src.common import clock
from src.common.ids import new_ulid
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.core.configs import settings
from src.core.database import unit_of_work
from src.core.database.statements import fetch, find_one, insert, marks, new_row

# By the index on payment.updated_at; a payment that changed is looked at for two days.
CHANGED = (
    "SELECT r.order_id AS id FROM payment p JOIN cash_receipt r ON r.payment_id = p.id"
    " WHERE p.updated_at > %s AND p.updated_at > COALESCE(r.followed_at, r.created_at) ORDER BY r.order_id LIMIT 500"
)
REFUNDED = "SELECT DISTINCT r.order_id AS id FROM cash_receipt r JOIN refund f ON f.payment_id = r.payment_id WHERE f.id IN ({})"
LOOK_BACK = timedelta(days=2)


async def ask(order: Order, wanted: CashReceiptAsk) -> None:
    """Insert what the buyer of this new order asks for; it waits for the money. One statement, in the order's unit of
    work."""
    await insert(new_receipt(order, ReceiptSource.ASKED, kind=wanted.kind, **numbers.stored(wanted.digits)))


async def follow_all(order_ids: Sequence[int]) -> None:
    """Follow each of these orders, each in a transaction of its own. A repeat changes nothing."""
    for order_id in order_ids:
        await unit_of_work(partial(follow, order_id))


async def follow_refunds(refund_ids: Sequence[int]) -> None:
    """Follow the orders of these refunds that have a receipt. One statement where none has."""
    found = await fetch(REFUNDED.format(marks(len(refund_ids))), list(refund_ids))
    await follow_all(sorted(row["id"] for row in found))


async def follow_changed() -> int:
    """Follow the orders whose payment changed since their receipt did, as by a cancel at PortOne that is not ours;
    return how many. The job ``follow-cash-receipts``."""
    ids = [row["id"] for row in await fetch(CHANGED, (clock.now() - LOOK_BACK,))]
    await follow_all(ids)
    return len(ids)


async def follow(order_id: int) -> None:
    """Write what should be on the order's receipt by the cash that is left of it, and make it due if that changed.

    Without a receipt one is begun for cash of CASH_RECEIPT_SELF_ISSUED_FROM won at least (자진발급). Locks the order.
    """
    order = await lock_order(order_id)
    lines = (await lines_of([order_id]))[order_id]
    basis, row = await basis_of(order, lines), await of_locked(order_id)
    if row is None:
        least = settings().receipts.self_issued_from
        if basis is None or not least or basis.amount < least:
            return
        row = new_receipt(order, ReceiptSource.SELF)
        await insert(row)
    await want(row, None if row.is_stopped else basis)


async def want(row: CashReceipt, basis: Basis | None, **changes: Any) -> None:
    """Set what a receipt, whose order is locked, should show; due at once if that is another thing than before."""
    amount, tax_free = (basis.amount, basis.tax_free) if basis else (0, 0)
    values: dict[str, Any] = {"wanted_amount": amount, "wanted_tax_free": tax_free, **changes}
    if basis is not None and row.receipt_key is None:
        values |= _key(basis.payment)
    is_new = any(getattr(row, name) != value for name, value in values.items())
    now = clock.now()
    values["followed_at"] = now
    if is_new:
        values["updated_at"] = now
    if is_new and (values.get("receipt_key") or row.receipt_key):
        values |= {"status": ReceiptStatus.REQUESTED, "work_status": WorkStatus.PENDING, "attempts": 0}
        values |= {"available_at": now, "lease_token": "", "done_at": None}
        wakeup.wake("send-cash-receipts")
    await CashReceipt.filter(id=row.id).update(**values)


async def of_locked(order_id: int) -> CashReceipt | None:
    """Return the receipt of a locked order."""
    return await find_one(CashReceipt, "order_id = %s", (order_id,), locking=True)


def _key(payment: Payment | None) -> dict[str, Any]:
    if payment is None:
        return {"receipt_key": new_ulid(), "payment_id": None}
    return {"receipt_key": payment.payment_id, "payment_id": payment.id}


def new_receipt(order: Order, source: ReceiptSource, **values: Any) -> CashReceipt:
    """Return a receipt of the order that is not inserted yet and not due."""
    now = clock.now()
    return new_row(
        CashReceipt,
        order_id=order.id,
        source=source,
        work_status=WorkStatus.DONE,
        available_at=now,
        created_at=now,
        updated_at=now,
        **values,
    )
