"""What follows from events. Every handler is idempotent: the relay delivers at least once."""

from collections.abc import Awaitable, Callable
from typing import Any

from src.app.auth.services.sessions import sessions
from src.app.auth.services.social.leaving import forget_social
from src.app.auth.services.verification.reset_tokens import void_tokens
from src.app.backoffice.services.members import memos
from src.app.cart.services.items import clear_cart
from src.app.cart.services.taking import remove_ordered
from src.app.event.services import leaving as events_left
from src.app.notice.services import seen as notices_seen
from src.app.order.services.queries import by_id, lines_of
from src.app.order.services.retention.anonymising import separate_personal
from src.app.outbound.services.deliveries import create
from src.app.outbound.services.deliveries import forgetting as deliveries_left
from src.app.payment.services.retention.anonymising import separate_payments
from src.app.product.services.restock import alerts, sending
from src.app.product.services.search import indexing
from src.common.models.outbox_event import OutboxEvent
from src.common.work.jobs import Priority
from src.worker.messages import members, orders

Handler = Callable[[dict[str, Any]], Awaitable[None]]


async def take_ordered_out_of_cart(payload: dict[str, Any]) -> None:
    """Quantities of an order made from the cart leave it once the order is paid or waits for its deposit: only out of the
    lines it was made from, wherever they are by now.

    Both events may come for one order; the order's id makes it happen once.
    """
    order = await by_id(payload["order_id"])
    if not order.cart_owner:
        return
    lines = (await lines_of([order.id]))[order.id]
    quantities = {line.variant_id: line.quantity for line in lines}
    places = {line.variant_id: line.cart_place or 0 for line in lines}
    await remove_ordered(order.cart_owner, event_id=order.id, quantities=quantities, places=places)


async def close_sessions_of_who_left(payload: dict[str, Any]) -> None:
    """A member who has left is signed out everywhere."""
    await sessions.close_all("member", payload["user_id"], epoch=payload["session_epoch"])


async def separate_orders_of_who_left(payload: dict[str, Any]) -> None:
    """What the law keeps of a former member's orders is kept apart."""
    await separate_personal(payload["user_id"])


async def separate_payments_of_who_left(payload: dict[str, Any]) -> None:
    """What the law keeps of who paid for a former member's orders is kept apart."""
    await separate_payments(payload["user_id"])


async def clear_cart_of_who_left(payload: dict[str, Any]) -> None:
    """A former member has no cart."""
    await clear_cart(f"m:{payload['user_id']}")


async def forget_memos_of_who_left(payload: dict[str, Any]) -> None:
    """What staff noted about a former member goes with the person."""
    await memos.forget(payload["user_id"])


async def forget_comments_of_who_left(payload: dict[str, Any]) -> None:
    """What a former member wrote under events loses its author and its words."""
    await events_left.forget(payload["user_id"])


async def forget_notices_seen_of_who_left(payload: dict[str, Any]) -> None:
    """Nobody knows when a former member looked at the notices."""
    await notices_seen.forget(payload["user_id"])


async def forget_social_of_who_left(payload: dict[str, Any]) -> None:
    """A former member's links to Kakao, Naver and Google end on both sides."""
    await forget_social(payload["user_id"])


async def void_codes_of_who_left(payload: dict[str, Any]) -> None:
    """No reset link opens a former member's account."""
    await void_tokens(payload["user_id"])


async def forget_restock_alerts_of_who_left(payload: dict[str, Any]) -> None:
    """A former member waits for nothing."""
    await alerts.forget_member(payload["user_id"])


async def tell_who_waits_for_stock(payload: dict[str, Any]) -> None:
    """Restock alerts of a variant that has stock again are due."""
    await sending.mark_due(payload["variant_id"])


async def index_products_of_category(payload: dict[str, Any]) -> None:
    """Search finds a category's products, and those of all below it, by the names above them as they are now. In short
    transactions, however many they are."""
    await indexing.reindex_categories([payload["category_id"]])


async def forget_deliveries_of_who_left(payload: dict[str, Any]) -> None:
    """What back-office systems were, or are to be, told about a former member loses the person."""
    await deliveries_left.forget_member(payload["user_id"])


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
    "user.withdrawn": (
        members.forget_messages_of_who_left,
        separate_orders_of_who_left,
        separate_payments_of_who_left,
        forget_memos_of_who_left,
        forget_restock_alerts_of_who_left,
        forget_comments_of_who_left,
        forget_notices_seen_of_who_left,
        forget_deliveries_of_who_left,
        forget_social_of_who_left,
        void_codes_of_who_left,
        close_sessions_of_who_left,
        clear_cart_of_who_left,
    ),
}

# Which lane carries an event; those not named are "normal". Shoppers wait for the first, nobody for the last.
PRIORITIES: dict[str, Priority] = {
    "order.paid": "high",
    "order.awaiting_deposit": "high",
    "order.account_closed": "high",
    "category.renamed": "low",
    "category.moved": "low",
}
