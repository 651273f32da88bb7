"""Lease due events of the outbox: read them, then take them by one compare-and-set, without a transaction.

Of several relays that read the same rows, the database gives each row to one: to whose UPDATE still finds the lease
token that was read.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from src.common import clock
from src.common.models.outbox_event import OutboxEvent
from src.common.work import queue
from src.core.database import single_statement
from src.core.database.statements import change, fetch, marks

LEASE_SECONDS: Final = 30
TRIES: Final = 5
"""Readings in a row whose events other relays took first."""

BEYOND: Final = timedelta(seconds=queue.MAX_DELAY_SECONDS) + timedelta(minutes=5)
"""Longest plausible wait. An event further ahead was written before the clock was set back, and is due."""

_COLUMNS: Final = ", ".join(f"e.`{name}`" for name in OutboxEvent._meta.fields_db_projection.values())  # noqa: SLF001

# Events behind an earlier one of their aggregate that failed or is in progress are excluded, so that they do not fill
# the batch. `earlier` counts the unfinished events before one: in the snapshot of one statement, so that two events of
# one commit are both seen or neither.
_DUE: Final = f"""
SELECT {_COLUMNS}, (
    SELECT COUNT(*) FROM outbox_event c
    WHERE c.aggregate = e.aggregate AND c.work_status = 'PENDING' AND c.id < e.id) AS earlier
FROM outbox_event e
WHERE e.work_status = 'PENDING' AND (e.available_at <= %s OR e.available_at > %s) AND NOT EXISTS (
    SELECT 1 FROM outbox_event b WHERE b.aggregate = e.aggregate AND b.work_status = 'PENDING'
    AND b.available_at > e.available_at AND b.id < e.id)
ORDER BY e.available_at, e.id LIMIT %s"""  # noqa: S608
_LEASED: Final = f"SELECT {_COLUMNS} FROM outbox_event e WHERE e.lease_token = %s AND e.id IN "  # noqa: S608


async def take(limit: int) -> list[OutboxEvent]:
    """Lease due events for LEASE_SECONDS and count the attempt: the earliest unfinished ones of each aggregate, in id
    order.

    Nothing is locked. Events that another relay takes meanwhile are left to it, with all later ones of their
    aggregates.
    """
    for _ in range(TRIES):
        now = clock.now()
        due = _first_in_line(await fetch(_DUE, (now, now + BEYOND, limit)))
        if not due:
            return []
        if taken := await _lease(due, now):
            return taken
    return []


async def take_over(ids: Sequence[int], *, lease: str, token: str) -> list[OutboxEvent]:
    """Move the lease of these events to `token` for LEASE_SECONDS and return those that had it, in id order.

    A message may be delivered twice: the second no longer finds its lease.
    """
    until = clock.now() + timedelta(seconds=LEASE_SECONDS)
    text = f"""UPDATE outbox_event SET lease_token = %s, available_at = %s
        WHERE id IN ({marks(len(ids))}) AND lease_token = %s AND work_status = 'PENDING'"""  # noqa: S608
    await change(text, [token, until, *ids, lease])
    return await _leased(ids, token)


async def give_back(ids: Sequence[int], token: str) -> None:
    """Make events that were not tried due at once; this attempt is not counted. They wait for the earlier ones."""
    text = "UPDATE `outbox_event` SET `available_at` = %s, attempts = attempts - 1"
    await change(f"{text} WHERE id IN ({marks(len(ids))}) AND lease_token = %s", [clock.now(), *ids, token])


def _first_in_line(rows: Sequence[dict[str, Any]]) -> list[OutboxEvent]:
    """Return the events whose earlier events of the aggregate are all among these too, in id order."""
    before: dict[str, int] = defaultdict(int)
    first = []
    for row in sorted(rows, key=lambda row: row["id"]):
        if row["earlier"] == before[row["aggregate"]]:
            first.append(OutboxEvent._init_from_db(**row))  # noqa: SLF001 - as Tortoise makes rows
        before[row["aggregate"]] += 1
    return first


async def _lease(due: Sequence[OutboxEvent], now: datetime) -> list[OutboxEvent]:
    """Take these events if they are unchanged, and return those that were.

    The new token proves what was taken, so the statement may be repeated after an answer that was lost.
    """
    token, until = queue.new_lease(), now + timedelta(seconds=LEASE_SECONDS)
    seen = sorted({event.lease_token for event in due})
    text = f"""UPDATE `outbox_event` SET `available_at` = %s, lease_token = %s, attempts = attempts + 1
        WHERE id IN ({marks(len(due))}) AND work_status = 'PENDING' AND lease_token IN ({marks(len(seen))})
        AND (available_at <= %s OR available_at > %s)"""  # noqa: S608
    values = [until, token, *(event.id for event in due), *seen, now, now + BEYOND]
    if await single_statement(lambda: change(text, values), is_harmless=True) != len(due):
        return await _won(due, token)
    for event in due:
        event.available_at, event.lease_token, event.attempts = until, token, event.attempts + 1
    return list(due)


async def _won(due: Sequence[OutboxEvent], token: str) -> list[OutboxEvent]:
    """Return the events that have the lease. Those behind one that another relay took are given back."""
    won = await _leased([event.id for event in due], token)
    ids = {event.id for event in won}
    lost: dict[str, int] = {}
    for event in due:
        if event.id not in ids:
            lost.setdefault(event.aggregate, event.id)
    behind = [event.id for event in won if event.id > lost.get(event.aggregate, event.id)]
    if behind:
        await give_back(behind, token)
    return [event for event in won if event.id not in behind]


async def _leased(ids: Sequence[int], token: str) -> list[OutboxEvent]:
    rows = await fetch(f"{_LEASED}({marks(len(ids))}) ORDER BY e.id", [token, *ids])
    return [OutboxEvent._init_from_db(**row) for row in rows]  # noqa: SLF001 - as Tortoise makes rows
