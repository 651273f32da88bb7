"""Change a line of a cart."""

from src.app.cart.dtos.requests import MAX_QUANTITY, ItemChange
from src.app.cart.dtos.responses import CartRead
from src.app.cart.errors import CartItemNotFound, VariantNotFound
from src.app.cart.services import store
from src.app.cart.services.holders import stock_short
from src.app.cart.services.reading import shown
from src.app.product.services.sellable import find_variants


async def change_item(variant_id: int, change: ItemChange, *, owner: str | None) -> CartRead:
    """Set a line's quantity, or make it another variant, in one atomic step.

    A line that the other variant has already absorbs this one: the quantities add up. Raises CartItemNotFound,
    VariantNotFound (what it would become is unknown or not on sale) and StockShort (`left`: how many the line may
    hold); then nothing has changed.
    """
    to = change.variant_id or variant_id
    variant = (await find_variants([to])).get(to)
    most = max(0, min(variant.stock, MAX_QUANTITY)) if variant and variant.for_sale else store.NOT_ON_SALE
    changed = await store.change(owner, variant_id, to=to, quantity=change.quantity, most=most)
    if changed.outcome == "missing":
        raise CartItemNotFound
    if changed.outcome == "gone":
        raise VariantNotFound(variant_id=to)
    if changed.outcome == "short":
        raise await stock_short(owner, variant_id=to, left=most)
    return await shown(changed.lines, owner=owner)
