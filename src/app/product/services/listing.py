"""The product list."""

from collections.abc import Sequence

from src.app.category.services import tree
from src.app.category.services.tree import Node
from src.app.product.dtos.requests import ProductQuery, one_form
from src.app.product.dtos.responses import ProductCard, ProductPage
from src.app.product.models import Product
from src.app.product.services import prices
from src.app.product.services.cards import COLUMNS, cards_of
from src.app.product.services.facets import facets_of
from src.app.product.services.matching import ORDERS, rows_of
from src.app.product.services.near_words import near_words
from src.app.product.services.plans import Order, Plan
from src.app.product.services.words.finding import found_by


async def page_json(query: ProductQuery) -> bytes:
    """See `page_of`."""
    page = await page_of(query)
    left_out = {name for name in ("facets", "did_you_mean") if getattr(page, name) is None}
    return page.model_dump_json(exclude=left_out).encode()


async def page_of(query: ProductQuery) -> ProductPage:
    """One page of cards. Seven queries, one more for the category tree, one for the prices of facets, and one for each
    set that the filters lead to and that is not remembered; where a search finds nothing, as many again if its keys
    mean something in the other language or its last word is half-typed, and three for each word near it that is
    tried."""
    await prices.settle()
    nodes = await tree.load() if query.facets or query.category is not None else []
    plan = await found_by(query, nodes)
    return ProductPage(
        items=await _cards(plan, query),
        total=plan.total,
        page=query.page,
        size=query.size,
        facets=await facets_of(plan, nodes) if query.facets else None,
        did_you_mean=await _near(query, nodes) if query.q and not plan.total else None,
    )


async def _cards(plan: Plan, query: ProductQuery) -> list[ProductCard]:
    ids = []
    if query.offset < plan.total:
        statement = plan.page("p.id", order=Order(*ORDERS[query.sort]), size=query.size, offset=query.offset)
        ids = [row["id"] for row in await rows_of(statement)]
    rows = {row["id"]: row for row in await Product.filter(id__in=ids).values(*COLUMNS)} if ids else {}
    return await cards_of([rows[id_] for id_ in ids if id_ in rows])


async def _near(query: ProductQuery, nodes: Sequence[Node]) -> str | None:
    """The nearest known word that finds something under the same filters."""
    for word in await near_words(query.q or ""):
        if (await found_by(query.model_copy(update={"q": one_form(word)}), nodes)).total:
            return word
    return None
