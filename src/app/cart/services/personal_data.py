"""What the cart domain holds of a member: the cart, in Redis."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.cart.services import store
from src.app.cart.services.items import clear_cart
from src.common.records.retention import Rule

RULES: Final[Sequence[Rule]] = ()  # a cart lives for a while after its last use, by Redis


async def export(member_id: int) -> Mapping[str, Any]:
    """The lines in the order of adding. Raises CartStoreUnavailable."""
    lines = await store.read(f"m:{member_id}")
    return {"cart": [{"variant_id": line.variant_id, "quantity": line.quantity} for line in lines]}


async def erase(member_id: int) -> int:
    """Empty the cart; returns 0, for the cart has no rows. Raises CartStoreUnavailable."""
    await clear_cart(f"m:{member_id}")
    return 0
