"""The product list."""

from collections.abc import Sequence

from src.app.category.services import tree
from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery
from src.app.product.dtos.responses import ProductPage
from src.app.product.models import Product
from src.app.product.services import prices
from src.app.product.services.cards import COLUMNS, cards_of
from src.app.product.services.facets import facets_of
from src.app.product.services.keyboard import retyped
from src.app.product.services.matching import Matching, matching, rows_of
from src.app.product.services.plans import Plan, plan_of


async def page_json(query: ProductQuery) -> bytes:
    """See `page_of`."""
    page = await page_of(query)
    return page.model_dump_json(exclude=None if query.facets else {"facets"}).encode()


async def page_of(query: ProductQuery) -> ProductPage:
    """One page of cards. Nine queries at most, one more for the category tree, four more for facets, two more where a
    search finds nothing but its keys mean something in the other language."""
    await prices.settle()
    nodes = await tree.load() if query.facets or query.category is not None else []
    asked, found, plan = await _found(query, nodes)
    ids = []
    if query.offset < plan.total:
        ids = [row["id"] for row in await rows_of(plan.page(found, asked, "p.id"))]
    rows = {row["id"]: row for row in await Product.filter(id__in=ids).values(*COLUMNS)} if ids else {}
    return ProductPage(
        items=await cards_of([rows[id_] for id_ in ids if id_ in rows]),
        total=plan.total,
        page=query.page,
        size=query.size,
        facets=await facets_of(asked, found, plan, nodes) if query.facets else None,
    )


async def _found(query: ProductQuery, nodes: Sequence[Node]) -> tuple[ProductQuery, Matching, Plan]:
    """What the query finds; where its words find nothing, what their keys find in the other language."""
    found = matching(query, nodes)
    plan = await plan_of(query, found)
    if plan.total == 0 and not found.is_empty and query.q and (meant := retyped(query.q)):
        other = query.model_copy(update={"q": meant})
        other_found = matching(other, nodes)
        other_plan = await plan_of(other, other_found)
        if other_plan.total:
            return other, other_found, other_plan
    return query, found, plan
