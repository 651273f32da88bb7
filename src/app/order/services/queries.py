"""Reads of orders, live and archived.

`unpaid_ends`, `overdue`, `awaiting_deposit`, `waiting`, `paid_pages`, `waited_for_deposit` and `lost_its_account` read
live orders only.

Only `readable` and `of_guest` decide whether a caller may see an order (docs/architecture.md#r3).
"""

import re
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from src.app.order.errors import OrderNotFound
from src.app.order.models import (
    PAID_ON,
    UNPAID,
    LineChange,
    LineChangeArchive,
    Order,
    OrderArchive,
    OrderEvent,
    OrderEventArchive,
    OrderLine,
    OrderLineArchive,
    OrderRevival,
    OrderStatus,
)
from src.app.order.services import guest_tokens
from src.app.order.services.paging import Wanted, page_of
from src.app.user.dtos.admin import OrderFigures
from src.common.dtos.phones import same_phone
from src.common.identity import Identity
from src.common.ids import ORDER_NO_PATTERN
from src.common.records.archiving import either, rows_of
from src.common.records.invariants import Look, pages
from src.core.database.statements import fetch, find_one, marks

NUMBER = re.compile(ORDER_NO_PATTERN)


async def by_number(order_no: str) -> Order | None:
    """Return the order with this number, without a check of the caller; None if absent or not an order number."""
    if not NUMBER.fullmatch(order_no):
        return None
    return await either(Order, OrderArchive, lambda table: find_one(table, "order_no = %s", (order_no,)))


class PaidOrNot(NamedTuple):
    """Row id of an order, and whether it was ever paid in time."""

    id: int
    is_paid: bool


async def paid_or_not(order_nos: Collection[str]) -> dict[str, PaidOrNot]:
    """Return these orders by number, absent ones left out. One query if all are live, else up to three."""
    wanted = {order_no for order_no in order_nos if NUMBER.fullmatch(order_no)}
    found: dict[str, PaidOrNot] = {}
    for table in ("orders", "orders_archive", "orders"):  # live again: an order may move back in between
        if missing := wanted - found.keys():
            text = f"SELECT id, order_no, paid_at IS NOT NULL AS is_paid FROM {table}"  # noqa: S608 - our own words
            rows = await fetch(f"{text} WHERE order_no IN ({marks(len(missing))})", sorted(missing))
            found |= {row["order_no"]: PaidOrNot(row["id"], bool(row["is_paid"])) for row in rows}
    return found


async def readable(order_no: str, *, by: Identity, guest_token: str | None) -> Order:
    """Return the order if it belongs to the calling member, or is a guest's and the token opens it.

    Otherwise raises OrderNotFound, the same as for an absent order.
    """
    order = await by_number(order_no)
    if order is not None:
        if order.member_id is not None and order.member_id == by.member_id:
            return order
        if order.member_id is None and guest_tokens.opens(guest_token, order):
            return order
    raise OrderNotFound


async def by_id(order_id: int) -> Order:
    """Return the order with this row id, without a check of the caller. Raises OrderNotFound."""
    order = await either(Order, OrderArchive, lambda table: find_one(table, "id = %s", (order_id,)))
    if order is None:
        raise OrderNotFound
    return order


async def by_ids(order_ids: Sequence[int]) -> dict[int, Order]:
    """Return the orders with these ids, by id; absent ones are left out."""
    return {order_id: order for order_id, (order,) in (await rows_of(Order, OrderArchive, "id", order_ids)).items()}


async def by_numbers(order_nos: Collection[str]) -> dict[str, Order]:
    """Return the orders with these numbers, by number; absent ones are left out."""
    wanted = sorted({order_no for order_no in order_nos if NUMBER.fullmatch(order_no)})
    return {order_no: order for order_no, (order,) in (await rows_of(Order, OrderArchive, "order_no", wanted)).items()}


async def is_taken(order_no: str) -> bool:
    """Return True if an order has this number."""
    return await by_number(order_no) is not None


async def unpaid_ends(
    *, limit: int, member_id: int | None = None, cart: str | None = None, network: str | None = None
) -> list[datetime]:
    """Return when the holds of up to `limit` unpaid orders end, the earliest first.

    The orders are the member's; without a member those of guests with this cart in hand; without a cart too those of
    guests in this network.
    """
    unpaid = Order.filter(status__in=UNPAID, member_id=member_id)
    if member_id is None:
        unpaid = unpaid.filter(client_network=network) if cart is None else unpaid.filter(cart_in_hand=cart)
    return [ends for (ends,) in await unpaid.order_by("expires_at").limit(limit).values_list("expires_at")]


async def overdue(*, now: datetime, after_id: int, limit: int) -> list[int]:
    """Return ids of unpaid orders whose hold has ended, in id order, above `after_id`."""
    late = Order.filter(status__in=UNPAID, expires_at__lte=now, id__gt=after_id).order_by("id").limit(limit)
    return [order_id for (order_id,) in await late.values_list("id")]


