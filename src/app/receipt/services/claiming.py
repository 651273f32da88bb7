"""A receipt that is wanted after the payment: by the buyer, also instead of one that nobody asked for, or by staff."""

from functools import partial

from src.app.order.errors import OrderNotFound
from src.app.order.models import Order
from src.app.order.services.locks import lock_order
from src.app.order.services.queries import by_id, by_number, lines_of, readable
from src.app.payment.services.queries import by_payment_id
from src.app.receipt.dtos.shapes import CashReceiptAsk, CashReceiptRead
from src.app.receipt.errors import CashReceiptIssued, CashReceiptNotForOrder, CashReceiptNotFound
from src.app.receipt.models import CashReceipt, ReceiptSource, ReceiptStatus
from src.app.receipt.services import numbers, reading
from src.app.receipt.services.basis import basis_of
from src.app.receipt.services.following import new_receipt, of_locked, want
from src.common.identity import Identity
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work
from src.core.database.statements import insert

TAKEN = (ReceiptStatus.WAITING, ReceiptStatus.REQUESTED, ReceiptStatus.ISSUED)


async def claim(order_no: str, body: CashReceiptAsk, *, by: Identity, guest_token: str | None) -> CashReceiptRead:
    """Have the receipt of my order issued for my number. A repeat changes nothing. Locks the order.

    Raises OrderNotFound, CashReceiptNotForOrder, and CashReceiptIssued if one was asked for with another number.
    """
    order = await readable(order_no, by=by, guest_token=guest_token)
    await unit_of_work(partial(_claim, order.id, body, source=ReceiptSource.ASKED))
    return await reading.one(order.id)


async def issue(order: Order, body: CashReceiptAsk, *, by: Actor) -> CashReceiptRead:
    """Do so for the buyer, with an audit row that names no number. Raises as `claim`."""

    async def write() -> None:
        row = await _claim(order.id, body, source=ReceiptSource.STAFF)
        if row is not None:
            after = {"kind": body.kind.value, "amount": row.wanted_amount}
            await audit.record("cash_receipt.issued", by=by, target=("order", order.order_no), after=after)

    await unit_of_work(write)
    return await reading.one(order.id)


async def stop(order: Order, *, by: Actor) -> CashReceiptRead:
    """Cancel the whole receipt; refunds change nothing any more. A repeat changes nothing. Locks the order. Raises
    CashReceiptNotFound."""

    async def write() -> None:
        await lock_order(order.id)
        row = await of_locked(order.id)
        if row is None:
            raise CashReceiptNotFound
        if not row.is_stopped:
            await want(row, None, is_stopped=True)
            before = {"status": row.status.value, "amount": row.issued_amount}
            await audit.record("cash_receipt.stopped", by=by, target=("order", order.order_no), before=before)

    await unit_of_work(write)
    return await reading.one(order.id)


async def order_of(payment_id: str) -> Order:
    """Return the order of a payment by its public id. Raises PaymentNotFound."""
    return await by_id((await by_payment_id(payment_id)).order_id)


async def order_numbered(order_no: str) -> Order:
    """Return an order for staff. Raises OrderNotFound."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    return order


async def _claim(order_id: int, body: CashReceiptAsk, *, source: ReceiptSource) -> CashReceipt | None:
    """Want the receipt for this number; return the changed row, None if it was wanted so already."""
    order = await lock_order(order_id)
    basis = await basis_of(order, (await lines_of([order_id]))[order_id])
    if basis is None or not basis.amount:
        raise CashReceiptNotForOrder
    row = await of_locked(order_id)
    values = {"kind": body.kind, "source": source, **numbers.stored(body.digits)}
    if row is None:
        row = new_receipt(order, source)
        await insert(row)
    elif row.source != ReceiptSource.SELF and row.status in TAKEN and not row.is_stopped:
        if (row.number_hash, row.kind) == (values["number_hash"], body.kind):
            return None
        raise CashReceiptIssued
    await want(row, basis, is_stopped=False, **values)
    row.wanted_amount = basis.amount
    return row
