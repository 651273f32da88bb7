"""Facts of lines that are set without a hop, and the lines that wait for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from src.app.order.models import Order, OrderLine, OrderStatus
from src.core.database.statements import change, find, marks

PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivered line that is not confirmed: its order, and when the last part arrived."""

    line_id: int
    order_id: int
    delivered_at: datetime


async def set_ship_by(order_ids: Sequence[int], day: date) -> int:
    """Set by when the lines of these orders are to be sent, where it is not known yet. Call inside a unit of work."""
    text = f"UPDATE order_line SET ship_by = %s WHERE order_id IN ({marks(len(order_ids))}) AND ship_by IS NULL"  # noqa: S608
    return await change(text, (day, *order_ids))


async def without_ship_by(*, after_id: int) -> list[Order]:
    """Return paid orders with a line to send that has no `ship_by`, in id order, above `after_id`."""
    waiting = OrderLine.filter(
        ship_by=None, status__in=[OrderStatus.PAID, OrderStatus.PREPARING], order_id__gt=after_id
    )
    ids = await waiting.order_by("order_id").limit(PAGE).values_list("order_id", flat=True)
    if not ids:
        return []
    return await find(Order, f"id IN ({marks(len(ids))}) ORDER BY id", ids)


@dataclass(frozen=True, slots=True)
class DueLines:
    """Lines that are to be sent until a day: how many, how many before that day, and the first of them."""

    count: int
    late: int
    first: Sequence[OrderLine]


async def due_to_ship(today: date, *, shown: int) -> DueLines:
    """Return what is to be sent today or should have been; the first `shown` lines are the longest overdue."""
    waiting = OrderLine.filter(status__in=[OrderStatus.PAID, OrderStatus.PREPARING], ship_by__lte=today)
    late = await waiting.filter(ship_by__lt=today).count()
    return DueLines(await waiting.count(), late, await waiting.order_by("ship_by", "id").limit(shown))


async def delivered_until(moment: datetime, *, after: Delivered | None) -> list[Delivered]:
    """Return live lines that are DELIVERED since `moment` or longer, the oldest first, beyond `after`; a page."""
    found = OrderLine.filter(status=OrderStatus.DELIVERED, delivered_at__lte=moment)
    if after is not None:
        found = found.filter(id__gt=after.line_id)
    rows = await found.order_by("id").limit(PAGE).values_list("id", "order_id", "delivered_at")
    return [Delivered(*row) for row in rows]
