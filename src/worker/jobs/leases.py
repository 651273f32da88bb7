"""Job leases: taken, renewed and ended by compare-and-set on the job's row.

A `JobLease` belongs to one process for LEASE and is renewed while the job runs. A process that dies leaves its name in
`holder`; when the lease ends, the job is due again at once. Any number of schedulers may run: each slot is taken once.
"""

import secrets
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from tortoise.exceptions import IntegrityError
from tortoise.expressions import Q

from src.common import clock
from src.common.clock import KST
from src.common.models.job import Job
from src.common.work import late_writes
from src.common.work.jobs import JobSpec
from src.core.database.statements import find, marks

LEASE: Final = timedelta(seconds=30)
SKEW: Final = timedelta(seconds=60)
"""Largest difference between the clocks of two machines. A time further ahead was written before a clock was set
back."""

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class JobLease:
    """The right to run a job once. `holder` is unique to this lease."""

    name: str
    holder: str


def next_slot(spec: JobSpec, after: datetime) -> datetime:
    """Return the first slot later than `after`: the time of day in Korea, or the next multiple of the job's interval.

    The offset of the multiples is derived from the job's name, so that not all hourly jobs begin in the same second.
    """
    if spec.daily is not None:
        there = after.astimezone(KST)
        slot = datetime.combine(there.date(), spec.daily, KST)
        return (slot if slot > there else slot + timedelta(days=1)).astimezone(UTC)
    origin = _EPOCH + timedelta(seconds=zlib.crc32(spec.name.encode()) % max(int(spec.every), 1))
    passed = (after - origin) // timedelta(seconds=spec.every)
    return origin + timedelta(seconds=spec.every) * (passed + 1)


async def due(specs: dict[str, JobSpec]) -> list[str]:
    """Return the names of single-lease jobs that could be taken now. One query; creates missing rows."""
    singles = {name: spec for name, spec in specs.items() if spec.single}
    if not singles:
        return []
    rows = {row.name: row for row in await find(Job, f"name IN ({marks(len(singles))})", list(singles))}
    for name in singles.keys() - rows.keys():
        rows[name] = await _make(name)
    now = clock.now()
    return [name for name, spec in singles.items() if _is_free(rows[name], now) and _is_due(rows[name], spec, now)]


async def take(spec: JobSpec, *, at_once: bool = False) -> JobLease | None:
    """Take the job's slot if it is free and due; with `at_once` it need not be due. The next slot is computed from now.

    A job that missed any number of slots is due once.
    """
    now = clock.now()
    free = Q(holder="") | Q(lease_until__lte=now) | Q(lease_until__gt=now + LEASE + SKEW)
    is_due = ~Q(holder="") | Q(next_run_at__lte=now) | Q(next_run_at__gt=next_slot(spec, now + SKEW))
    lease = JobLease(spec.name, secrets.token_hex(13))
    wanted = free if at_once else free & is_due
    taken = await Job.filter(wanted, name=spec.name).update(
        holder=lease.holder, lease_until=now + LEASE, next_run_at=next_slot(spec, now)
    )
    return lease if taken else None


async def begin(sent: JobLease) -> tuple[JobLease, Job] | None:
    """Begin the run of a lease that was sent. Returns the lease with a new holder and renewed time, and the job's row
    as it was before.

    Returns None if the run has begun already (a message may be delivered twice) or the lease was lost.
    """
    now = clock.now()
    row = await Job.get_or_none(name=sent.name, holder=sent.holder)
    lease = JobLease(sent.name, secrets.token_hex(13))
    mine = Job.filter(name=sent.name, holder=sent.holder)
    if row is None or not await mine.update(holder=lease.holder, lease_until=now + LEASE, last_started_at=now):
        return None
    return lease, row


async def renew(lease: JobLease) -> None:
    """Prolong the lease while the job runs."""
    await Job.filter(name=lease.name, holder=lease.holder).update(lease_until=clock.now() + LEASE)


async def end(lease: JobLease, *, done: int, error: str, is_answer: bool = False) -> None:
    """Release the lease and store the result. If the lease was lost, nothing is written.

    `is_answer`: staff requested this run, so the request is cleared. A request made during a run that was not requested
    stays and gets its own run.
    """
    now = clock.now()
    answered = {"asked_by": ""} if is_answer else {}
    mine = Job.filter(name=lease.name, holder=lease.holder)
    values = {"holder": "", "lease_until": now, "last_finished_at": now, "last_done": done, "last_error": error}
    await late_writes.write_or_keep(lambda: mine.update(**values, **answered))


def _is_free(row: Job, now: datetime) -> bool:
    return not row.holder or not now < row.lease_until <= now + LEASE + SKEW


def _is_due(row: Job, spec: JobSpec, now: datetime) -> bool:
    return bool(row.holder) or row.next_run_at <= now or row.next_run_at > next_slot(spec, now + SKEW)


async def _make(name: str) -> Job:
    """Create the row of a job that never ran: it is due at once."""
    now = clock.now()
    try:
        return await Job.create(name=name, lease_until=now, next_run_at=now)
    except IntegrityError:  # another process made it
        return await Job.get(name=name)
