"""Cart functions for orders: read the lines to order, and subtract them once the order is paid or awaits a deposit."""

from collections.abc import Mapping, Sequence

from src.app.cart.errors import CartEmpty
from src.app.cart.services import store
from src.app.pricing.services.lines import Wanted


async def read_for_order(owner: str | None, variant_ids: Sequence[int] | None) -> list[Wanted]:
    """Return the lines to order, in the cart's order: all for None, else those of `variant_ids` that are in the cart.

    Reads Redis once, so call it before the transaction. The cart does not change. Raises CartEmpty if there is no such
    line, and CartStoreUnavailable.
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
    """Subtract the ordered quantities (by variant id) from the lines that they were ordered from (`places`).

    The lines are followed if a guest's cart was merged into a member's, see `store.subtract`. The same `event_id` again
    within 30 days changes nothing and returns False. Raises CartStoreUnavailable; a repeat is safe then.
    """
    return await store.subtract(owner, event_id=str(event_id), quantities=quantities, places=places)


async def was_merged(source: str, *, into: str | None) -> bool:
    """Return whether the cart `source` was merged into the cart `into` within 30 days. Raises CartStoreUnavailable."""
    return into is not None and await store.was_merged(source, into=into)
