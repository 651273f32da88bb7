"""Move closed orders and all their rows to the archive tables, and back when an order must change.

Higher domains register the tables that move with an order (`register_parts`) and the conditions that keep an order live
(`register_keeper`). Reads look into both sets of tables (`queries`). Changing an order begins with `lock_order`, which
brings an archived order back.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final

from tortoise.expressions import Q

from src.app.order.models import (
    LineChange,
    LineChangeArchive,
    Order,
    OrderArchive,
    OrderEffect,
    OrderEffectArchive,
    OrderEvent,
    OrderEventArchive,
    OrderLine,
    OrderLineArchive,
    OrderRevival,
    OrderRevivalArchive,
    OrderShippingRow,
    OrderShippingRowArchive,
    OrderStatus,
)
from src.common import clock
from src.common.logs.setup import where
from src.common.models.outbox_event import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.records.archiving import Part, move
from src.core.configs import settings
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

Keeper = Callable[[Sequence[Order]], Awaitable[set[int]]]

BATCH: Final = 50
# An order that stays DELIVERED, because nobody confirms it, is kept live for at least this long, even if
# ARCHIVE_AFTER_DAYS is shorter.
UNCONFIRMED: Final = timedelta(days=30)
PARTS: Final = (
    Part(live=Order, archive=OrderArchive, parent=Order, column="id"),
    Part(live=OrderLine, archive=OrderLineArchive, parent=Order, column="order_id"),
    Part(live=LineChange, archive=LineChangeArchive, parent=Order, column="order_id"),
    Part(live=OrderEvent, archive=OrderEventArchive, parent=Order, column="order_id"),
    Part(live=OrderRevival, archive=OrderRevivalArchive, parent=Order, column="order_id"),
    Part(live=OrderEffect, archive=OrderEffectArchive, parent=Order, column="order_id"),
    Part(live=OrderShippingRow, archive=OrderShippingRowArchive, parent=Order, column="order_id"),
)

_parts: dict[str, tuple[Part, ...]] = {}
_keepers: dict[str, Keeper] = {}


def register_parts(name: str, parts: Sequence[Part]) -> None:
    """Add tables of a higher domain that move with orders, parents first. Registering a name again replaces it."""
    _parts[name] = tuple(parts)


def register_keeper(name: str, keeper: Keeper) -> None:
    """Add a function that returns the ids of the orders that must stay live. It runs with the orders locked."""
    _keepers[name] = keeper


def all_parts() -> tuple[Part, ...]:
    """Return all tables whose rows move with an order, parents first."""
    return (*PARTS, *chain.from_iterable(_parts.values()))


async def archive_closed() -> int:
    """Archive every order that closed more than ARCHIVE_AFTER_DAYS ago and has nothing open; return the number moved.

    The job ``archive-orders``. Each batch is one transaction that locks the orders and the rows that move with them. A
    repeat moves what is left, also at the same time or after a crash. A batch that fails is split in halves down to
    single orders, so that one faulty order does not hold up the others.
    """
    now = clock.now()
    moved = 0
    for status, until in _limits(now).items():
        last: tuple[datetime, int] | None = None
        while found := await _candidates(status, until=until, after=last):
            last = found[-1]
            moved += await _batch([order_id for _, order_id in found], now=now)
    return moved


async def bring_back(order_id: int) -> bool:
    """Move an archived order and all its rows back to the live tables, inside the open unit of work.

    Return False if the order is not archived (any more). Concurrent calls are safe: the second waits for the first and
    finds nothing to move.
    """
    return bool(await move(all_parts(), [order_id], back=True))


def _limits(now: datetime) -> dict[OrderStatus, datetime]:
    """Return, for each closed status, the latest end at which an order may be archived."""
    until = now - timedelta(days=settings().orders.archive_after_days)
    return {
        OrderStatus.EXPIRED: until,
        OrderStatus.CANCELLED: until,
        OrderStatus.RETURNED: until,
        OrderStatus.CONFIRMED: until,
        OrderStatus.DELIVERED: min(until, now - UNCONFIRMED),
    }


async def _candidates(
    status: OrderStatus, *, until: datetime, after: tuple[datetime, int] | None
) -> list[tuple[datetime, int]]:
    """Return (expires_at, id) of orders whose hold ended by `until`, by the index (status, expires_at).

    A first filter only: `_archive` checks the real end. An order that ended before its hold did is found later, by the
    length of its hold at most.
    """
    found = Order.filter(status=status, expires_at__lte=until)
    if after is not None:
        moment, order_id = after
        found = found.filter(Q(expires_at__gt=moment) | Q(expires_at=moment, id__gt=order_id), expires_at__gte=moment)
    return list(await found.order_by("expires_at", "id").limit(BATCH).values_list("expires_at", "id"))


async def _batch(ids: list[int], *, now: datetime) -> int:
    try:
        return await unit_of_work(partial(_archive, ids, now=now))
    except Exception as error:  # noqa: BLE001 - one order that cannot move must not keep the others
        if len(ids) == 1:
            logger.error("order %d could not be archived: %s", ids[0], where(error))
            return 0
        return sum([await _batch(half, now=now) for half in _halves(ids)])


def _halves(ids: list[int]) -> Iterator[list[int]]:
    middle = len(ids) // 2
    yield ids[:middle]
    yield ids[middle:]


async def _archive(ids: list[int], *, now: datetime) -> int:
    """Check the orders again under their locks, and move those that are still closed and that no keeper holds back."""
    orders = await Order.filter(id__in=ids).order_by("id").select_for_update()
    limits = _limits(now)
    closed = [order for order in orders if order.status in limits and _ended(order) <= limits[order.status]]
    if not closed:
        return 0
    ids = [order.id for order in closed]
    # Lines are locked before payments, which the keepers lock (docs/architecture.md#r11). Load whole rows:
    # `values_list` would drop the lock.
    await OrderLine.filter(order_id__in=ids).order_by("id").select_for_update()
    kept = await _told_of(closed)
    for keeper in _keepers.values():
        kept |= await keeper(closed)
    return await move(all_parts(), [order_id for order_id in ids if order_id not in kept])


def _ended(order: Order) -> datetime:
    return order.ended_at or order.updated_at


async def _told_of(orders: Sequence[Order]) -> set[int]:
    """Return the ids of orders with an outbox event that is pending or dead."""
    ids = {f"order:{order.id}": order.id for order in orders}
    waiting = OutboxEvent.filter(work_status__in=[WorkStatus.PENDING, WorkStatus.DEAD], aggregate__in=list(ids))
    return {ids[aggregate] for (aggregate,) in await waiting.values_list("aggregate")}