async def awaiting_deposit(*, since: datetime, until: datetime, after_id: int, limit: int) -> list[int]:
    """Return ids of orders that wait for a deposit and whose hold ends within (since, until], in id order, above
    `after_id`."""
    waiting = Order.filter(status=OrderStatus.AWAITING_DEPOSIT, expires_at__gt=since, expires_at__lte=until)
    found = waiting.filter(id__gt=after_id).order_by("id").limit(limit)
    return [order_id for (order_id,) in await found.values_list("id")]


async def waited_for_deposit(order_ids: Sequence[int]) -> set[int]:
    """Return those of these orders that ever waited for a deposit."""
    hops = OrderEvent.filter(order_id__in=order_ids, to_status=OrderStatus.AWAITING_DEPOSIT.value)
    return {order_id for (order_id,) in await hops.values_list("order_id")}


async def lost_its_account(order_id: int) -> bool:
    """Return True if the order ever returned from AWAITING_DEPOSIT to PENDING because its account was closed."""
    came_from, to = OrderStatus.AWAITING_DEPOSIT.value, OrderStatus.PENDING.value
    return await OrderEvent.filter(order_id=order_id, from_status=came_from, to_status=to).exists()


async def waiting(*, placed_until: datetime, after_id: int, limit: int) -> list[int]:
    """Return ids of unpaid orders placed at or before `placed_until`, in id order, above `after_id`."""
    unpaid = Order.filter(status__in=UNPAID, created_at__lte=placed_until, id__gt=after_id).order_by("id").limit(limit)
    return [order_id for (order_id,) in await unpaid.values_list("id")]


async def paid_pages(look: Look) -> AsyncIterator[list[Order]]:
    """Yield pages of the live orders of a look that are or were paid."""
    async for page in pages(Order, look, status__in=[*PAID_ON, OrderStatus.CANCELLED]):
        yield [order for order in page if order.status in PAID_ON or order.paid_at is not None]


async def of_guest(order_no: str, *, phone: str) -> Order:
    """Return a guest's order by its number and the orderer's telephone number, in any spelling.

    Raises OrderNotFound if absent, a member's, or of another telephone number.
    """
    order = await by_number(order_no)
    if order is None or order.member_id is not None or not same_phone(order.orderer_phone, phone):
        raise OrderNotFound
    return order


async def of_member(
    member_id: int,
    *,
    status: OrderStatus | None,
    since: datetime | None,
    until: datetime | None,
    window: tuple[int, int],
    after: tuple[str, tuple[object, ...]] | None = None,
) -> tuple[list[Order], int]:
    """Return a page of a member's orders, newest first, and the total over all pages.

    `window` is (offset, limit); `after` is passed to `paging.page_of`.
    """
    ids, total = await page_of(Wanted(member_id, status=status, since=since, until=until), window=window, after=after)
    found = await by_ids(ids)
    return [found[order_id] for order_id in ids if order_id in found], total


async def figures_of(member_id: int) -> OrderFigures:
    """Return the number of a member's orders and when the last one was placed."""
    last, count = await of_member(member_id, status=None, since=None, until=None, window=(0, 1))
    return OrderFigures(count=count, last_ordered_at=last[0].created_at if last else None)


async def with_lines(order_no: str) -> tuple[Order, list[OrderLine]]:
    """Return an order and its lines, without a check of the caller. Raises OrderNotFound."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    return order, (await lines_of([order.id]))[order.id]


async def lines_of(order_ids: Sequence[int]) -> dict[int, list[OrderLine]]:
    """Return the lines of these orders by order id, in one query if all are live."""
    return await rows_of(OrderLine, OrderLineArchive, "order_id", order_ids)


async def events_of(order_ids: Sequence[int]) -> dict[int, list[OrderEvent]]:
    """Return the timelines of these orders by order id, in one query if all are live."""
    return await rows_of(OrderEvent, OrderEventArchive, "order_id", order_ids)


async def revived_at(order: Order) -> datetime | None:
    """Return when the live order was last revived, None if it never was."""
    if order.revival_id is None:
        return None
    rows = await OrderRevival.filter(id=order.revival_id).values_list("created_at")
    return rows[0][0] if rows else None


async def changes_of(order: Order) -> list[LineChange]:
    """Return the option changes of the order's lines, the oldest first. No query for an order that nobody changed."""
    if order.paper_changed_at is None:
        return []
    return (await rows_of(LineChange, LineChangeArchive, "order_id", [order.id])).get(order.id, [])


async def pictures_shown(paths: frozenset[str]) -> set[str]:
    """Return the paths that a live or archived order line uses. See `media.references`.

    A line shows the picture of the bought product even after the product was deleted.
    """
    shown: set[str] = set()
    for table in (OrderLine, OrderLineArchive):
        found = table.filter(image_path__in=list(paths)).distinct().values_list("image_path", flat=True)
        shown.update(str(path) for path in await found)
    return shown
