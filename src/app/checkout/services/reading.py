"""Reads of orders and payments for their owners."""

from src.app.checkout.dtos.orders import MyOrders, OrderFound, OrderRead
from src.app.checkout.dtos.requests import OrderListQuery, OrderLookup
from src.app.checkout.dtos.responses import PaymentRead
from src.app.checkout.services.guests.listing import guest_orders
from src.app.checkout.services.views import listed, payment_state, shown
from src.app.order.services import guest_tokens, queries
from src.app.payment.services.queries import by_payment_id
from src.common import clock
from src.common.dtos.pages import cut
from src.common.http.rate_limits import by_address, limiter
from src.common.identity import Identity
from src.core.configs import settings


async def my_orders(query: OrderListQuery, *, by: Identity) -> MyOrders:
    """Return a page of the member's orders, newest first; the first page also has orders placed as a guest."""
    orders, total = await queries.of_member(
        by.id or 0,
        status=query.status,
        since=query.starts_at,
        until=query.ends_at,
        window=(query.offset, query.size + 1),
        after=None if query.cursor is None else query.keyset().sql(query.cursor, "found"),
    )
    page, following = cut(orders, query.size, query.keyset())
    earlier = await guest_orders(by) if query.page == 1 and query.cursor is None else []
    items = await listed(page)
    return MyOrders(
        items=items, total=total, page=query.page, size=query.size, next_cursor=following, guest_orders=earlier
    )


async def my_order(order_no: str, *, by: Identity, guest_token: str | None) -> OrderRead:
    """Return an order of the calling member, or of a guest whose token opens it. Raises OrderNotFound."""
    order = await queries.readable(order_no, by=by, guest_token=guest_token)
    return await shown(order)


async def look_up(body: OrderLookup, *, address: str) -> OrderFound:
    """Return a guest's order by number and telephone, with a guest token that is valid for 90 days from now.

    Raises OrderNotFound for any mismatch, and TooManyAttempts for too many lookups from the same network.
    """
    await limiter().count(settings().limits.lookup, "order-lookup", by_address(address))
    order = await queries.of_guest(body.order_no, phone=body.phone)
    token = guest_tokens.issue(order, since=clock.now())
    return OrderFound(order=await shown(order), guest_token=token)


async def payment_now(payment_id: str) -> PaymentRead:
    """Return the state of a payment from our rows, without asking PortOne. Raises PaymentNotFound."""
    payment = await by_payment_id(payment_id)
    return payment_state(payment, await queries.by_id(payment.order_id))
