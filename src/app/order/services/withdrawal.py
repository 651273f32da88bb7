"""May a member leave, as far as orders go?"""

from typing import Final

from src.app.order.models import Order, OrderStatus

OPEN: Final = (
    OrderStatus.PENDING,
    OrderStatus.AWAITING_DEPOSIT,
    OrderStatus.PAID,
    OrderStatus.PREPARING,
    OrderStatus.SHIPPING,
)


async def has_open_orders(member_id: int) -> bool:
    """Whether an order of the member is still to be paid or to arrive."""
    return await Order.filter(member_id=member_id, status__in=OPEN).exists()
