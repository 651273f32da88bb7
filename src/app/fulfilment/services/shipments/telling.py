"""Tell shoppers of parcels that were not scanned for a while after they were sent."""

from functools import partial
from typing import Final

from src.app.fulfilment.dtos.events import OrderShipped
from src.common import clock
from src.common.work.outbox import emit
from src.core.database import unit_of_work
from src.core.database.statements import change, fetch

BATCH: Final = 200
DUE: Final = "SELECT id, order_id FROM shipment WHERE tell_at <= %s ORDER BY tell_at, id LIMIT %s"
TAKE: Final = "UPDATE shipment SET tell_at = NULL, told_at = %s WHERE id = %s AND tell_at <= %s AND told_at IS NULL"


async def tell_due() -> int:
    """Emit `order.shipped` for the shipments whose time to tell has come, and return how many. The job
    ``tell-shipments``.

    Each is one transaction, whose compare-and-set meets a first scan and a cancel: one of them wins.
    """
    told = 0
    for row in await fetch(DUE, (clock.now(), BATCH)):
        told += await unit_of_work(partial(_tell, row["id"], row["order_id"]))
    return told


async def _tell(shipment_id: int, order_id: int) -> bool:
    now = clock.now()
    if not await change(TAKE, (now, shipment_id, now)):
        return False
    await emit(OrderShipped(order_id=order_id, shipment_id=shipment_id))
    return True
