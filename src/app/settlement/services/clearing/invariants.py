"""Check of docs/promises.md#p13: orders that changed clear.

Archived orders are skipped: the nightly report (`report`) looks at them.
"""

from src.app.journal.services import sums
from src.app.order.models import Order
from src.app.settlement.services.clearing.checking import unclear
from src.app.settlement.services.filling import filled_until
from src.common.records.invariants import Finding, Look, pages


async def orders_clear(look: Look) -> list[Finding]:
    """P13: find live orders that are paid and not in the journal, or whose sides differ by more than what is due.
    Orders that the job ``fill-journal`` has not come to are skipped where the journal has nothing of them."""
    found, until = [], await filled_until()
    async for page in pages(Order, look):
        told = await sums.of_orders([order.id for order in page])
        known = [one for one in told if one.order_id <= until or not one.is_unbooked]
        found += [
            Finding("P13", f"order:{one.sides.order_no}", one.detail)
            for one in await unclear(known)
            if one.sides.order_id <= until or not one.sides.is_unbooked
        ]
    return found
