"""Locking reads of orders. Locks are taken as order, payment, variant, each by primary key
(docs/architecture.md#r11)."""

from src.app.order.errors import OrderNotFound
from src.app.order.models import Order
from src.app.order.services.archiving import bring_back
from src.core.database.statements import find_one


async def lock_order(order_id: int) -> Order:
    """Return the order's row, locked until the transaction ends. Raises OrderNotFound.

    On SQLite nothing is locked: the transaction is the only writer anyway. A caller that locks an order is about to
    change it, so an archived order is brought back with all its rows.
    """
    order = await _lock(order_id)
    if order is None:
        await bring_back(order_id)  # returns False if another transaction just did it: read again either way
        order = await _lock(order_id)
    if order is None:
        raise OrderNotFound
    return order


async def _lock(order_id: int) -> Order | None:
    return await find_one(Order, "id = %s", (order_id,), locking=True)
