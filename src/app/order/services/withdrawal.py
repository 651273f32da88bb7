"""Check whether open orders keep a member from leaving."""

from typing import Final

from src.app.order.models import Order, OrderStatus
from src.app.user.errors import OpenOrder

OPEN: Final = (
    OrderStatus.PENDING,
    OrderStatus.AWAITING_DEPOSIT,
    OrderStatus.PAID,
    OrderStatus.PREPARING,
    OrderStatus.SHIPPING,
)
SHOWN: Final = 100


async def has_open_orders(member_id: int) -> bool:
    """Return True if the member has an order that is not paid or not delivered yet."""
    return await Order.filter(member_id=member_id, status__in=OPEN).exists()


async def open_orders(member_id: int) -> list[OpenOrder]:
    """Return number and status of the member's open orders, oldest first, at most SHOWN."""
    found = Order.filter(member_id=member_id, status__in=OPEN).order_by("id").limit(SHOWN)
    return [
        {"order_no": order_no, "status": status.value}
        for order_no, status in await found.values_list("order_no", "status")
    ]
