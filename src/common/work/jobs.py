"""The list of the shop's jobs: the worker registers it, the back-office shows it.

A job's function is in its domain, and `src.worker` decides when it runs; this module has the types that both need.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import time
from typing import Final, Literal

from src.common import clock
from src.common.logs.context import request_id
from src.common.models.job import Job
from src.common.work import wakeup

Priority = Literal["high", "normal", "low"]

SCHEDULER: Final = "scheduler"


@dataclass(frozen=True, kw_only=True)
class JobSpec:
    """A job. `work` returns the number of processed items; `ko` and `en` describe the job to staff.

    `every` is the pause in seconds; `daily`, if set, is a time of day in Korea instead. A `single` job runs in one
    process at a time, under a lease in its row. Other jobs run in every worker and take rows of work, each row in one
    process at a time. `local` jobs flush or fill the memory of the web process and run there. `needs_redis` jobs use
    carts or sessions, which a command cannot reach if Redis is embedded in the server.

    A process looks for rows at most once in `gather` seconds, so that one look handles all rows that arrive in that
    time. A look that found `most` items or more is followed by another at once. `looks`, if set, is what those looks
    run in place of `work`: it may leave for later what a run by hand does now.
    """

    name: str
    work: Callable[[], Awaitable[int]]
    every: float
    ko: str
    en: str
    single: bool = False
    daily: time | None = None
    local: bool = False
    needs_redis: bool = False
    priority: Priority = "normal"
    gather: float = 0.0
    looks: Callable[[], Awaitable[int]] | None = None
    most: int = 1


FORMER_NAMES: Final = {
    "separate-orders": "anonymise-former-members",
    "separate-payments": "anonymise-former-members",
    "purge-payment-records": "purge-legal-records",
}
"""Job names of the previous release, which ``run-job`` still accepts. Removed in the next release."""

_listed: Callable[[], dict[str, JobSpec]] = dict


def register_jobs(listed: Callable[[], dict[str, JobSpec]]) -> None:
    """Register the function that lists the jobs. It is called at each use, because some pauses are settings."""
    global _listed  # noqa: PLW0603 - the one place that keeps it
    _listed = listed


def listed_jobs() -> dict[str, JobSpec]:
    """Return all jobs by name; empty before `register_jobs`."""
    return _listed()


async def ask_for(spec: JobSpec, *, by: str) -> bool:
    """Make the job due now at the request of `by`. Call it in a unit of work; the runner is woken after the commit.

    Returns False if an earlier request's run has not ended: that run serves both requests.
    """
    if not spec.single:
        wakeup.wake(spec.name)
        return True
    now, own = clock.now(), request_id.get()
    if not await Job.filter(name=spec.name, asked_by="").update(next_run_at=now, asked_by=by, request_id=own):
        if await Job.filter(name=spec.name).exists():
            return False
        await Job.create(name=spec.name, lease_until=now, next_run_at=now, asked_by=by, request_id=own)
    wakeup.wake(SCHEDULER)
    return True
