"""Relay events from the outbox to their handlers: at least once, in order within one aggregate.

Several relays may run at once (SKIP LOCKED). An event waits while an earlier one of its aggregate is not done. An event
that failed too often becomes DEAD with its error, and the later ones continue.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final

from tortoise.expressions import F, Q

from src.common import clock
from src.common.logs import error_hook
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.outbox_event import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import late_writes, queue
from src.common.work.jobs import Priority
from src.core.database import proven_by, unit_of_work
from src.core.database.statements import dialect, fetch
from src.worker.events.handlers import HANDLERS, PRIORITIES, create_outbound_deliveries
from src.worker.transport.base import Transport, Work
from src.worker.transport.local import INLINE

logger = logging.getLogger(__name__)

KIND: Final = "events"
MOST_EVENTS: Final = 200
BATCH: Final = 20
LEASE_SECONDS: Final = 30
RENEW_SECONDS: Final = 10.0
BEYOND: Final = timedelta(seconds=queue.MAX_DELAY_SECONDS) + timedelta(minutes=5)
"""Longest plausible wait. An event further ahead was written before the clock was set back, and is due."""

# Events behind an earlier one of their aggregate that failed or is in progress are excluded, so that they do not fill
# the batch. ORDER BY begins with `available_at`, the order of the index, so that no more rows are locked than taken.
_DUE: Final = """
SELECT e.id AS id FROM outbox_event e
WHERE e.work_status = 'PENDING' AND (e.available_at <= %s OR e.available_at > %s) AND NOT EXISTS (
    SELECT 1 FROM outbox_event b WHERE b.aggregate = e.aggregate AND b.work_status = 'PENDING'
    AND b.available_at > e.available_at AND b.id < e.id)
