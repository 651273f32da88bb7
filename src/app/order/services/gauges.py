"""Gauges of unpaid orders that hold stock."""

from datetime import datetime

from tortoise.functions import Count

from src.app.order.models import UNPAID, Order
from src.core.database.statements import fetch

HELD = "SELECT SUM(l.quantity) AS units FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.status IN (%s, %s)"


async def unpaid_orders() -> dict[str, int]:
    """Return the number of unpaid orders by status, with 0 for a status without orders."""
    rows = await Order.filter(status__in=UNPAID).annotate(n=Count("id")).group_by("status").values_list("status", "n")
    return {status.value: 0 for status in UNPAID} | {str(status): count for status, count in rows}


async def units_held() -> int:
    """Return the number of stock units that unpaid orders hold."""
    (row,) = await fetch(HELD, [status.value for status in UNPAID])
    return int(row["units"] or 0)


async def holds_overdue(now: datetime) -> int:
    """Return the number of unpaid orders whose hold has ended and that were not expired yet."""
    return await Order.filter(status__in=UNPAID, expires_at__lt=now).count()
