"""Add, change and remove the lines of a cart. Each change is one atomic step in Redis."""

from collections.abc import Sequence

from src.app.cart.dtos.requests import MAX_QUANTITY, ItemChange
from src.app.cart.dtos.responses import CartRead
from src.app.cart.errors import CartFull, CartItemNotFound, VariantNotFound
from src.app.cart.services import store
from src.app.cart.services.holders import stock_short
from src.app.cart.services.reading import shown
from src.app.pricing.dtos.requests import MAX_LINES, WantedItem
from src.app.pricing.services.lines import Wanted
from src.app.product.services.sellable import find_variants


async def add_item(item: WantedItem, *, owner: str) -> CartRead:
    """Add a quantity to the variant's line in one atomic step, so that simultaneous adds all count.

    The line may grow to the stock that was read just before, at most 999. No stock is held. Raises VariantNotFound
    (unknown or not on sale), StockShort (`left` is the most that the line may hold) and CartFull for the 51st line.
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


async def change_item(variant_id: int, change: ItemChange, *, owner: str | None) -> CartRead:
    """Set a line's quantity, or change its variant, in one atomic step.

    If the new variant has a line already, the quantities are added in that line. Raises CartItemNotFound,
    VariantNotFound (the new variant is unknown or not on sale) and StockShort (`left` is the most that the line may
    hold); nothing has changed then.
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


async def remove_item(variant_id: int, *, owner: str | None) -> CartRead:
    """Remove one line, atomically. Raises CartItemNotFound."""
    removed, lines = await store.remove(owner, [variant_id])
    if not removed:
        raise CartItemNotFound
    return await shown(lines, owner=owner)


async def remove_items(variant_ids: Sequence[int], *, owner: str | None) -> CartRead:
    """Remove the lines of these variants in one atomic step; variants that are not in the cart are ignored."""
    _, lines = await store.remove(owner, variant_ids)
    return await shown(lines, owner=owner)


async def clear_cart(owner: str | None) -> None:
    """Remove every line."""
    await store.clear(owner)
