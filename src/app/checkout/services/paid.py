"""An order becomes PAID, whatever the reason: a settled payment, or nothing to pay. Call inside a unit of work."""

from src.app.checkout.dtos.events import OrderPaid
from src.app.order.models import Order, OrderStatus
from src.app.order.services.stock_moves import sell_held
from src.app.order.services.timeline import advance
from src.common.work.outbox import emit


async def mark_paid(order: Order, *, actor: str, reason: str) -> None:
    """Move the order to PAID, turn its holds into sales and emit OrderPaid. Raises OrderCannotMove."""
    await advance(order, OrderStatus.PAID, actor=actor, reason=reason)
    await sell_held(order.id)
    await emit(OrderPaid(order_id=order.id))
