"""Personal data of a member in fulfilment: the shipments of their orders, and where those were scanned."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from pydantic import JsonValue

from src.app.fulfilment.models import OPEN, Shipment, ShipmentScan, ShipmentScanArchive
from src.app.fulfilment.services.retention import periods
from src.app.fulfilment.services.shipments import queries
from src.app.order.services import queries as orders
from src.app.order.services.paging import ids_of
from src.common.clock import korean
from src.common.records.retention import Rule
from src.core.database import unit_of_work

RULES: Final[Sequence[Rule]] = periods.RULES
BATCH: Final = 200


async def export(member_id: int) -> Mapping[str, Any]:
    """Return every shipment of the member's orders, the oldest order first: courier, number, state, times, scans."""
    exported: list[JsonValue] = []
    last_id = 0
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        numbers = {order_id: order.order_no for order_id, order in (await orders.by_ids(ids)).items()}
        found = await _shipments(ids)
        scans = await queries.scans_of([shipment.id for shipment in found])
        exported += [_shipment(each, numbers[each.order_id], scans.get(each.id, [])) for each in found]
    return {"shipments": exported}


async def erase(member_id: int) -> int:
    """Empty places and words of the scans of the member's shipments that have ended; return how many scans changed."""
    erased, last_id = 0, 0
    while ids := await ids_of(member_id, after_id=last_id, limit=BATCH):
        last_id = ids[-1]
        ended = [shipment.id for shipment in await _shipments(ids) if shipment.state not in OPEN]
        if ended:
            erased += await unit_of_work(partial(_empty, ended))
    return erased


async def _empty(shipment_ids: Sequence[int]) -> int:
    found = (
        table.filter(shipment_id__in=list(shipment_ids)).exclude(**periods.EMPTY)
        for table in (ShipmentScan, ShipmentScanArchive)
    )
    return sum([await rows.update(**periods.EMPTY) for rows in found])


async def _shipments(order_ids: Sequence[int]) -> list[Shipment]:
    found = await queries.of_orders(order_ids)
    return [shipment for order_id in order_ids for shipment in found.get(order_id, [])]


def _shipment(shipment: Shipment, order_no: str, scans: Sequence[ShipmentScan]) -> dict[str, Any]:
    return {
        "order_no": order_no,
        "number": shipment.number,
        "method": shipment.method.value,
        "courier": shipment.courier or None,
        "tracking_no": shipment.tracking_no or None,
        "state": shipment.state.value,
        "sent_at": korean(shipment.created_at),
        "delivered_at": None if shipment.delivered_at is None else korean(shipment.delivered_at),
        "scans": [{"at": korean(scan.scanned_at), "place": scan.place, "text": scan.text} for scan in scans],
    }