ORDER BY e.available_at, e.id LIMIT %s"""


async def relay_outbox(*, transport: Transport = INLINE, limit: int = MOST_EVENTS) -> int:
    """Send up to `limit` due events to their handlers, oldest first, and return their number. The job ``relay-outbox``.

    Events of one aggregate are sent together, up to BATCH in one message.
    """
    events = await take(limit)
    for priority, batch in _batches(events):
        payload = {"ids": [event.id for event in batch], "lease": batch[0].lease_token}
        await transport.send(Work(kind=KIND, payload=payload, priority=priority))
    return len(events)


async def take(limit: int) -> list[OutboxEvent]:
    """Lease due events for LEASE_SECONDS and count the attempt: the earliest unfinished ones of each aggregate.

    Locks the rows for the short transaction only. Events that another relay has locked are skipped, with all later
    events of their aggregates.
    """
    now = clock.now()
    due = OutboxEvent.filter(
        Q(available_at__lte=now) | Q(available_at__gt=now + BEYOND), work_status=WorkStatus.PENDING
    )
    if not await due.limit(1).values_list("id"):
        return []

    async def lease() -> list[OutboxEvent]:
        locking = " FOR UPDATE SKIP LOCKED" if dialect() == "mysql" else ""
        found = [row["id"] for row in await fetch(_DUE + locking, (now, now + BEYOND, limit))]
        ids = await _first_in_line(found) if found else []
        if not ids:
            return []
        token = queue.new_lease()
        await OutboxEvent.filter(id__in=ids).update(
            available_at=now + timedelta(seconds=LEASE_SECONDS), lease_token=token, attempts=F("attempts") + 1
        )
        proven_by(partial(queue.is_held, OutboxEvent, ids[0], token))
        return await OutboxEvent.filter(id__in=ids).order_by("id")

    return await unit_of_work(lease)


async def deliver(payload: dict[str, Any]) -> None:
    """Run the handlers of the events that `relay_outbox` sent, in order. The executor of KIND.

    Events whose lease was lost are skipped: another relay holds them. After a failure the later events of the aggregate
    wait.
    """
    lease = _Lease(queue.new_lease())
    sent = OutboxEvent.filter(
        id__in=payload["ids"], lease_token=payload["lease"], work_status=WorkStatus.PENDING
    )  # a message may be delivered twice: the second no longer finds this lease
    await sent.update(lease_token=lease.token, available_at=clock.now() + timedelta(seconds=LEASE_SECONDS))
    events = await OutboxEvent.filter(id__in=payload["ids"], lease_token=lease.token).order_by("id")
    lease.ids.update(event.id for event in events)
    renewing = asyncio.create_task(lease.renew())
    done: list[int] = []
    held: set[str] = set()
    try:
        for event in events:
            if lease.is_lost:
                break
            if event.aggregate in held:
                lease.ids.discard(event.id)
                await _give_back(event)
            elif await _handled(event):
                done.append(event.id)
            else:
                held.add(event.aggregate)
                lease.ids.discard(event.id)
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewing
        await _finish(done, lease.token)


@dataclass
class _Lease:
    """The lease on the events in progress, renewed while handlers run."""

    token: str
    ids: set[int] = field(default_factory=set)
    is_lost: bool = False

    async def renew(self) -> None:
        """Renew the lease every RENEW_SECONDS. Sets `is_lost` if another relay took one of the events."""
        while not self.is_lost:
            await asyncio.sleep(RENEW_SECONDS)
            mine = OutboxEvent.filter(id__in=list(self.ids), lease_token=self.token, work_status=WorkStatus.PENDING)
            try:
                await mine.update(available_at=clock.now() + timedelta(seconds=LEASE_SECONDS))
                self.is_lost = await mine.count() < len(self.ids)
            except Exception as error:  # noqa: BLE001 - the database is unavailable: if the lease ends, it is taken over
                logger.warning("the lease of events was not renewed: %s", where(error))


async def _first_in_line(found: list[int]) -> list[int]:
    """Return the locked events whose earlier events in the aggregate are all locked here too."""
    aggregates = {aggregate for (aggregate,) in await OutboxEvent.filter(id__in=found).values_list("aggregate")}
    open_ones = OutboxEvent.filter(aggregate__in=aggregates, work_status=WorkStatus.PENDING, id__lte=max(found))
    locked, broken, first = set(found), set(), []
    for event_id, aggregate in await open_ones.order_by("id").values_list("id", "aggregate"):
        if event_id not in locked:
            broken.add(aggregate)
        elif aggregate not in broken:
            first.append(event_id)
    return first


def _batches(events: Iterable[OutboxEvent]) -> list[tuple[Priority, list[OutboxEvent]]]:
    """Group the events for sending. Events of one aggregate stay together; the most urgent one sets the priority of
    all."""
    groups: dict[str, list[OutboxEvent]] = defaultdict(list)
    for event in events:
        groups[event.aggregate].append(event)
    lanes: dict[Priority, list[list[OutboxEvent]]] = {"high": [], "normal": [], "low": []}
    for group in groups.values():
        wanted = {PRIORITIES.get(event.topic, "normal") for event in group}
        priority: Priority = next(each for each in lanes if each in wanted)
        batches = lanes[priority]
        if batches and len(batches[-1]) + len(group) <= BATCH:
            batches[-1] += group
        else:
            batches.append(list(group))
    return [(priority, batch) for priority, batches in lanes.items() for batch in batches]


async def _handled(event: OutboxEvent) -> bool:
    """Return True if all handlers succeeded. After a failure the other handlers still run, and the event is put back
    for a retry: a mail that cannot be written must not leave ordered items in a cart."""
    handlings: list[Callable[[], Awaitable[None]]] = [
        *(partial(handler, event.payload) for handler in HANDLERS.get(event.topic, ())),
        partial(create_outbound_deliveries, event),
    ]
    with under(event.request_id):
        errors = [error for handling in handlings if (error := await _broken(event, handling))]
    if errors:
        await queue.put_back(event, type(errors[0]).__name__)
    return not errors


async def _broken(event: OutboxEvent, handling: Callable[[], Awaitable[None]]) -> Exception | None:
    try:
        await handling()
    except Exception as error:  # noqa: BLE001 - a failing event must not stop the others
        logger.error("event %d (%s) failed: %s", event.id, event.topic, where(error))
        error_hook.tell(error, during=f"event {event.topic}")
        return error
    return None


async def _finish(ids: list[int], lease: str) -> None:
    """Mark the events done with one statement: a commit for each event would take most of the time."""
    if ids:
        mine = OutboxEvent.filter(id__in=ids, lease_token=lease, work_status=WorkStatus.PENDING)
        values = {"work_status": WorkStatus.DONE, "last_error": "", "done_at": clock.now()}
        await late_writes.write_or_keep(lambda: mine.update(**values))


async def _give_back(event: OutboxEvent) -> None:
    """Make an event that was not tried due at once; this attempt is not counted. It waits for the earlier one."""
    mine = OutboxEvent.filter(id=event.id, lease_token=event.lease_token)
    await mine.update(available_at=clock.now(), attempts=F("attempts") - 1)
