"""Reads of orders. What a caller may see is decided in `readable`, and nowhere else (rule R3)."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from src.app.order.errors import OrderNotFound
from src.app.order.models import UNPAID, Order, OrderEvent, OrderLine, OrderStatus
from src.app.order.services import guest_tokens
from src.common.utils.identity import Identity
from src.common.utils.ids import ORDER_NO_PATTERN

NUMBER = re.compile(ORDER_NO_PATTERN)


async def by_number(order_no: str) -> Order | None:
    """The order with this number, whoever asks; None also for text that is no order number."""
    return await Order.filter(order_no=order_no).first() if NUMBER.fullmatch(order_no) else None


async def readable(order_no: str, *, by: Identity, guest_token: str | None) -> Order:
    """The order, if it is the member's, or a guest's whose token opens it. Otherwise OrderNotFound, as if absent."""
    order = await by_number(order_no)
    if order is not None:
        if order.member_id is not None and order.member_id == by.member_id:
            return order
        if order.member_id is None and guest_tokens.opens(guest_token, order):
            return order
    raise OrderNotFound


async def by_id(order_id: int) -> Order:
    """The order with this row id, whoever asks. Raises OrderNotFound."""
    order = await Order.filter(id=order_id).first()
    if order is None:
        raise OrderNotFound
    return order


async def is_taken(order_no: str) -> bool:
    """Whether an order has this number."""
    return await Order.filter(order_no=order_no).exists()


async def unpaid_ends(
    *, limit: int, member_id: int | None = None, phone: str | None = None, address: str | None = None
) -> list[datetime]:
    """When the holds of up to `limit` unpaid orders of this member, else phone, else network address end."""
    unpaid = Order.filter(status__in=UNPAID)
    if member_id is not None:
        unpaid = unpaid.filter(member_id=member_id)
    elif phone is not None:
        unpaid = unpaid.filter(orderer_phone=phone)
    else:
        unpaid = unpaid.filter(client_address=address)
    return [ends for (ends,) in await unpaid.order_by("expires_at").limit(limit).values_list("expires_at")]


async def overdue(*, now: datetime, after_id: int, limit: int) -> list[int]:
    """Ids of unpaid orders whose hold has ended, in id order, above `after_id`."""
    late = Order.filter(status__in=UNPAID, expires_at__lte=now, id__gt=after_id).order_by("id").limit(limit)
    return [order_id for (order_id,) in await late.values_list("id")]


async def of_guest(order_no: str, *, phone: str) -> Order:
    """A guest's order by its number and the orderer's telephone number (digits). Raises OrderNotFound."""
    order = await Order.filter(order_no=order_no, member_id=None, orderer_phone=phone).first()
    if order is None:
        raise OrderNotFound
    return order


async def of_member(
    member_id: int,
    *,
    status: OrderStatus | None,
    since: datetime | None,
    until: datetime | None,
    window: tuple[int, int],
) -> tuple[list[Order], int]:
    """A page of a member's orders, newest first, and how many there are. `window` is (offset, limit)."""
    mine = Order.filter(member_id=member_id)
    if status is not None:
        mine = mine.filter(status=status)
    if since is not None:
        mine = mine.filter(created_at__gte=since)
    if until is not None:
        mine = mine.filter(created_at__lt=until)
    offset, limit = window
    return await mine.order_by("-created_at", "-id").offset(offset).limit(limit), await mine.count()


async def with_lines(order_no: str) -> tuple[Order, list[OrderLine]]:
    """An order and its lines, whoever asks. Raises OrderNotFound."""
    order = await by_number(order_no)
    if order is None:
        raise OrderNotFound
    return order, await OrderLine.filter(order_id=order.id).order_by("id")


async def lines_of(order_ids: Sequence[int]) -> dict[int, list[OrderLine]]:
    """The lines of these orders in one query."""
    found: dict[int, list[OrderLine]] = defaultdict(list)
    for line in await OrderLine.filter(order_id__in=order_ids).order_by("id"):
        found[line.order_id].append(line)
    return found


async def events_of(order_ids: Sequence[int]) -> dict[int, list[OrderEvent]]:
    """The timelines of these orders in one query."""
    found: dict[int, list[OrderEvent]] = defaultdict(list)
    for event in await OrderEvent.filter(order_id__in=order_ids).order_by("id"):
        found[event.order_id].append(event)
    return found
