"""Locking reads of orders. Order of locks in the house: order, payment, variant, each by primary key (rule R11)."""

from src.app.order.errors import OrderNotFound
from src.app.order.models import Order


async def lock_order(order_id: int) -> Order:
    """The order's row, locked until the transaction ends (SQLite: the transaction is the only writer anyway)."""
    order = await Order.filter(id=order_id).select_for_update().first()
    if order is None:
        raise OrderNotFound
    return order
