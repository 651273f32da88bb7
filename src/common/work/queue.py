"""Take, finish and retry rows of work tables. Every step is a compare-and-set, so nothing is worked off by two.

A row is taken by moving its `available_at` into the future: a worker that dies leaves it to be found again then.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, TypeVar

from tortoise.expressions import Q

from src.common import clock
from src.common.models.work_item import WorkItem, WorkStatus
from src.common.work import late_writes
from src.core.database import proven_by, unit_of_work

W = TypeVar("W", bound=WorkItem)

LEASE_SECONDS = 120
MAX_ATTEMPTS = 20
MAX_DELAY_SECONDS = 3600


def new_lease() -> str:
    """The name of a lease: who holds rows can tell them from those that another took meanwhile."""
    return secrets.token_hex(13)


async def take_due(
    model: type[W],
    *,
    limit: int,
    lease_seconds: int = LEASE_SECONDS,
    only: Q | None = None,
    order: Sequence[str] = ("available_at", "id"),
) -> list[W]:
    """Take up to `limit` due rows for this worker, oldest first, attempts counted. Rows others hold are skipped.
    `only` narrows them down (an index should begin with what it names), `order` is another order.

    Locks the rows for the short transaction only (SKIP LOCKED on MySQL; SQLite has one writer anyway).
    """
    now = clock.now()
    token = new_lease()
    due = model.filter(only or Q(), work_status=WorkStatus.PENDING, available_at__lte=now)

    async def take() -> list[W]:
        rows = await due.order_by(*order).limit(limit).select_for_update(skip_locked=True)
        if rows:
            until = now + timedelta(seconds=lease_seconds)
            for row in rows:
                row.available_at, row.lease_token, row.attempts = until, token, row.attempts + 1
                await model.filter(id=row.id).update(available_at=until, lease_token=token, attempts=row.attempts)
            proven_by(partial(is_held, model, rows[0].id, token))
        return rows

    await late_writes.write_what_waits()
    if not await due.limit(1).values_list("id"):
        return []
    return await unit_of_work(take)


async def is_held(model: type[WorkItem], row_id: int, token: str) -> bool:
    """Whether the row is under this lease, once nobody holds the row itself any more."""
    return bool(await model.filter(id=row_id, lease_token=token).select_for_update().values_list("id"))


async def finish(row: WorkItem) -> bool:
    """Mark a taken row done. False when the lease was lost meanwhile: somebody else has it now."""
    return bool(await end(row, work_status=WorkStatus.DONE, last_error="", done_at=clock.now()))


async def end(row: WorkItem, **values: Any) -> int:
    """Write how the work on a taken row ended, if the lease is still ours; how many rows that changed.

    Where the database is away this process writes it when it is back: the row does not wait for the end of its lease.
    """
    mine = type(row).filter(id=row.id, lease_token=row.lease_token)
    changed: int = await late_writes.write_or_keep(lambda: mine.update(**values))
    return changed


async def put_back(row: WorkItem, error: str, *, first_delay: float = 1.0, may_die: bool = True) -> None:
    """Give a taken row back for a later try, with delays doubling from `first_delay` seconds to an hour.

    After MAX_ATTEMPTS it is set aside as DEAD, unless it must be tried for ever (`may_die` False: money).
    """
    await end(row, **later(row, error, first_delay=first_delay, may_die=may_die))


def later(row: WorkItem, error: str, *, first_delay: float, may_die: bool = True) -> dict[str, Any]:
    """The columns of a row that `put_back` gives back."""
    dead = may_die and row.attempts >= MAX_ATTEMPTS
    delay = min(first_delay * 2.0 ** min(row.attempts - 1, 20), MAX_DELAY_SECONDS)
    return {
        "work_status": WorkStatus.DEAD if dead else WorkStatus.PENDING,
        "available_at": clock.now() + timedelta(seconds=delay),
        "last_error": error[:200],
    }


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a table of work stands: rows that are not done, those set aside as DEAD, and the oldest one's age in
    seconds, 0 where there is none."""

    pending: int
    dead: int
    oldest_seconds: float


async def standing(model: type[WorkItem], *, since: str) -> Standing:
    """How this table stands; `since` names the column that says when a row came."""
    pending = model.filter(work_status=WorkStatus.PENDING)
    oldest = await pending.order_by(since).limit(1).values_list(since)
    return Standing(
        pending=await pending.count(),
        dead=await model.filter(work_status=WorkStatus.DEAD).count(),
        oldest_seconds=max(0.0, (clock.now() - oldest[0][0]).total_seconds()) if oldest else 0.0,
    )
