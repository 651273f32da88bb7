"""What else to look at beside a product."""

from typing import Final

from src.app.product.dtos.requests import ProductQuery
from src.app.product.dtos.responses import ProductCard
from src.app.product.services import detail
from src.app.product.services.search import listing
from src.common.dtos.pages import Items

MOST: Final = 12


async def related_json(ref: str) -> bytes:
    """See `related_to`."""
    return Items(items=await related_to(ref)).model_dump_json().encode()


async def related_to(ref: str) -> list[ProductCard]:
    """At most MOST other products that can be bought now, the most popular first: those of its main category's subtree,
    then those of each category above it. Two queries and three pages of the list at most. Raises ProductNotFound."""
    product_id = await detail.id_of(ref)
    found: dict[int, ProductCard] = {}
    for category in reversed(await detail.breadcrumb_of(product_id)):
        # The product itself and what was found further down may be among them.
        asked = ProductQuery(category=category.slug, in_stock=True, sort="popular", size=MOST + 1 + len(found))
        page = await listing.page_of(asked)
        found |= {card.id: card for card in page.items if card.id != product_id and card.id not in found}
        if len(found) >= MOST:
            break
    return list(found.values())[:MOST]
