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
from src.app.product.services.matching import ORDERS, matching, rows_of
from src.app.product.services.near_words import near_word
from src.app.product.services.plans import Order, Plan, filters_of, plan_of


async def page_json(query: ProductQuery) -> bytes:
    """See `page_of`."""
    page = await page_of(query)
    left_out = {name for name in ("facets", "did_you_mean") if getattr(page, name) is None}
    return page.model_dump_json(exclude=left_out).encode()


async def page_of(query: ProductQuery) -> ProductPage:
    """One page of cards. Seven queries, one more for the category tree, one for the prices of facets, and one for each
    set that the filters lead to and that is not remembered; where a search finds nothing, as many again if its keys
    mean something in the other language, and three for a word near it."""
    await prices.settle()
    nodes = await tree.load() if query.facets or query.category is not None else []
    plan = await _found(query, nodes)
    ids = []
    if query.offset < plan.total:
        statement = plan.page("p.id", order=Order(*ORDERS[query.sort]), size=query.size, offset=query.offset)
        ids = [row["id"] for row in await rows_of(statement)]
    rows = {row["id"]: row for row in await Product.filter(id__in=ids).values(*COLUMNS)} if ids else {}
    return ProductPage(
        items=await cards_of([rows[id_] for id_ in ids if id_ in rows]),
        total=plan.total,
        page=query.page,
        size=query.size,
        facets=await facets_of(plan, nodes) if query.facets else None,
        did_you_mean=await near_word(query.q) if query.q and not plan.total else None,
    )


async def _found(query: ProductQuery, nodes: Sequence[Node]) -> Plan:
    """What the query finds; where its words find nothing, what their keys find in the other language."""
    found = matching(query, nodes)
    plan = await plan_of(found, key=filters_of(query))
    if plan.total == 0 and not found.is_empty and query.q and (meant := retyped(query.q)):
        other = query.model_copy(update={"q": meant})
        other_plan = await plan_of(matching(other, nodes), key=filters_of(other))
        if other_plan.total:
            return other_plan
    return plan
