"""Facets: counts of the matching products by category, colour and size, and their price range, for a filter panel."""

from collections.abc import Sequence

from src.app.category.services.tree import Node, subtree
from src.app.product.dtos.responses import CategoryCount, ColorCount, Facets, PriceRange, SizeCount
from src.app.product.services.search import bitsets, id_sets
from src.app.product.services.search.bitsets import Bits
from src.app.product.services.search.filters import ORDERS, Sql, rows_of
from src.app.product.services.search.plans import Plan, SortOrder

NOTHING = Facets(categories=[], colors=[], sizes=[], price=None)


async def facets_of(plan: Plan, nodes: Sequence[Node]) -> Facets:
    """Count over all matching products, not only the page. One query for the prices, and one for each kind of id set
    that is not cached."""
    if not plan.total:
        return NOTHING
    of_category = await id_sets.every(id_sets.CATEGORY)
    codes = await id_sets.swatches()
    return Facets(
        # As with the category filter, a product counts once in its category and once in each category above it.
        categories=[
            CategoryCount(id=node.id, name=node.name, slug=node.slug, count=count)
            for node in nodes
            if (count := _among(plan, bitsets.either(of_category.get(str(id_), {}) for id_ in subtree(nodes, node.id))))
        ],
        colors=[
            ColorCount(color=color, color_code=codes[color], count=count)
            for color, count in await _counts(id_sets.COLOR, plan)
            if color in codes
        ],
        sizes=[SizeCount(size=size, count=count) for size, count in await _counts(id_sets.SIZE, plan)],
        price=await _prices(plan),
    )


async def _counts(kind: str, plan: Plan) -> list[tuple[str, int]]:
    """Return each value of this kind that matching products have, with their number, sorted by value."""
    counts = [(value, _among(plan, held)) for value, held in (await id_sets.every(kind)).items()]
    return sorted((value, count) for value, count in counts if count)


def _among(plan: Plan, held: Bits) -> int:
    return bitsets.count(bitsets.both([plan.matching, held]))


async def _prices(plan: Plan) -> PriceRange | None:
    """Return the lowest and the highest price: the first rows of the two orders by price."""
    low, high = (
        plan.page("p.price", order=SortOrder(*ORDERS[sort]), size=1, offset=0) for sort in ("price_asc", "price_desc")
    )
    ends = Sql(f"SELECT ({low.text}) AS low, ({high.text}) AS high", (*low.values, *high.values))
    row = (await rows_of(ends))[0]
    return None if row["low"] is None or row["high"] is None else PriceRange(min=row["low"], max=row["high"])
