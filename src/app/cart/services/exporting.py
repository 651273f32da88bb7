"""A member's cart for the export of personal data."""

from pydantic import JsonValue

from src.app.cart.services import store


async def cart_of(member_id: int) -> JsonValue:
    """The lines in the order of adding. Raises CartStoreUnavailable."""
    lines = await store.read(f"m:{member_id}")
    return [{"variant_id": line.variant_id, "quantity": line.quantity} for line in lines]
