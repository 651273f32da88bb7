"""The back-office's list of products and its numbers."""

from typing import Any, Final

from tortoise.expressions import F, RawSQL, Subquery
from tortoise.functions import Count, Sum
from tortoise.queryset import QuerySet

from src.app.category.services import tree
from src.app.product.dtos.admin_requests import AdminProductQuery, AdminSort
from src.app.product.dtos.admin_responses import AdminProductRow, ProductSummary
from src.app.product.models import DisplayStatus, Product, ProductCategory, ProductOption, SaleStatus, Variant
from src.app.product.services import prices
from src.app.product.services.for_sale import first_pictures
from src.app.product.services.media import media_url
from src.common.utils.pages import Page

COLUMNS: Final = (
    "id",
    "product_code",
    "name",
    "sale_status",
    "display_status",
    "origin_price",
    "price",
    "discount",
    "discount_option",
    "created_at",
    "updated_at",
    "archived_at",
    "version",
    *prices.COLUMNS,
)
BUYABLE: Final = "EXISTS (SELECT 1 FROM variant v WHERE v.product_id = product.id AND v.is_retired = 0 AND v.stock > 0)"
ORDERS: Final[dict[AdminSort, tuple[str, ...]]] = {
    "newest": ("-id",),
    "oldest": ("id",),
    "updated": ("-updated_at", "-id"),
    "name": ("name", "id"),
    "code": ("product_code", "id"),
    "price_asc": ("price", "id"),
    "price_desc": ("-price", "id"),
}


async def page(query: AdminProductQuery) -> Page[AdminProductRow]:
    """One page. Six queries at most, one more for a category."""
    await prices.settle()
    found = await _matching(query)
    total = await found.count()
    offset = (query.page - 1) * query.size
    rows: list[dict[str, Any]] = []
    if offset < total:
        rows = await found.order_by(*ORDERS[query.sort]).offset(offset).limit(query.size).values(*COLUMNS)
    return Page(items=await _rows(rows), total=total, page=query.page, size=query.size)


async def summary() -> ProductSummary:
    """How many products there are of each kind. Two queries."""
    kept = Product.filter(archived_at__isnull=True)
    groups = (
        await kept.annotate(count=Count("id"))
        .group_by("sale_status", "display_status")
        .values("sale_status", "display_status", "count")
    )
    sold_out = await _on_sale(kept, in_stock=False).count()

    def number(**wanted: str) -> int:
        return sum(row["count"] for row in groups if all(row[name] == value for name, value in wanted.items()))

    return ProductSummary(
        total=number(),
        on_sale=number(sale_status=SaleStatus.ON_SALE) - sold_out,
        sold_out=sold_out,
        stopped=number(sale_status=SaleStatus.STOPPED),
        hidden=number(display_status=DisplayStatus.HIDDEN),
    )


async def _matching(query: AdminProductQuery) -> QuerySet[Product]:
    found = Product.filter(archived_at__isnull=not query.archived, **_columns(query))
    for word in (query.name or "").split():
        found = found.filter(name__icontains=word)
    if query.category_id is not None:
        ids = sorted(tree.subtree(await tree.load(), query.category_id))
        found = found.filter(id__in=Subquery(ProductCategory.filter(category_id__in=ids).values("product_id")))
    if query.has_discount is not None:
        found = (
            found.filter(price__lt=F("origin_price")) if query.has_discount else found.filter(price=F("origin_price"))
        )
    if query.status == "stopped":
        return found.filter(sale_status=SaleStatus.STOPPED)
    if query.status == "sold_out":
        return _on_sale(found, in_stock=False)
    if query.status == "on_sale":
        return _on_sale(found, in_stock=True)
    return found


def _columns(query: AdminProductQuery) -> dict[str, Any]:
    """The filters that ask one column each."""
    asked = {
        "id": query.id,
        "product_code__icontains": query.product_code,
        "display_status": query.display_status,
        "created_at__gte": query.starts_at,
        "created_at__lt": query.ends_at,
        "price__gte": query.min_price,
        "price__lte": query.max_price,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _on_sale(found: QuerySet[Product], *, in_stock: bool) -> QuerySet[Product]:
    """Those on sale that have, or have not, a size with stock. Asked row by row on purpose: as a plain ``IN`` MariaDB
    gathers every size in stock first, before it looks at the twenty rows of the page."""
    return found.filter(sale_status=SaleStatus.ON_SALE).annotate(buyable=RawSQL(BUYABLE)).filter(buyable=int(in_stock))


async def _rows(rows: list[dict[str, Any]]) -> list[AdminProductRow]:
    """Three queries, none for no rows."""
    if not rows:
        return []
    ids = [row["id"] for row in rows]
    kept = Variant.filter(product_id__in=ids, is_retired=False)
    sums = await kept.annotate(units=Sum("stock")).group_by("product_id").values_list("product_id", "units")
    units = {product_id: int(stock or 0) for product_id, stock in sums}
    colors: dict[int, int] = {}
    options = ProductOption.filter(product_id__in=ids, is_retired=False).order_by("position", "id")
    for option_id, product_id in await options.values_list("id", "product_id"):
        colors.setdefault(product_id, option_id)
    paths = await first_pictures(list(colors.values()))
    shown = []
    for row in map(prices.shown, rows):
        path = paths.get(colors.get(row["id"], 0))
        shown.append(
            AdminProductRow.model_validate(
                {
                    **row,
                    "discount_option": row["discount_option"] or None,
                    "stock": units.get(row["id"], 0),
                    "sold_out": units.get(row["id"], 0) <= 0,
                    "thumbnail_url": media_url(path) if path else None,
                }
            )
        )
    return shown
