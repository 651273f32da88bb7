"""Count what sells: the figure behind the order ``popular`` of product lists."""

from datetime import timedelta
from typing import Final

from src.app.order.models import OrderStatus
from src.app.product.services.popularity import set_popularity
from src.common import clock
from src.core.database.statements import fetch

PERIOD: Final = timedelta(days=30)
# `updated_at` is never before `paid_at` and has an index. What sold in the period before this one falls to 0 or to what
# it sells now; a product that nobody bought for so long keeps its figure, which staff or a demo may have given it.
UNITS: Final = """
SELECT l.product_id AS product_id, SUM(CASE WHEN o.paid_at >= %s AND l.status <> %s THEN l.quantity ELSE 0 END) AS units
FROM orders o JOIN order_line l ON l.order_id = o.id
WHERE o.updated_at >= %s AND o.paid_at >= %s GROUP BY l.product_id
"""


async def count_popularity() -> int:
    """Units of each product that were paid in the last 30 days and not cancelled; returns how many products changed.

    The job ``count-popularity``. Safe twice: it writes what it counts.
    """
    now = clock.now()
    before = now - 2 * PERIOD
    rows = await fetch(UNITS, (now - PERIOD, OrderStatus.CANCELLED.value, before, before))
    return await set_popularity({row["product_id"]: int(row["units"]) for row in rows})
