"""Personal data of a member in the cart domain: the cart in Redis."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from src.app.cart.services import store
from src.app.cart.services.items import clear_cart
from src.common.records.retention import Rule

RULES: Final[Sequence[Rule]] = ()  # Redis deletes a cart MEMBER_SECONDS (90 days) after its last change


async def export(member_id: int) -> Mapping[str, Any]:
    """Return the lines in the order of adding. Raises CartStoreUnavailable."""
    lines = await store.read(f"m:{member_id}")
    return {"cart": [{"variant_id": line.variant_id, "quantity": line.quantity} for line in lines]}


async def erase(member_id: int) -> int:
    """Empty the cart; return 0, because the cart has no rows. Raises CartStoreUnavailable."""
    await clear_cart(f"m:{member_id}")
    return 0
