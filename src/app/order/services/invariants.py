"""Check docs/promises.md#p1: expired and cancelled orders hold no stock.

Archived orders are skipped; they were checked before they moved.
"""

from src.app.order.models import ENDED_UNPAID, Order
from src.app.order.services.queries import lines_of
from src.app.product.services.stock.invariants import Movement, movements
from src.common.records.invariants import Finding, Look, pages


async def ended_orders_hold_nothing(look: Look) -> list[Finding]:
    """Find expired and cancelled orders with a line whose units were not given back in full and not written off."""
    found = []
    async for orders in pages(Order, look, status__in=ENDED_UNPAID):
        lines = await lines_of([order.id for order in orders])
        moved = await movements([line.id for held in lines.values() for line in held])
        for order in orders:
            kept = [line.line_no for line in lines[order.id] if _holds(moved.get(line.id))]
            if kept:
                found.append(Finding("P1", f"order:{order.order_no}", f"{order.status.value}, holds {', '.join(kept)}"))
    return found


def _holds(moved: Movement | None) -> bool:
    return moved is None or (moved.given_back + moved.written_off < moved.held)
