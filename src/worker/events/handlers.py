"""What follows from events. Every handler is idempotent: the relay delivers at least once."""

from collections.abc import Awaitable, Callable
from typing import Any

from src.app.cart.services.taking import remove_ordered
from src.app.order.services.queries import by_id, lines_of
from src.app.outbound.services.deliveries import create
from src.app.product.services.restock import sending
from src.app.product.services.search import indexing
from src.common.models.outbox_event import OutboxEvent
from src.common.records import personal_data
from src.common.work.jobs import Priority
from src.worker.messages import members, orders

Handler = Callable[[dict[str, Any]], Awaitable[None]]


async def take_ordered_out_of_cart(payload: dict[str, Any]) -> None:
    """Quantities of an order made from the cart leave it once the order is paid or waits for its deposit: only out of
    the lines it was made from, wherever they are by now.

    Both events may come for one order; the order's id makes it happen once.
    """
    order = await by_id(payload["order_id"])
    if not order.cart_owner:
        return
    lines = (await lines_of([order.id]))[order.id]
    quantities = {line.variant_id: line.quantity for line in lines}
    places = {line.variant_id: line.cart_place or 0 for line in lines}
    await remove_ordered(order.cart_owner, event_id=order.id, quantities=quantities, places=places)


async def erase_former_member(payload: dict[str, Any]) -> None:
    """Have every domain erase its personal data of the former member."""
    await personal_data.erase_member(payload["user_id"])


async def tell_who_waits_for_stock(payload: dict[str, Any]) -> None:
    """Restock alerts of a variant that has stock again are due."""
    await sending.mark_due(payload["variant_id"])


async def index_products_of_category(payload: dict[str, Any]) -> None:
    """Search finds a category's products, and those of all below it, by the names above them as they are now. In short
    transactions, however many they are."""
    await indexing.reindex_categories([payload["category_id"]])


async def create_outbound_deliveries(event: OutboxEvent) -> None:
    """Webhooks that want to know of the event get a delivery each. For every topic of the public catalogue.

    It needs the event itself: its id makes the deliveries unique, and its moment is in the message.
    """
    await create.tell(event)


HANDLERS: dict[str, tuple[Handler, ...]] = {
    # What needs Redis comes last: while it is away no message and no personal value waits for it.
    "order.paid": (orders.tell_paid, take_ordered_out_of_cart),
    "order.awaiting_deposit": (orders.tell_deposit_wanted, take_ordered_out_of_cart),
    "order.account_closed": (orders.tell_account_closed,),
    "order.expired": (orders.tell_expired,),
    "order.cancelled": (orders.tell_cancelled,),
    # The next two wait for shipments and for claims: nothing emits these topics yet.
    "order.shipped": (orders.tell_shipped,),
    "claim.changed": (orders.tell_claim_changed,),
    "refund.succeeded": (orders.tell_refunded,),
    "refund.needs_account": (orders.tell_account_needed,),
    "category.renamed": (index_products_of_category,),
    "category.moved": (index_products_of_category,),
    "stock.returned": (tell_who_waits_for_stock,),
    "user.withdrawal_asked": (members.tell_withdrawal_asked,),
    "user.withdrawal_cancelled": (members.tell_withdrawal_cancelled,),
    "user.withdrawn": (erase_former_member,),
}

# Which lane carries an event; those not named are "normal". Shoppers wait for the first, nobody for the last.
PRIORITIES: dict[str, Priority] = {
    "order.paid": "high",
    "order.awaiting_deposit": "high",
    "order.account_closed": "high",
    "category.renamed": "low",
    "category.moved": "low",
}
