"""How many products there are of each kind among those that match: what a filter panel shows."""

from collections.abc import Sequence
from typing import Any, Final

from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery
from src.app.product.dtos.responses import CategoryCount, ColorCount, Facets, PriceRange, SizeCount
from src.app.product.services.matching import Matching, Sql, rows_of
from src.app.product.services.plans import Plan, filters_of
from src.common.utils.bytes_cache import BytesCache, forgotten_together

# Counts over all that matches cost seconds where that is a hundred thousand products: they are renewed behind answers.
_facets: Final = forgotten_together(BytesCache(max_bytes=2 * 1024 * 1024, fresh_seconds=60.0, stale_seconds=600.0))
NOTHING: Final = Facets(categories=[], colors=[], sizes=[], price=None)

COLORS: Final = """
SELECT o.color, MIN(o.color_code) AS color_code, COUNT(*) AS count
FROM (%s) f JOIN product_option o ON o.product_id = f.id AND o.is_retired = FALSE GROUP BY o.color ORDER BY o.color
"""
SIZES: Final = """
SELECT v.size, COUNT(DISTINCT f.id) AS count
FROM (%s) f JOIN variant v ON v.product_id = f.id AND v.is_retired = FALSE GROUP BY v.size ORDER BY v.size
"""
CATEGORIES: Final = """
SELECT m.above AS id, COUNT(DISTINCT f.id) AS count
FROM (%s) f JOIN product_category c ON c.product_id = f.id JOIN (%s) m ON m.id = c.category_id GROUP BY m.above
"""
PRICES: Final = "SELECT MIN(f.price) AS low, MAX(f.price) AS high FROM (%s) f"


async def facets_of(query: ProductQuery, found: Matching, plan: Plan, nodes: Sequence[Node]) -> Facets:
    """Counts over everything that matches, whatever the page. Four queries, none where they are remembered."""

    async def build() -> bytes:
        return (await _counted(plan.every(found, "p.id, p.price"), nodes)).model_dump_json().encode()

    if not plan.total:
        return NOTHING
    entry = await _facets.get(filters_of(query), build)
    return Facets.model_validate_json(entry.body)


async def _counted(ids: Sql, nodes: Sequence[Node]) -> Facets:
    above = _above(nodes)
    counts = await _rows(CATEGORIES.replace("%s", ids.text, 1).replace("(%s) m", f"({above}) m"), ids) if above else []
    of_category = {row["id"]: row["count"] for row in counts}
    prices = await _rows(PRICES.replace("%s", ids.text), ids)
    low, high = prices[0]["low"], prices[0]["high"]
    return Facets(
        # Each product counts once in its categories and once in each one above them, as the filter finds it.
        categories=[
            CategoryCount(id=node.id, name=node.name, slug=node.slug, count=of_category[node.id])
            for node in nodes
            if node.id in of_category
        ],
        colors=[ColorCount(**row) for row in await _rows(COLORS.replace("%s", ids.text, 1), ids)],
        sizes=[SizeCount(**row) for row in await _rows(SIZES.replace("%s", ids.text, 1), ids)],
        price=None if low is None else PriceRange(min=low, max=high),
    )


def _above(nodes: Sequence[Node]) -> str:
    """Each category with itself and everything above it, as a table of numbers."""
    parents = {node.id: node.parent_id for node in nodes}
    pairs = []
    for node in nodes:
        above: int | None = node.id
        seen: set[int] = set()
        while above is not None and above not in seen:  # a category below itself must not keep us here
            seen.add(above)
            pairs.append(f"SELECT {node.id} AS id, {above} AS above")
            above = parents.get(above)
    return " UNION ALL ".join(pairs)


async def _rows(text: str, ids: Sql) -> list[dict[str, Any]]:
    return await rows_of(Sql(text, ids.values))
