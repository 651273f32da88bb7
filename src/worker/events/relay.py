"""Relay events from the outbox to their handlers: at least once, in order within one aggregate.

Several relays may run at once (`taking`). An event waits while an earlier one of its aggregate is not done. An event
that failed too often becomes DEAD with its error, and the later ones continue.
"""

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any, Final

from src.common import clock
from src.common.logs.setup import where
from src.common.models.outbox_event import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import late_writes, queue, wakeup
from src.common.work.jobs import Priority
from src.core.database.statements import change, marks
from src.worker.events.handlers import PRIORITIES
from src.worker.events.handling import handle, steps
from src.worker.events.taking import LEASE_SECONDS, give_back, take, take_over
from src.worker.transport.base import Transport, Work
from src.worker.transport.local import INLINE

logger = logging.getLogger(__name__)

KIND: Final = "events"
MOST_EVENTS: Final = 200
BATCH: Final = 20
RENEW_SECONDS: Final = 10.0
GATHER_SECONDS: Final = 0.4
"""While events keep coming, those of so long a time are one batch. The first after a pause is taken at once."""


async def relay_outbox(*, transport: Transport = INLINE, limit: int = MOST_EVENTS) -> int:
    """Send up to `limit` due events to their handlers, oldest first, and return their number. The job ``relay-outbox``.

    Events of one aggregate are sent together, up to BATCH in one message.
    """
    events, since = await take(limit), monotonic()
    for priority, batch in _batches(events):
        payload = {"ids": [event.id for event in batch], "lease": batch[0].lease_token}
        here = partial(_deliver_held, batch, payload, since=since)
        await transport.send(Work(kind=KIND, payload=payload, priority=priority, here=here))
    return len(events)


async def deliver(payload: dict[str, Any]) -> None:
    """Run the handlers of the events that `relay_outbox` sent, in order. The executor of KIND.

    Events whose lease was lost are skipped: another relay holds them. After a failure the later events of the aggregate
    wait.
    """
    token = queue.new_lease()
    if events := await take_over(payload["ids"], lease=payload["lease"], token=token):
        await _deliver(events)


async def _deliver_held(events: Sequence[OutboxEvent], payload: dict[str, Any], *, since: float) -> None:
    """Deliver events in the process that took them. After a long wait for room their lease is looked for again."""
    if monotonic() - since < RENEW_SECONDS:
        await _deliver(events)
    else:
        await deliver(payload)


async def _deliver(events: Sequence[OutboxEvent]) -> None:
    """Handle leased events: at each step the first one of each aggregate that is left."""
    lease = _Lease(events[0].lease_token, {event.id for event in events})
    left: dict[str, list[OutboxEvent]] = defaultdict(list)
    for event in events:
        left[event.aggregate].append(event)
    renewing = asyncio.create_task(lease.renew())
    done: list[int] = []
    try:
        while left:
            for step in steps([line.pop(0) for line in left.values()]):
                if lease.is_lost:
                    return
                errors = await handle(step)
                done += [event.id for event in step if event.id not in errors]
                if errors:
                    await _release(step, errors, left, lease)
            left = {aggregate: line for aggregate, line in left.items() if line}
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewing
        await _finish(done, lease.token)
        if done:
            # An event that came meanwhile waited for an earlier one of its aggregate, and no loop looks for it now.
            wakeup.wake("relay-outbox")


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


async def _release(
    step: Sequence[OutboxEvent], errors: Mapping[int, Exception], left: dict[str, list[OutboxEvent]], lease: _Lease
) -> None:
    """Put the failed events of a step back, and give back those behind them."""
    failed = [event for event in step if event.id in errors]
    behind = [event.id for each in failed for event in left.pop(each.aggregate)]
    lease.ids -= {*errors, *behind}
    await _put_back(failed, errors)
    if behind:
        await give_back(behind, lease.token)


async def _put_back(events: Sequence[OutboxEvent], errors: Mapping[int, Exception]) -> None:
    """Put failed events back for a retry as `queue.put_back` does, those that failed alike by one statement."""
    alike: dict[tuple[int, str], list[OutboxEvent]] = defaultdict(list)
    for event in events:
        alike[event.attempts, type(errors[event.id]).__name__].append(event)
    for (_, error), rows in alike.items():
        mine = OutboxEvent.filter(id__in=[row.id for row in rows], lease_token=rows[0].lease_token)
        values = queue.later(rows[0], error, first_delay=1.0)
        await late_writes.write_or_keep(partial(_update, mine, values))


async def _update(rows: Any, values: dict[str, Any]) -> int:
    changed: int = await rows.update(**values)
    return changed


async def _finish(ids: list[int], lease: str) -> None:
    """Mark the events done with one statement: a commit for each event would take most of the time."""
    if ids:
        text = f"""UPDATE outbox_event SET work_status = 'DONE', last_error = '', done_at = %s
            WHERE id IN ({marks(len(ids))}) AND lease_token = %s AND work_status = 'PENDING'"""  # noqa: S608
        values = [clock.now(), *ids, lease]
        await late_writes.write_or_keep(lambda: change(text, values))
