"""When orders were confirmed as a whole, or ended otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from src.app.order.models import Order, OrderArchive, OrderStatus
from src.app.order.services.queries import lines_of
from src.common.clock import KST
from src.common.records.archiving import rows_of

ENDED: Final = (OrderStatus.CANCELLED, OrderStatus.RETURNED, OrderStatus.EXPIRED)


async def closed_on(order_ids: Sequence[int]) -> dict[int, date]:
    """Return the Korean day on which the last line of each CONFIRMED order was confirmed, and on which a CANCELLED,
    RETURNED or EXPIRED one ended; other orders are left out. Live and archived orders."""
    if not order_ids:
        return {}
    orders = {order_id: order for order_id, (order,) in (await rows_of(Order, OrderArchive, "id", order_ids)).items()}
    confirmed = [order.id for order in orders.values() if order.status == OrderStatus.CONFIRMED]
    ends = {order.id: order.ended_at or order.updated_at for order in orders.values() if order.status in ENDED}
    for order_id, lines in (await lines_of(confirmed)).items() if confirmed else ():
        if moments := [line.confirmed_at for line in lines if line.confirmed_at is not None]:
            ends[order_id] = max(moments)
    return {order_id: moment.astimezone(KST).date() for order_id, moment in ends.items()}
