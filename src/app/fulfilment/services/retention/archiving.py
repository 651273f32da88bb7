"""Tables of shipments that move to the archive with their order, and the shipments that keep an order live."""

from collections.abc import Sequence
from typing import Final

from src.app.fulfilment.models import (
    OPEN,
    Shipment,
    ShipmentArchive,
    ShipmentEvent,
    ShipmentEventArchive,
    ShipmentLine,
    ShipmentLineArchive,
    ShipmentScan,
    ShipmentScanArchive,
)
from src.app.order.models import Order
from src.common.records.archiving import Part

PARTS: Final = (
    Part(live=Shipment, archive=ShipmentArchive, parent=Order, column="order_id"),
    Part(live=ShipmentLine, archive=ShipmentLineArchive, parent=Shipment, column="shipment_id"),
    Part(live=ShipmentEvent, archive=ShipmentEventArchive, parent=Shipment, column="shipment_id"),
    Part(live=ShipmentScan, archive=ShipmentScanArchive, parent=Shipment, column="shipment_id"),
)


async def under_way(orders: Sequence[Order]) -> set[int]:
    """Return the ids of orders that must stay live because one of their shipments is expected to move on."""
    found = Shipment.filter(order_id__in=[order.id for order in orders], state__in=list(OPEN))
    return {order_id for (order_id,) in await found.values_list("order_id")}
