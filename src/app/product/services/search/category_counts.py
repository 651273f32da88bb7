"""Product counts of categories for staff. Products of every status count."""

from typing import Final

from src.app.product.models import ProductCategory
from src.core.database.statements import fetch

DIRECT: Final = "SELECT category_id AS id, COUNT(*) AS count FROM product_category GROUP BY category_id"
# A product in two categories of a subtree counts once there. The tree has at most three levels.
SUBTREES: Final = """
SELECT held.id AS id, COUNT(DISTINCT held.product_id) AS count FROM (
    SELECT category_id AS id, product_id FROM product_category
    UNION ALL
    SELECT c.parent_id, l.product_id FROM product_category l JOIN category c ON c.id = l.category_id
    WHERE c.parent_id IS NOT NULL
    UNION ALL
    SELECT m.parent_id, l.product_id FROM product_category l JOIN category c ON c.id = l.category_id
    JOIN category m ON m.id = c.parent_id WHERE m.parent_id IS NOT NULL
) held GROUP BY held.id
"""


async def direct_counts() -> dict[int, int]:
    """Products directly in each category, by category id; empty ones are missing. One query."""
    return {row["id"]: row["count"] for row in await fetch(DIRECT)}


async def subtree_counts() -> dict[int, int]:
    """Products in each category or anywhere below it, by category id; empty ones are missing. One query."""
    return {row["id"]: row["count"] for row in await fetch(SUBTREES)}


async def count_in(category_id: int) -> int:
    """Products directly in one category."""
    return await ProductCategory.filter(category_id=category_id).count()
