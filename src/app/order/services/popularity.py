"""Count sold units per product: the figure behind the sort order ``popular`` of product lists."""

from datetime import timedelta
from typing import Final

from src.app.product.services.popularity import set_popularity
from src.common import clock
from src.core.database.statements import fetch

PERIOD: Final = timedelta(days=30)
# `updated_at` is never before `paid_at` and has an index. The query reads two periods: a product that sold in the one
# before the last gets the figure of the last one, possibly 0. A product without sales in both keeps its figure, which
# staff or the demo may have set.
UNITS: Final = """
SELECT l.product_id AS product_id,
SUM(CASE WHEN o.paid_at >= %s THEN l.quantity - l.cancelled - l.returned - l.exchanged ELSE 0 END) AS units
FROM orders o JOIN order_line l ON l.order_id = o.id
WHERE o.updated_at >= %s AND o.paid_at >= %s GROUP BY l.product_id
"""


async def count_popularity() -> int:
    """Store the units of each product paid in the last 30 days that stay sold; return how many products changed.

    Cancelled, returned and exchanged units do not count; the replacement of an exchanged unit does.

    The job ``count-popularity``. A repeat is safe: it writes the counted figure and adds nothing to it.
    """
    now = clock.now()
    before = now - 2 * PERIOD
    rows = await fetch(UNITS, (now - PERIOD, before, before))
    return await set_popularity({row["product_id"]: int(row["units"]) for row in rows})
