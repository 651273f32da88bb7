"""What checkout does with a cart: read it before an order, take the ordered quantities out after it is paid."""

from collections.abc import Mapping, Sequence

from src.app.cart.errors import CartEmpty
from src.app.cart.services import store
from src.app.pricing.services.lines import Wanted


async def read_for_order(owner: str | None, variant_ids: Sequence[int] | None) -> list[Wanted]:
    """The lines to order, in the cart's order: all of them (None), or those of `variant_ids` that are in the cart.

    Reads Redis once, so call it before the transaction; takes nothing out. Raises CartEmpty where nothing is left
    and CartStoreUnavailable.
    """
    lines = await store.read(owner)
    chosen = None if variant_ids is None else set(variant_ids)
    wanted = [line for line in lines if chosen is None or line.variant_id in chosen]
    if not wanted:
        raise CartEmpty
    return wanted


async def remove_ordered(
    owner: str, *, event_id: int | str, quantities: Mapping[int, int], places: Mapping[int, int] | None = None
) -> bool:
    """Subtract what was ordered (variant id -> quantity) from the lines it was ordered from (`places`), wherever they
    are now: a guest's cart may have been merged into a member's. See `store.subtract`.

    The same `event_id` again, within 30 days, changes nothing and returns False. Raises CartStoreUnavailable; then it
    may be tried again.
    """
    return await store.subtract(owner, event_id=str(event_id), quantities=quantities, places=places)


async def was_merged(source: str, *, into: str | None) -> bool:
    """Whether the cart of `source` became part of that of `into` within 30 days. Raises CartStoreUnavailable."""
    return into is not None and await store.was_merged(source, into=into)
