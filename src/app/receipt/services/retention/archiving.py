"""The table of cash receipts moves to the archive with its order, once nothing of it is under way."""

from collections.abc import Sequence
from typing import Final

from src.app.order.models import Order
from src.app.receipt.models import CashReceipt, CashReceiptArchive
from src.common.models.work_item import WorkStatus
from src.common.records.archiving import Part

PARTS: Final = (Part(live=CashReceipt, archive=CashReceiptArchive, parent=Order, column="order_id"),)


async def under_way(orders: Sequence[Order]) -> set[int]:
    """Return the ids of orders whose receipt the provider is still to be told of."""
    rows = CashReceipt.filter(order_id__in=[order.id for order in orders]).exclude(work_status=WorkStatus.DONE)
    return {order_id for (order_id,) in await rows.values_list("order_id")}
