"""The product list of the shop."""

from collections.abc import Sequence

from src.app.category.services import tree
from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery, one_form
from src.app.product.dtos.responses import ProductPage
from src.app.product.models import Product
from src.app.product.services import prices
from src.app.product.services.cards import COLUMNS, cards_of
from src.app.product.services.search.facets import facets_of
from src.app.product.services.search.filters import ORDERS, Sql, rows_of
from src.app.product.services.search.near_words import near_words
from src.app.product.services.search.plans import Plan, SortOrder
from src.app.product.services.search.words.finding import found_by
from src.common.dtos.pages import cut


async def page_json(query: ProductQuery) -> bytes:
    """The page of `page_of` as JSON, without those of facets, did_you_mean and next_cursor that are None."""
    page = await page_of(query)
    left_out = {name for name in ("facets", "did_you_mean", "next_cursor") if getattr(page, name) is None}
    return page.model_dump_json(exclude=left_out).encode()


async def page_of(query: ProductQuery) -> ProductPage:
    """Read one page of cards.

    Seven queries, one more for the category tree, one for the price range of facets, and one for each id set of the
    filters that is not cached. If a search finds nothing, each other reading of its text (see `found_by`) costs the
    queries for its sets, and each near word that is tried costs three.
    """
    await prices.settle()
    nodes = await tree.load() if query.facets or query.category is not None else []
    plan = await found_by(query, nodes)
    ids, following = await _ids(plan, query)
    rows = {row["id"]: row for row in await Product.filter(id__in=ids).values(*COLUMNS)} if ids else {}
    return ProductPage(
        items=await cards_of([rows[id_] for id_ in ids if id_ in rows]),
        total=plan.total,
        page=query.page,
        size=query.size,
        facets=await facets_of(plan, nodes) if query.facets else None,
        next_cursor=following,
        did_you_mean=await _near(query, nodes) if query.q and not plan.total else None,
    )


async def _ids(plan: Plan, query: ProductQuery) -> tuple[list[int], str | None]:
    """Return the ids of the page and the cursor of the next one. The order's columns are part of the index that is
    read."""
    if query.offset >= plan.total:
        return [], None
    keys = query.keyset()
    after = None if query.cursor is None else Sql(*keys.sql(query.cursor, "p"))
    columns = ", ".join(f"p.{column.lstrip('-')} AS {column.lstrip('-')}" for column in keys.columns)
    order = SortOrder(*ORDERS[query.sort])
    statement = plan.page(columns, order=order, size=query.size + 1, offset=query.offset, after=after)
    shown, following = cut(await rows_of(statement), query.size, keys)
    return [row["id"] for row in shown], following


async def _near(query: ProductQuery, nodes: Sequence[Node]) -> str | None:
    """Return the nearest known word that finds something under the same filters."""
    for word in await near_words(query.q or ""):
        if (await found_by(query.model_copy(update={"q": one_form(word)}), nodes)).total:
            return word
    return None
