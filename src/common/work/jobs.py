"""The list of the shop's jobs: the worker fills it, the back-office shows it.

A job's work lives in its domain, and `src.worker` decides when it runs; this module holds what both share.
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
    """A job. `work` returns how much it worked off; `ko` and `en` say what it does to staff.

    `every` is the pause in seconds; `daily` instead a time of day in Korea. A `single` job runs in one process at a
    time, under a lease in its row. The others take rows of work, each by one process at a time, and look in every
    worker; those marked `local` empty or fill the memory of the web process itself and run there. `needs_redis` jobs
    reach carts or sessions, which a command cannot when Redis lives inside the server.
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


FORMER_NAMES: Final = {
    "separate-orders": "anonymise-former-members",
    "separate-payments": "anonymise-former-members",
    "purge-payment-records": "purge-legal-records",
}
"""Names that the release before this one had, by which ``run-job`` still runs the job. They go with the next
release."""

_listed: Callable[[], dict[str, JobSpec]] = dict


def register_jobs(listed: Callable[[], dict[str, JobSpec]]) -> None:
    """Register the list. It is called again at each use, because some pauses are settings."""
    global _listed  # noqa: PLW0603 - the one place that keeps it
    _listed = listed


def listed_jobs() -> dict[str, JobSpec]:
    """Return all jobs by name; empty before `register_jobs`."""
    return _listed()


async def ask_for(spec: JobSpec, *, by: str) -> bool:
    """Make the job due now, in the name of `by`. Runs inside the caller's unit of work and wakes the runner after it.

    Returns False if it was already requested and that run has not ended: one run serves both requests.
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
