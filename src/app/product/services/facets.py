"""How many products there are of each kind among those that match: what a filter panel shows."""

from collections import defaultdict
from collections.abc import Sequence

from tortoise.expressions import Subquery
from tortoise.functions import Count, Max, Min
from tortoise.queryset import QuerySet

from src.app.category.services.tree import Node
from src.app.product.dtos.responses import CategoryCount, ColorCount, Facets, PriceRange, SizeCount
from src.app.product.models import Product, ProductCategory, ProductOption, Variant


async def facets_of(found: QuerySet[Product], nodes: Sequence[Node]) -> Facets:
    """Counts over all of `found`, whatever the page. Four queries."""
    ids = found.values("id")
    pairs = await ProductCategory.filter(product_id__in=Subquery(ids)).values_list("category_id", "product_id")
    colors = (
        await ProductOption.filter(product_id__in=Subquery(ids), is_retired=False)
        .annotate(count=Count("product_id", distinct=True), code=Min("color_code"))
        .group_by("color")
        .order_by("color")
        .values("color", "code", "count")
    )
    sizes = (
        await Variant.filter(product_id__in=Subquery(ids), is_retired=False)
        .annotate(count=Count("product_id", distinct=True))
        .group_by("size")
        .order_by("size")
        .values("size", "count")
    )
    prices = await found.annotate(low=Min("price"), high=Max("price")).values("low", "high")
    return Facets(
        categories=_category_counts(pairs, nodes),
        colors=[ColorCount(color=row["color"], color_code=row["code"], count=row["count"]) for row in colors],
        sizes=[SizeCount(**row) for row in sizes],
        price=_range(prices),
    )


def _category_counts(pairs: Sequence[tuple[int, int]], nodes: Sequence[Node]) -> list[CategoryCount]:
    """Each product counts once in its categories and once in each one above them, as the filter finds it."""
    parents = {node.id: node.parent_id for node in nodes}
    inside: defaultdict[int, set[int]] = defaultdict(set)
    for category_id, product_id in pairs:
        above: int | None = category_id
        while above is not None and product_id not in inside[above]:
            inside[above].add(product_id)
            above = parents.get(above)
    return [
        CategoryCount(id=node.id, name=node.name, slug=node.slug, count=len(inside[node.id]))
        for node in nodes
        if inside[node.id]
    ]


def _range(prices: Sequence[dict[str, int | None]]) -> PriceRange | None:
    low, high = (prices[0]["low"], prices[0]["high"]) if prices else (None, None)
    return None if low is None or high is None else PriceRange(min=low, max=high)
