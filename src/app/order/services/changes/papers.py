"""Whether what was printed of an order is still right."""

from collections.abc import Sequence
from datetime import datetime

from src.app.order.models import Order
from src.core.database import single_statement
from src.core.database.statements import change, marks


async def note_printed(order_ids: Sequence[int], *, at: datetime) -> None:
    """Note that papers of these orders were printed from what was read after `at`. Archived orders are left out: they
    were sent long ago. One statement, which may run twice."""
    if not order_ids:
        return
    text = f"UPDATE orders SET printed_at = %s WHERE id IN ({marks(len(order_ids))})"  # noqa: S608
    await single_statement(lambda: change(text, (at, *order_ids)), is_harmless=True)


def is_stale(order: Order) -> bool:
    """Return whether address or option changed since the last paper was printed."""
    printed, changed = order.printed_at, order.paper_changed_at
    return printed is not None and changed is not None and changed >= printed
