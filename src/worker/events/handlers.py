"""Event handlers. Every handler is idempotent: the relay delivers at least once."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from src.app.cart.services.taking import remove_ordered
from src.app.escrow.services import following as escrow
from src.app.fulfilment.services import due_days
from src.app.order.models import Order, OrderLine
from src.app.outbound.services.deliveries import create
from src.app.product.services.restock import sending
from src.app.product.services.search import indexing
from src.app.receipt.services import following as receipts
from src.app.receipt.services.basis import IN_CASH
from src.common.records import personal_data
from src.common.work.jobs import Priority
from src.worker.events.batches import Batch, Errors, Together
from src.worker.messages import cancels, lines, members, orders, parcels, staff

IN_ESCROW = frozenset({"TRANSFER", "VIRTUAL_ACCOUNT", "CARD"})
"""What lines of orders hold whose channel may have escrow."""
Handler = Callable[[dict[str, Any]], Awaitable[None]]


@Together
async def take_ordered_out_of_cart(batch: Batch) -> Errors:
    """Remove the ordered quantities from the carts when the orders are paid or wait for their deposits. Only the lines
    that an order was made from are reduced, even if they moved to another cart. An order without a cart needs no Redis.

    Both events may be delivered for one order; because of the order's id a repeat changes nothing.
    """
    owned = [(event, order) for event, order in await batch.orders() if order.cart_owner]
    lines = await batch.lines() if owned else {}
    takings = (_take_out(order, lines[order.id]) for _, order in owned)
    errors: dict[int, Exception] = {}
    for (event, _), end in zip(owned, await asyncio.gather(*takings, return_exceptions=True), strict=True):
        if isinstance(end, Exception):
            errors[event.id] = end
        elif end is not None:
            raise end
    return errors


async def _take_out(order: Order, lines: Sequence[OrderLine]) -> None:
    quantities = {line.variant_id: line.quantity for line in lines}
    places = {line.variant_id: line.cart_place or 0 for line in lines}
    await remove_ordered(order.cart_owner or "", event_id=order.id, quantities=quantities, places=places)


@Together
async def set_due_days(batch: Batch) -> Errors:
    """Set by when the lines of paid orders are to be sent."""
    await due_days.set_due_days([order for _, order in await batch.orders()])
    return {}


@Together
async def follow_cash_receipts(batch: Batch) -> Errors:
    """Begin the cash receipts of orders that were paid in cash. Each order is a transaction of its own."""
    lines = await batch.lines()
    found = await batch.orders()
    in_cash = sorted({order.id for _, order in found if any(one.pay_method in IN_CASH for one in lines[order.id])})
    await receipts.follow_all(in_cash)
    return {}


@Together
async def follow_escrow(batch: Batch) -> Errors:
    """Have the provider hear of the parcels and the confirmation of orders that an escrow protects."""
    lines = await batch.lines()
    found = {event.payload["order_id"] for event in batch.events}
    await escrow.follow_all(sorted(key for key in found if any(one.pay_method in IN_ESCROW for one in lines[key])))
    return {}


@Together
async def follow_refunds(batch: Batch) -> Errors:
    """Have the cash receipts show what is left after refunds."""
    await receipts.follow_refunds(sorted(event.payload["refund_id"] for event in batch.events))
    return {}


async def erase_former_member(payload: dict[str, Any]) -> None:
    """Have every domain erase its personal data of the former member."""
    await personal_data.erase_member(payload["user_id"])


async def tell_who_waits_for_stock(payload: dict[str, Any]) -> None:
    """Make the restock alerts of a variant due, because it has stock again."""
    await sending.mark_due(payload["variant_id"])


async def index_products_of_category(payload: dict[str, Any]) -> None:
    """Reindex the products of a category and its subcategories after it was renamed or moved. Runs in any number of
    short transactions."""
    await indexing.reindex_categories([payload["category_id"]])


@Together
async def create_outbound_deliveries(batch: Batch) -> Errors:
    """Create a delivery for each outgoing webhook that subscribes to an event, for every topic of the public catalogue.

    It takes the events and not only their payloads: an event's id makes the deliveries unique, and its time is in the
    message.
    """
    return await create.tell_all(batch.events)


HANDLERS: dict[str, tuple[Handler, ...]] = {
    # Handlers that need Redis come last, so that an outage delays neither messages nor erasure.
    "order.paid": (
        orders.tell_paid,
        set_due_days,
        follow_cash_receipts,
        staff.tell_order_paid,
        take_ordered_out_of_cart,
    ),
    "order.awaiting_deposit": (orders.tell_deposit_wanted, take_ordered_out_of_cart),
    "order.account_closed": (orders.tell_account_closed,),
    "order.expired": (orders.tell_expired,),
    "order.cancelled": (orders.tell_cancelled,),
    "order.preparing": (lines.tell_preparing,),
    "order.delayed": (lines.tell_delayed,),
    "order.lines_cancelled": (cancels.tell_lines_cancelled,),
    "order.shipped": (parcels.tell_shipped,),
    "shipment.moved": (parcels.tell_delivered, follow_escrow, staff.tell_parcel_moved),
    "order.confirmed": (follow_escrow,),
    "shipment.contested": (staff.tell_parcel_contested,),
    "payment.discrepancy": (staff.tell_discrepancy,),
    "shipment.corrected": (
        parcels.tell_corrected,
        follow_escrow,
    ),
    # Waits for claims: nothing emits this topic yet.
    "claim.changed": (orders.tell_claim_changed,),
    "refund.succeeded": (orders.tell_refunded, follow_refunds),
    "refund.needs_account": (orders.tell_account_needed,),
    "refund.account_changed": (orders.tell_account_changed,),
    "category.renamed": (index_products_of_category,),
    "category.moved": (index_products_of_category,),
    "stock.returned": (tell_who_waits_for_stock,),
    "user.withdrawal_asked": (members.tell_withdrawal_asked,),
    "user.withdrawal_cancelled": (members.tell_withdrawal_cancelled,),
    "user.withdrawn": (erase_former_member,),
}

# Priority of events by topic, "normal" if not listed. Shoppers wait for the high ones; nobody waits for the low ones.
PRIORITIES: dict[str, Priority] = {
    "order.paid": "high",
    "order.awaiting_deposit": "high",
    "order.account_closed": "high",
    "category.renamed": "low",
    "category.moved": "low",
}
