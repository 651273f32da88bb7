"""The back-office's product list and its summary counts."""

import time
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from tortoise.functions import Sum

from src.app.category.services import tree
from src.app.product.dtos.admin.listing import AdminProductFilter, AdminProductQuery, AdminSort
from src.app.product.dtos.admin.responses import AdminProductRow, ProductSummary
from src.app.product.models import DisplayStatus, Product, ProductOption, SaleStatus, Variant
from src.app.product.services import prices
from src.app.product.services.media import media_url
from src.app.product.services.search import bitsets, id_sets
from src.app.product.services.search.filters import (
    BUYABLE,
    ESCAPED,
    Filter,
    Matching,
    Sql,
    by_order,
    rows_of,
    within_categories,
)
from src.app.product.services.search.plans import Plan, SortOrder, plan_of
from src.app.product.services.sellable import first_pictures
from src.common.dtos.pages import Page, cut

COLUMNS: Final = (
    "id",
    "product_code",
    "name",
    "sale_status",
    "display_status",
    "tax_type",
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
FEWER: Final = 2_000  # for orders whose sort must read the rows, not only an index
ORDERS: Final[dict[AdminSort, SortOrder]] = {
    "newest": SortOrder("product_kept", "p.id DESC"),
    "oldest": SortOrder("product_kept", "p.id"),
    "updated": SortOrder("product_kept_updated", "p.updated_at DESC, p.id DESC", FEWER),
    "name": SortOrder("product_kept_name", "p.name, p.id", FEWER),
    "code": SortOrder("product_kept_code", "p.product_code, p.id", FEWER),
    "price_asc": SortOrder("product_kept_price", "p.price, p.id"),
    "price_desc": SortOrder("product_kept_price", "p.price DESC, p.id DESC"),
}


async def page(query: AdminProductQuery) -> Page[AdminProductRow]:
    """Read one page. Six queries, one more for a category, and one for each id set of the filters that is not cached.

    Small sets are always read from the database, so staff of a small shop see the current state. Large sets are cached:
    in a large shop the total may miss a sale for up to half a minute.
    """
    await prices.settle()
    asked = query.model_dump_json(exclude={"page", "size", "sort", "cursor"})
    plan = await plan_of(await _matching(query), key=("back-office", asked), since=time.monotonic())
    ids, following = await _page_ids(plan, query)
    rows = {row["id"]: row for row in await Product.filter(id__in=ids).values(*COLUMNS)} if ids else {}
    items = await _rows([rows[id_] for id_ in ids if id_ in rows])
    return Page(items=items, total=plan.total, page=query.page, size=query.size, next_cursor=following)


async def _page_ids(plan: Plan, query: AdminProductQuery) -> tuple[list[int], str | None]:
    offset = (query.page - 1) * query.size
    if offset >= plan.total:
        return [], None
    keys = query.keyset()
    after = None if query.cursor is None else Sql(*keys.sql(query.cursor, "p"))
    columns = ", ".join(f"p.{column.lstrip('-')} AS {column.lstrip('-')}" for column in keys.columns)
    statement = plan.page(columns, order=ORDERS[query.sort], size=query.size + 1, offset=offset, after=after)
    shown, following = cut(await rows_of(statement), query.size, keys)
    return [row["id"] for row in shown], following


async def summary() -> ProductSummary:
    """Count products by status, archived ones excluded. Two queries; none if a large shop's sets are cached, and then a
    sale may be missing for up to half a minute."""

    def number(sale: SaleStatus | None = None, display: DisplayStatus | None = None) -> int:
        kept = id_sets.in_state(archived=False, sale=sale, display=display)
        return bitsets.count(bitsets.either([states.get(value, bitsets.NOTHING) for value in kept.values]))

    since = time.monotonic()
    states = await id_sets.every(id_sets.STATE, since=since)
    on_sale = id_sets.in_state(archived=False, sale=SaleStatus.ON_SALE).values
    in_stock = await id_sets.named(id_sets.Named(id_sets.IN_STOCK), since=since)
    buyable = bitsets.count(
        bitsets.both([bitsets.either(states.get(value, bitsets.NOTHING) for value in on_sale), in_stock])
    )
    return ProductSummary(
        total=number(),
        on_sale=buyable,
        sold_out=number(SaleStatus.ON_SALE) - buyable,
        stopped=number(SaleStatus.STOPPED),
        hidden=number(display=DisplayStatus.HIDDEN),
    )


async def count(query: AdminProductFilter) -> int:
    """Count the products that match."""
    return len(await _ids(query))


async def walk(query: AdminProductFilter, *, size: int) -> AsyncIterator[list[int]]:
    """Yield the ids of all products that match, in the order of the query, in lists of `size`.

    All ids are read in one query (a few MB for a hundred thousand), so that a product whose place in the order changes
    during the walk is neither missed nor returned twice.
    """
    ids = await _ids(query)
    for first in range(0, len(ids), size):
        yield ids[first : first + size]


async def _ids(query: AdminProductFilter) -> list[int]:
    """Read the ids that match now; no cached set is used."""
    await prices.settle()
    order = ORDERS[query.sort]
    checks = [filter_.check for filter_ in (await _matching(query)).filters]
    statement = by_order(checks, "p.id AS id", index=order.index, rest=f"ORDER BY {order.columns}")
    return [row["id"] for row in await rows_of(statement)]


async def _matching(query: AdminProductFilter) -> Matching:
    is_null = "IS NOT NULL" if query.archived else "IS NULL"
    found = Matching([Filter(Sql(f"p.archived_at {is_null}"), (id_sets.in_state(archived=query.archived),))])
    _states(found, query)
    _contains(found, "product_code", [query.product_code] if query.product_code is not None else [], is_null=is_null)
    _contains(found, "name", (query.name or "").split(), is_null=is_null)
    if query.category_id is not None:
        within_categories(found, sorted(tree.subtree(await tree.load(), query.category_id)))
    for condition in _columns(query):
        named = f"SELECT p.id AS id FROM product p WHERE {condition.text}"  # noqa: S608 - our own words
        found.filters.append(Filter(condition, (Sql(named, condition.values),)))
    return found


def _states(found: Matching, query: AdminProductFilter) -> None:
    if query.display_status is not None:
        shown = Sql("p.display_status = %s", (query.display_status,))
        found.filters.append(Filter(shown, (id_sets.in_state(display=query.display_status),)))
    if query.status == "all":
        return
    sale = SaleStatus.STOPPED if query.status == "stopped" else SaleStatus.ON_SALE
    found.filters.append(Filter(Sql("p.sale_status = %s", (sale,)), (id_sets.in_state(sale=sale),)))
    if query.status == "on_sale":
        found.filters.append(Filter(BUYABLE, (id_sets.Named(id_sets.IN_STOCK),)))
    if query.status == "sold_out":
        sold_out = Sql(BUYABLE.text.replace("IS NOT NULL", "IS NULL"))
        everything, in_stock = id_sets.in_state(), id_sets.Named(id_sets.IN_STOCK)
        found.filters.append(Filter(sold_out, (everything,), without=in_stock))


def _columns(query: AdminProductFilter) -> list[Sql]:
    """The filters on a single column, each as a condition and its value."""
    discount = {None: None, True: "p.price < p.origin_price", False: "p.price = p.origin_price"}[query.has_discount]
    asked: list[tuple[str, object]] = [
        ("p.id = %s", query.id),
        ("p.created_at >= %s", query.starts_at),
        ("p.created_at < %s", query.ends_at),
        ("p.price >= %s", query.min_price),
        ("p.price <= %s", query.max_price),
    ]
    conditions = [Sql(text, (value,)) for text, value in asked if value is not None]
    return [*conditions, *([Sql(discount)] if discount is not None else [])]


def _contains(found: Matching, column: str, parts: Sequence[str], *, is_null: str) -> None:
    """Add a filter: the column contains all of these parts, in upper or lower case."""
    if not parts:
        return
    conditions = [
        f"p.{column} LIKE %s ESCAPE '!'"
        if part.upper() == part.lower()
        else f"UPPER(p.{column}) LIKE UPPER(%s) ESCAPE '!'"
        for part in parts
    ]
    check = Sql(" AND ".join(conditions), tuple(f"%{part.translate(ESCAPED)}%" for part in parts))
    named = f"SELECT p.id AS id FROM product p WHERE p.archived_at {is_null} AND {check.text}"  # noqa: S608 - our words
    found.filters.append(Filter(check, (Sql(named, check.values),)))


async def _rows(rows: list[dict[str, Any]]) -> list[AdminProductRow]:
    """Build the list rows. Three queries; none if `rows` is empty."""
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
