"""Rule that decides if a mail was requested by its addressee: the order was paid, or a member proved the address."""

from src.app.order.models import Order
from src.app.order.services import queries as orders
from src.app.payment.services.queries import of_orders
from src.app.user.services import queries as users


async def asked_for(address: str, order_no: str) -> bool:
    """Return True if the order was paid (also too late or twice) or a member proved this address (`hooks.MailRule`)."""
    order = await orders.by_number(order_no) if order_no else None
    if order is not None and await _was_paid(order):
        return True
    return await users.email_is_proved(address)


async def _was_paid(order: Order) -> bool:
    if order.paid_at is not None:
        return True
    return any(payment.paid_amount > 0 for payment in (await of_orders([order.id])).get(order.id, []))
