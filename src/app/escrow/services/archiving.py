"""The table of escrow cases moves to the archive with its order, once nothing is to be told."""

from collections.abc import Sequence
from typing import Final

from src.app.escrow.models import EscrowCase, EscrowCaseArchive
from src.app.order.models import Order
from src.common.models.work_item import WorkStatus
from src.common.records.archiving import Part

PARTS: Final = (Part(live=EscrowCase, archive=EscrowCaseArchive, parent=Order, column="order_id"),)


async def under_way(orders: Sequence[Order]) -> set[int]:
    """Return the ids of orders whose escrow the provider is still to be told of, or asked about."""
    rows = EscrowCase.filter(order_id__in=[order.id for order in orders]).exclude(work_status=WorkStatus.DONE)
    return {order_id for (order_id,) in await rows.values_list("order_id")}
