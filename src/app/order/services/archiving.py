"""Closed orders leave the live tables, with everything that belongs to them, and come back when something happens.

Higher domains register what else moves with an order and what keeps one from moving: `register_parts` and
`register_keeper`. Reads look into both (`queries`); whoever changes an order locks it first, which brings it back.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Final

from tortoise.expressions import Q

from src.app.order.models import (
    Order,
    OrderArchive,
    OrderEvent,
    OrderEventArchive,
    OrderLine,
    OrderLineArchive,
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
# Nobody confirmed it, also not the job that does so a week after the delivery: time for that, whatever the setting.
UNCONFIRMED: Final = timedelta(days=30)
PARTS: Final = (
    Part(live=Order, archive=OrderArchive, parent=Order, column="id"),
    Part(live=OrderLine, archive=OrderLineArchive, parent=Order, column="order_id"),
    Part(live=OrderEvent, archive=OrderEventArchive, parent=Order, column="order_id"),
)

_parts: dict[str, tuple[Part, ...]] = {}
_keepers: dict[str, Keeper] = {}


def register_parts(name: str, parts: Sequence[Part]) -> None:
    """These tables of a higher domain move with orders, parents first. A name registered again is replaced."""
    _parts[name] = tuple(parts)


def register_keeper(name: str, keeper: Keeper) -> None:
    """`keeper` is asked, inside the transaction and with the orders locked, which of them (ids) must stay live."""
    _keepers[name] = keeper


def all_parts() -> tuple[Part, ...]:
    """Everything that moves with an order, parents first."""
    return (*PARTS, *chain.from_iterable(_parts.values()))


async def archive_closed() -> int:
    """Archive every order that closed more than ARCHIVE_AFTER_DAYS ago and has nothing open; returns how many.

    The job ``archive-orders``. One transaction a batch, which locks the orders and what moves with them; a repeat, also
    at the same time or after a crash in between, moves what is left. A batch that cannot be moved is moved order by
    order, so that one keeps no other.
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
    """Move an archived order and all that belongs to it back to the live tables, inside the open unit of work.

    False when it is not archived (any more). Safe from several sides: the second waits for the first, finds nothing.
    """
    return bool(await move(all_parts(), [order_id], back=True))


def _limits(now: datetime) -> dict[OrderStatus, datetime]:
    """Until when an order of a closed status must have ended."""
    until = now - timedelta(days=settings().orders.archive_after_days)
    return {
        OrderStatus.EXPIRED: until,
        OrderStatus.CANCELLED: until,
        OrderStatus.CONFIRMED: until,
        OrderStatus.DELIVERED: min(until, now - UNCONFIRMED),
    }


async def _candidates(
    status: OrderStatus, *, until: datetime, after: tuple[datetime, int] | None
) -> list[tuple[datetime, int]]:
    """Keys of orders whose hold ended so long ago, which the index (status, expires_at) finds: none ended earlier by
    more than its hold."""
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
    """Look again under the locks, and move what is still closed and kept by nobody."""
    orders = await Order.filter(id__in=ids).order_by("id").select_for_update()
    limits = _limits(now)
    closed = [order for order in orders if order.status in limits and _ended(order) <= limits[order.status]]
    if not closed:
        return 0
    ids = [order.id for order in closed]
    # Lines come before payments, which the keepers lock (docs/architecture.md#r11). As rows: `values_list` would drop
    # the lock.
    await OrderLine.filter(order_id__in=ids).order_by("id").select_for_update()
    kept = await _told_of(closed)
    for keeper in _keepers.values():
        kept |= await keeper(closed)
    return await move(all_parts(), [order_id for order_id in ids if order_id not in kept])


def _ended(order: Order) -> datetime:
    return order.ended_at or order.updated_at


async def _told_of(orders: Sequence[Order]) -> set[int]:
    """Ids of orders that an event in the outbox, not worked off yet, is about."""
    ids = {f"order:{order.id}": order.id for order in orders}
    waiting = OutboxEvent.filter(work_status__in=[WorkStatus.PENDING, WorkStatus.DEAD], aggregate__in=list(ids))
    return {ids[aggregate] for (aggregate,) in await waiting.values_list("aggregate")}
