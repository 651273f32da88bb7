"""Take lines out of a cart."""

from collections.abc import Sequence

from src.app.cart.dtos.responses import CartRead
from src.app.cart.errors import CartItemNotFound
from src.app.cart.services import store
from src.app.cart.services.reading import shown


async def remove_item(variant_id: int, *, owner: str | None) -> CartRead:
    """Remove one line, atomically. Raises CartItemNotFound."""
    removed, lines = await store.remove(owner, [variant_id])
    if not removed:
        raise CartItemNotFound
    return await shown(lines, owner=owner)


async def remove_items(variant_ids: Sequence[int], *, owner: str | None) -> CartRead:
    """Remove the lines of these variants in one atomic step; variants that are not in the cart are passed over."""
    _, lines = await store.remove(owner, variant_ids)
    return await shown(lines, owner=owner)


async def clear_cart(owner: str | None) -> None:
    """Remove every line."""
    await store.clear(owner)
