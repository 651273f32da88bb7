"""The product list."""

from src.app.category.services import tree
from src.app.product.dtos.requests import ProductQuery
from src.app.product.dtos.responses import ProductPage
from src.app.product.services import prices
from src.app.product.services.cards import COLUMNS, cards_of
from src.app.product.services.facets import facets_of
from src.app.product.services.matching import matching, ordered


async def page_json(query: ProductQuery) -> bytes:
    """One page of cards. Seven queries at most, one more for the category tree, four more for facets."""
    await prices.settle()
    nodes = await tree.load() if query.facets or query.category is not None else []
    found = matching(query, nodes)
    total = await found.count()
    rows = []
    if query.offset < total:
        rows = await ordered(found, query.sort).offset(query.offset).limit(query.size).values(*COLUMNS)
    page = ProductPage(
        items=await cards_of(rows),
        total=total,
        page=query.page,
        size=query.size,
        facets=await facets_of(found, nodes) if query.facets else None,
    )
    return page.model_dump_json(exclude=None if query.facets else {"facets"}).encode()
