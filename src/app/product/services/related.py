"""Products related to a product."""

from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.app.product.dtos.responses import ProductCard
from src.app.product.services import detail
from src.app.product.services.search import listing
from src.common.dtos.pages import Items

MOST: Final = 12


async def related_json(ref: str) -> bytes:
    """Return the products of `related_to` as JSON."""
    return Items(items=await related_to(ref)).model_dump_json().encode()


async def related_to(ref: str) -> list[ProductCard]:
    """Return at most MOST other products that are in stock: first from the main category's subtree, then from each
    category above it, each group ordered by popularity. At most two queries and three list pages. Raises
    ProductNotFound."""
    product_id = await detail.id_of(ref)
    found: dict[int, ProductCard] = {}
    for category in reversed(await detail.breadcrumb_of(product_id)):
        # The page may contain the product itself and products found further down, so it is that much larger.
        asked = ProductQuery(category=category.slug, in_stock=True, sort="popular", size=MOST + 1 + len(found))
        page = await listing.page_of(asked)
        found |= {card.id: card for card in page.items if card.id != product_id and card.id not in found}
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]
