"""Lock an order with all its shipments. Locks are taken as order, order line, shipment, tracking number
(docs/architecture.md#r11)."""

from collections import defaultdict
from dataclasses import dataclass

from src.app.fulfilment.models import Shipment, ShipmentLine
from src.app.order.models import OrderLine
from src.app.order.services.lines.writing import LockedOrder, lock_lines
from src.core.database.statements import find, marks


@dataclass(frozen=True, kw_only=True)
class LockedShipments:
    """A paid order, its lines and its shipments, all locked. `parts` are the shipments' lines by shipment id."""

    locked: LockedOrder
    shipments: list[Shipment]
    parts: dict[int, list[ShipmentLine]]

    @property
    def order_id(self) -> int:
        """The order."""
        order_id: int = self.locked.order.id
        return order_id

    def line_of(self, part: ShipmentLine) -> OrderLine:
        """Return the line whose units these are."""
        return next(line for line in self.locked.lines if line.id == part.order_line_id)


async def lock_shipments(order_id: int) -> LockedShipments:
    """Lock an order, its lines and its shipments, and return them. Call inside a unit of work.

    An archived order is brought back. Raises OrderNotFound, and OrderCannotMove for an order that is not paid.
    """
    locked = await lock_lines(order_id)
    shipments = await find(Shipment, "order_id = %s ORDER BY id", (order_id,), locking=True)
    return LockedShipments(locked=locked, shipments=shipments, parts=await _parts([each.id for each in shipments]))


async def _parts(ids: list[int]) -> dict[int, list[ShipmentLine]]:
    parts: dict[int, list[ShipmentLine]] = defaultdict(list)
    if ids:
        rows = await find(ShipmentLine, f"shipment_id IN ({marks(len(ids))}) ORDER BY id", ids)
        for row in rows:
            parts[row.shipment_id].append(row)
    return parts
