"""Check docs/promises.md#p1: the counters of a line are the sums of its shipments.

Archived rows are skipped: they were checked before they moved, and return to the live tables when they change.
"""

from collections import Counter
from collections.abc import Collection

from src.app.fulfilment.models import SENT, Direction, Shipment, ShipmentState
from src.app.fulfilment.services.shipments.queries import parts_of
from src.app.order.services import queries as orders
from src.common.records.invariants import Finding, Look, pages


async def lines_are_in_shipments(look: Look) -> list[Finding]:
    """Find lines of orders with shipments whose `shipped` or `delivered` is not the sum of the units in those."""
    found = []
    async for page in pages(Shipment, look):
        order_ids = {shipment.order_id for shipment in page}
        wrong = await _wrong(order_ids)
        # Shipments and lines are read one after the other: what moved in between is not wrong when it is read again.
        again = await _wrong(order_ids) if wrong else {}
        found += [Finding("P1", f"order_line:{line_no}", text) for line_no, text in again.items() if line_no in wrong]
    return found


async def _wrong(order_ids: Collection[int]) -> dict[str, str]:
    """Return what is wrong with each line of these orders that is, by line number."""
    sent, arrived = await _sums(order_ids)
    lines = await orders.lines_of(sorted(order_ids))
    return {
        line.line_no: f"shipped {line.shipped} of {sent[line.id]}, delivered {line.delivered} of {arrived[line.id]}"
        for found in lines.values()
        for line in found
        if (line.shipped, line.delivered) != (sent[line.id], arrived[line.id])
    }


async def _sums(order_ids: Collection[int]) -> tuple[Counter[int], Counter[int]]:
    """Return the units that were sent, and those that arrived, by line id."""
    shipments = await Shipment.filter(order_id__in=sorted(order_ids), direction=Direction.OUT, state__in=list(SENT))
    state_of = {shipment.id: shipment.state for shipment in shipments}
    sent, arrived = Counter[int](), Counter[int]()
    for shipment_id, parts in (await parts_of(list(state_of))).items():
        for part in parts:
            sent[part.order_line_id] += part.units
            if state_of[shipment_id] == ShipmentState.DELIVERED:
                arrived[part.order_line_id] += part.units
    return sent, arrived
