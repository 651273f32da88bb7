"""How long an order's stock is held. Call inside a unit of work, with the order locked."""

from datetime import datetime

from src.app.order.models import Order


async def extend_hold(order: Order, *, until: datetime) -> None:
    """Hold until then, the one time that a payment under way may extend it."""
    order.expires_at, order.hold_extended = until, True
    await order.save(update_fields=["expires_at", "hold_extended"])


async def hold_for_deposit(order: Order, *, until: datetime) -> None:
    """Hold until an issued account's due date and its margin."""
    order.expires_at = until
    await order.save(update_fields=["expires_at"])


async def note_unreachable(order_id: int, *, since: datetime | None) -> None:
    """Remember since when the provider cannot be asked about this overdue order; None forgets it."""
    orders = Order.filter(id=order_id)
    if since is not None:
        orders = orders.filter(unreachable_since=None)
    await orders.update(unreachable_since=since)
