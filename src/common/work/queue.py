"""Take, finish and retry rows of work tables. Every step is a compare-and-set, so no row is processed by two workers.

A row is taken by moving its `available_at` into the future: if its worker dies, the row becomes due again then.
"""

import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from src.common import clock
from src.common.models.work_item import WorkItem, WorkStatus
from src.common.work import late_writes
from src.core.database import proven_by, unit_of_work
from src.core.database.statements import change, dialect, fetch, marks

W = TypeVar("W", bound=WorkItem)

LEASE_SECONDS = 120
MAX_ATTEMPTS = 20
MAX_DELAY_SECONDS = 3600


def new_lease() -> str:
    """Return a new lease name. It distinguishes a worker's rows from rows that another worker took later."""
    return secrets.token_hex(13)


@dataclass(frozen=True, slots=True)
class Lease:
    """A worker's claim to the rows of one taking."""

    token: str
    until: datetime


Leasing = Callable[[list[W], Lease], Awaitable[None]]
"""Write the lease into locked rows and count the attempt, inside the transaction of the taking. The rows are as they
were read. A transaction that is repeated calls it again."""


async def lease_all(rows: Sequence[WorkItem], lease: Lease) -> None:
    """Lease the rows, by one statement for all of them."""
    ids = [row.id for row in rows]
    await change(
        f"UPDATE {type(rows[0])._meta.db_table} SET available_at = %s, lease_token = %s, attempts = attempts + 1"  # noqa: S608, SLF001
        f" WHERE id IN ({marks(len(ids))})",
        [lease.until, lease.token, *ids],
    )


async def take_due(
    model: type[W],
    *,
    limit: int,
    lease_seconds: int = LEASE_SECONDS,
    only: Q | None = None,
    order: Sequence[str] = ("available_at", "id"),
    leasing: Leasing[W] = lease_all,
) -> list[W]:
    """Take up to `limit` due rows for this worker and count the attempt. Rows that others have locked are skipped.

    `only` restricts the rows (an index should begin with its columns); `order` replaces the default, oldest first. The
    rows are locked for the short transaction only (SKIP LOCKED on MySQL; SQLite has one writer anyway). `leasing`
    replaces the statement that leases them, where a table writes more with it.
    """
    now = clock.now()
    lease = Lease(new_lease(), now + timedelta(seconds=lease_seconds))

    async def take() -> list[W]:
        rows = await _lock_due(model, now, only=only, order=order, limit=limit)
        if rows:
            await leasing(rows, lease)
            for row in rows:
                row.available_at, row.lease_token, row.attempts = lease.until, lease.token, row.attempts + 1
            proven_by(partial(is_held, model, rows[0].id, lease.token))
        return rows

    await late_writes.write_what_waits()
    if not await _is_any_due(model, now, only=only):
        return []
    return await unit_of_work(take)


async def _is_any_due(model: type[W], now: datetime, *, only: Q | None) -> bool:
    if only is None:
        return bool(await fetch(f"{_due_text(model)} LIMIT 1", [now]))
    return bool(await _due(model, now, only).limit(1).values_list("id"))


async def _lock_due(model: type[W], now: datetime, *, only: Q | None, order: Sequence[str], limit: int) -> list[W]:
    if only is not None:
        return await _due(model, now, only).order_by(*order).limit(limit).select_for_update(skip_locked=True)
    text = f"{_due_text(model, '*')} ORDER BY {', '.join(order)} LIMIT {limit:d}"
    lock = " FOR UPDATE SKIP LOCKED" if dialect() == "mysql" else ""
    return [model._init_from_db(**row) for row in await fetch(text + lock, [now])]  # noqa: SLF001 - as Tortoise does


def _due_text(model: type[W], columns: str = "id") -> str:
    """Return the fixed text of a query of due rows. Every loop asks it at each poll."""
    table = model._meta.db_table  # noqa: SLF001
    return f"SELECT {columns} FROM `{table}` WHERE work_status = 'PENDING' AND available_at <= %s"  # noqa: S608


def _due(model: type[W], now: datetime, only: Q) -> QuerySet[W]:
    return model.filter(only, work_status=WorkStatus.PENDING, available_at__lte=now)


async def is_held(model: type[WorkItem], row_id: int, token: str) -> bool:
    """Return True if the row is under this lease. Waits until no transaction locks the row."""
    return bool(await model.filter(id=row_id, lease_token=token).select_for_update().values_list("id"))


async def finish(row: WorkItem) -> bool:
    """Mark a taken row done. Returns False if the lease was lost and another worker has the row."""
    return bool(await end(row, work_status=WorkStatus.DONE, last_error="", done_at=clock.now()))


async def finish_all(rows: Sequence[WorkItem]) -> None:
    """Mark rows of one taking done, by one statement, those whose lease is still held."""
    if not rows:
        return
    table, token, ids = rows[0]._meta.db_table, rows[0].lease_token, [row.id for row in rows]  # noqa: SLF001
    held = f"lease_token = %s AND id IN ({marks(len(ids))})"
    text = f"UPDATE {table} SET work_status = %s, last_error = '', done_at = %s WHERE {held}"  # noqa: S608
    values = [WorkStatus.DONE.value, clock.now(), token, *ids]
    await late_writes.write_or_keep(lambda: change(text, values))


async def end(row: WorkItem, **values: Any) -> int:
    """Write the result of a taken row if the lease is still held, and return the number of changed rows.

    If the database is unavailable, this process writes it later: the row does not wait for the end of its lease.
    """
    mine = type(row).filter(id=row.id, lease_token=row.lease_token)
    changed: int = await late_writes.write_or_keep(lambda: mine.update(**values))
    return changed


async def put_back(row: WorkItem, error: str, *, first_delay: float = 1.0, may_die: bool = True) -> None:
    """Release a taken row for a later try; the delay doubles from `first_delay` seconds up to one hour.

    After MAX_ATTEMPTS the row becomes DEAD, unless it must be retried without limit (`may_die` False, for money).
    """
    await end(row, **later(row, error, first_delay=first_delay, may_die=may_die))


def later(row: WorkItem, error: str, *, first_delay: float, may_die: bool = True) -> dict[str, Any]:
    """Return the column values with which `put_back` releases a row."""
    dead = may_die and row.attempts >= MAX_ATTEMPTS
    delay = min(first_delay * 2.0 ** min(row.attempts - 1, 20), MAX_DELAY_SECONDS)
    return {
        "work_status": WorkStatus.DEAD if dead else WorkStatus.PENDING,
        "available_at": clock.now() + timedelta(seconds=delay),
        "last_error": error[:200],
    }


@dataclass(frozen=True, kw_only=True)
class Standing:
    """State of a work table: unfinished rows, DEAD rows, and the age of the oldest unfinished one in seconds (0 without
    any).
    """

    pending: int
    dead: int
    oldest_seconds: float


async def standing(model: type[WorkItem], *, since: str) -> Standing:
    """Return the state of this table; `since` names the column of a row's arrival."""
    pending = model.filter(work_status=WorkStatus.PENDING)
    oldest = await pending.order_by(since).limit(1).values_list(since)
    return Standing(
        pending=await pending.count(),
        dead=await model.filter(work_status=WorkStatus.DEAD).count(),
        oldest_seconds=max(0.0, (clock.now() - oldest[0][0]).total_seconds()) if oldest else 0.0,
    )
