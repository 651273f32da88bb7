"""Gauges of unpaid orders that hold stock."""

from datetime import datetime

from tortoise.functions import Count

from src.app.order.models import UNPAID, Order
from src.core.database.statements import fetch

HELD = "SELECT SUM(l.quantity) AS units FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.status IN (%s, %s)"


async def unpaid_orders() -> dict[str, int]:
    """Unpaid orders by status; every status is there."""
    rows = await Order.filter(status__in=UNPAID).annotate(n=Count("id")).group_by("status").values_list("status", "n")
    return {status.value: 0 for status in UNPAID} | {str(status): count for status, count in rows}


async def units_held() -> int:
    """Units that unpaid orders keep from being sold."""
    (row,) = await fetch(HELD, [status.value for status in UNPAID])
    return int(row["units"] or 0)


async def holds_overdue(now: datetime) -> int:
    """Unpaid orders whose time is over: expiry has not come to them yet."""
    return await Order.filter(status__in=UNPAID, expires_at__lt=now).count()
