"""Retention rules of orders, for members and guests, live and archived (docs/retention.md).

When the period ends, the personal values are emptied; the row stays with numbers, lines and sums.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Final

from src.app.order.models import Order, OrderArchive, OrderEvent, OrderEventArchive, OrderStatus
from src.app.order.services.retention.anonymising import RETENTION, emptied, holds_personal
from src.app.order.services.withdrawal import OPEN
from src.common.records.retention import Rule, batches
from src.core.database import unit_of_work

Paid = Callable[[Sequence[int]], Awaitable[set[int]]]

EVENTS: Final[dict[type[Order], type[OrderEvent]]] = {Order: OrderEvent, OrderArchive: OrderEventArchive}

_paid: dict[str, Paid] = {}


def register_paid(name: str, paid: Paid) -> None:
    """Add a function that returns which of these orders (ids) moved money. Registering a name again replaces it."""
    _paid[name] = paid


def _over(table: type[Order], before: datetime) -> Any:
    """Return ended orders placed at or before `before` that hold personal values.

    A first filter only: an order may have ended later than `before`; `_without_later_hop` removes those.
    """
    return table.filter(holds_personal(), created_at__lte=before).exclude(status__in=OPEN)


async def _contracts(table: type[Order], before: datetime) -> AsyncIterator[list[int]]:
    async for ids in batches(_over(table, before)):
        if due := await _without_later_hop(table, ids, before):
            yield due


async def _unpaid(table: type[Order], before: datetime) -> AsyncIterator[list[int]]:
    expired = _over(table, before).filter(status=OrderStatus.EXPIRED, expires_at__lte=before)
    async for ids in batches(expired):
        due = await _without_money(await _without_later_hop(table, ids, before))
        if due:
            yield due


async def _without_later_hop(table: type[Order], ids: Sequence[int], before: datetime) -> list[int]:
    later = EVENTS[table].filter(order_id__in=list(ids), created_at__gt=before)
    rows = await later.values_list("order_id", "from_status", "to_status")
    hopped = {order_id for order_id, was, became in rows if was != became}
    return [order_id for order_id in ids if order_id not in hopped]


async def _without_money(ids: Sequence[int]) -> list[int]:
    moved: set[int] = set()
    for paid in _paid.values():
        moved |= await paid(ids)
    return [order_id for order_id in ids if order_id not in moved]


async def _erase(
    table: type[Order], ids: Sequence[int], before: datetime, *, is_due: Callable[[Any], Awaitable[bool]]
) -> int:
    return sum([await unit_of_work(partial(_empty, table, order_id, before, is_due)) for order_id in ids])


async def _empty(table: type[Order], order_id: int, before: datetime, is_due: Callable[[Any], Awaitable[bool]]) -> int:
    """Check the order again under its lock, and empty it. The next run finds one that has just changed tables."""
    order = await _over(table, before).filter(id=order_id).select_for_update().first()
    if order is None or not await _without_later_hop(table, [order_id], before) or not await is_due(order):
        return 0
    return await table.filter(id=order_id).update(**emptied(), cart_owner="", cart_in_hand="")


async def _always(_order: Order) -> bool:
    return True


async def _is_unpaid(order: Order) -> bool:
    return order.status == OrderStatus.EXPIRED and bool(await _without_money([order.id]))


def _rules(table: type[Order], name: str) -> tuple[Rule, Rule]:
    return (
        Rule(
            retention=RETENTION,
            table=name,
            subject="끝난 주문의 주문자와 배송지 / Orderers and addresses of orders that ended",
            find=partial(_contracts, table),
            erase=partial(_erase, table, is_due=_always),
        ),
        Rule(
            retention="unneeded",
            table=name,
            subject="결제되지 않고 만료된 주문의 주문자와 배송지 / Orderers and addresses of orders that nobody paid",
            find=partial(_unpaid, table),
            erase=partial(_erase, table, is_due=_is_unpaid),
        ),
    )


RULES: Final = (*_rules(Order, "orders"), *_rules(OrderArchive, "orders_archive"))
