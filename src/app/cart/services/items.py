"""Add to a cart."""

from src.app.cart.dtos.requests import MAX_LINES, MAX_QUANTITY, WantedItem
from src.app.cart.dtos.responses import CartRead
from src.app.cart.errors import CartFull, VariantNotFound
from src.app.cart.services import store
from src.app.cart.services.holders import stock_short
from src.app.cart.services.reading import shown
from src.app.cart.services.wanted import Wanted
from src.app.product.services.sellable import find_variants


async def add_item(item: WantedItem, *, owner: str) -> CartRead:
    """Add a quantity to what the cart holds of the variant, in one atomic step: simultaneous adds all count.

    The line may reach the stock that was read a moment before, at most 999; nothing is held. Raises VariantNotFound
    (unknown or not on sale), StockShort (`left`: how many the line may hold) and CartFull at the 51st line.
    """
    variant = (await find_variants([item.variant_id])).get(item.variant_id)
    if variant is None or not variant.for_sale:
        raise VariantNotFound(variant_id=item.variant_id)
    most = max(0, min(variant.stock, MAX_QUANTITY))
    wanted = Wanted(variant_id=item.variant_id, quantity=item.quantity)
    changed = await store.add(owner, wanted, most=most)
    if changed.outcome == "full":
        raise CartFull(limit=MAX_LINES)
    if changed.outcome == "short":
        raise await stock_short(owner, variant_id=item.variant_id, left=most)
    return await shown(changed.lines, owner=owner)
