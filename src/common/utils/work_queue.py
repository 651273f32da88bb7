"""Take, finish and retry rows of work tables. Every step is a compare-and-set, so nothing is worked off by two.

A row is taken by moving its `available_at` into the future: a worker that dies leaves it to be found again then.
"""

import secrets
from datetime import timedelta
from typing import TypeVar

from src.common.models.work_item import WorkItem, WorkStatus
from src.common.utils import clock
from src.core.database import unit_of_work

W = TypeVar("W", bound=WorkItem)

LEASE_SECONDS = 120
MAX_ATTEMPTS = 20
MAX_DELAY_SECONDS = 3600


async def take_due(model: type[W], *, limit: int, lease_seconds: int = LEASE_SECONDS) -> list[W]:
    """Take up to `limit` due rows for this worker, oldest first, attempts counted. Rows others hold are skipped.

    Locks the rows for the short transaction only (SKIP LOCKED on MySQL; SQLite has one writer anyway).
    """
    now = clock.now()
    token = secrets.token_hex(13)

    async def take() -> list[W]:
        due = model.filter(work_status=WorkStatus.PENDING, available_at__lte=now).order_by("available_at", "id")
        rows = await due.limit(limit).select_for_update(skip_locked=True)
        if rows:
            until = now + timedelta(seconds=lease_seconds)
            for row in rows:
                row.available_at, row.lease_token, row.attempts = until, token, row.attempts + 1
                await model.filter(id=row.id).update(available_at=until, lease_token=token, attempts=row.attempts)
        return rows

    if not await model.filter(work_status=WorkStatus.PENDING, available_at__lte=now).limit(1).values_list("id"):
        return []
    return await unit_of_work(take)


async def finish(row: WorkItem) -> bool:
    """Mark a taken row done. False when the lease was lost meanwhile: somebody else has it now."""
    model = type(row)
    mine = model.filter(id=row.id, lease_token=row.lease_token)
    return bool(await mine.update(work_status=WorkStatus.DONE, last_error="", done_at=clock.now()))


async def put_back(row: WorkItem, error: str, *, first_delay: float = 1.0, may_die: bool = True) -> None:
    """Give a taken row back for a later try, with delays doubling from `first_delay` seconds to an hour.

    After MAX_ATTEMPTS it is set aside as DEAD, unless it must be tried for ever (`may_die` False: money).
    """
    dead = may_die and row.attempts >= MAX_ATTEMPTS
    delay = min(first_delay * 2.0 ** min(row.attempts - 1, 20), MAX_DELAY_SECONDS)
    await (
        type(row)
        .filter(id=row.id, lease_token=row.lease_token)
        .update(
            work_status=WorkStatus.DEAD if dead else WorkStatus.PENDING,
            available_at=clock.now() + timedelta(seconds=delay),
            last_error=error[:200],
        )
    )
