"""Which products a list shows: filters and order."""

from collections.abc import Sequence
from typing import Final

from tortoise.expressions import F, Q, Subquery
from tortoise.queryset import QuerySet

from src.app.category.services.tree import Node, subtree
from src.app.product.dtos.requests import ProductQuery, Sort
from src.app.product.models import DisplayStatus, Product, ProductCategory, SaleStatus, Variant

FOR_SALE: Final = {"sale_status": SaleStatus.ON_SALE, "display_status": DisplayStatus.SHOWN}

# Ties are broken by id, so that no product is on two pages or on none.
ORDERS: Final[dict[Sort, tuple[str, ...]]] = {
    "newest": ("-released_at", "-id"),
    "price_asc": ("price", "id"),
    "price_desc": ("-price", "id"),
    "popular": ("-popularity", "id"),
    "discount": ("-reduction", "id"),
    "rating": ("-rating", "-review_count", "id"),
}


def matching(query: ProductQuery, nodes: Sequence[Node]) -> QuerySet[Product]:
    """Products for sale that pass every filter, in no order. `nodes` is the category tree (unused without
    ``category``); an unknown slug matches nothing."""
    found = Product.filter(**FOR_SALE)
    if query.category is not None:
        ids = [category_id for node in nodes if node.slug == query.category for category_id in subtree(nodes, node.id)]
        if not ids:
            return found.filter(id=0)
        found = found.filter(id__in=Subquery(ProductCategory.filter(category_id__in=ids).values("product_id")))
    if wanted := _of_variant(query):
        found = found.filter(id__in=Subquery(Variant.filter(**wanted, is_retired=False).values("product_id")))
    if query.min_price is not None:
        found = found.filter(price__gte=query.min_price)
    if query.max_price is not None:
        found = found.filter(price__lte=query.max_price)
    for word in (query.q or "").split():
        # Tortoise escapes % and _ in a contains filter.
        found = found.filter(Q(name__icontains=word) | Q(product_code__icontains=word) | Q(brand__icontains=word))
    return found


def ordered(found: QuerySet[Product], sort: Sort) -> QuerySet[Product]:
    """In the total order of this word."""
    if sort == "discount":
        # The share that is left to pay, in hundredths of a percent, negative: with an origin price of 0 it is null,
        # which both databases put last this way round.
        found = found.annotate(reduction=F("price") * -10_000 / F("origin_price"))
    return found.order_by(*ORDERS[sort])


def _of_variant(query: ProductQuery) -> dict[str, object]:
    """Colour, size and stock are asked of one and the same variant: a black M that can be bought."""
    wanted: dict[str, object] = {}
    if query.color is not None:
        wanted["option__color"] = query.color
    if query.size_name is not None:
        wanted["size"] = query.size_name
    if query.in_stock:
        wanted["stock__gt"] = 0
    return wanted
