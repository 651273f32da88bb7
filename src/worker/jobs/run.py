"""Run a job by its lease or by hand, and write runs into the history."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime

from src.common import clock
from src.common.logs import error_hook
from src.common.logs.context import new_request_id, request_id, under
from src.common.logs.setup import where
from src.common.models.job import JobRun, Trigger
from src.common.work import late_writes
from src.common.work.jobs import FORMER_NAMES, JobSpec, listed_jobs
from src.core.observing.metrics import JOB_RUNS
from src.worker.jobs import leases
from src.worker.jobs.leases import LEASE, JobLease

logger = logging.getLogger(__name__)

WAIT_SECONDS = 60.0


class JobIsRunning(Exception):
    """Another process has been running the job for longer than WAIT_SECONDS."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a run: the number of processed items, and the class of the error that ended it, if any."""

    done: int
    error: str = ""


async def attempt(spec: JobSpec) -> Outcome:
    """Run the job once. An error is logged and never raised: the job runs again when it is next due."""
    try:
        await late_writes.write_what_waits()
        done = await (spec.looks or spec.work)()
    except Exception as error:  # noqa: BLE001 - see above
        logger.error("job %s failed: %s", spec.name, where(error))
        JOB_RUNS.of(spec.name, "failed").add()
        error_hook.tell(error, during=f"job {spec.name}")
        return Outcome(0, type(error).__name__)
    JOB_RUNS.of(spec.name, "ok").add()
    return Outcome(done)


async def run_leased(sent: JobLease) -> Outcome | None:
    """Run the job whose lease was sent, and renew the lease during the run. Returns None if the lease was lost or the
    run has begun already.

    The run is stored in the history if it did something, failed, or was requested.
    """
    spec = listed_jobs().get(sent.name)
    if spec is None or (begun := await leases.begin(sent)) is None:
        return None
    lease, row = begun
    started = clock.now()
    renewing = asyncio.create_task(_renew(lease))
    outcome = Outcome(0, "Cancelled")
    own_id = (row.asked_by and row.request_id) or new_request_id()
    try:
        with under(own_id):
            outcome = await attempt(spec)
    finally:
        renewing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await renewing
        await leases.end(lease, done=outcome.done, error=outcome.error, is_answer=bool(row.asked_by))
    if outcome.done or outcome.error or row.asked_by:
        trigger = Trigger.MANUAL if row.asked_by else Trigger.SCHEDULE
        with under(own_id):
            await note(spec.name, outcome, started=started, trigger=trigger, asked_by=row.asked_by)
    return outcome


async def run_job(name: str) -> int:
    """Run one job by hand and return the number of processed items. A `single` job runs once, any other until it finds
    no more work. Safe while the runner works.

    The clock is the caller's (`clock.as_of`). Raises KeyError for an unknown name, and JobIsRunning if another process
    keeps the lease of a `single` job for longer than WAIT_SECONDS. An error of the job is recorded and raised.
    """
    with under(request_id.get() or new_request_id()):
        return await _run_by_hand(name)


async def _run_by_hand(name: str) -> int:
    name = FORMER_NAMES.get(name, name)
    spec = listed_jobs()[name]
    lease = await _lease_by_hand(spec) if spec.single else None
    started = clock.now()
    done, error = 0, ""
    renewing = asyncio.create_task(_renew(lease)) if lease else None
    try:
        while found := await spec.work():
            done += found
            if spec.single:
                break
    except Exception as broken:
        error = type(broken).__name__
        raise
    finally:
        if lease and renewing:
            renewing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewing
            await leases.end(lease, done=done, error=error)
        await note(name, Outcome(done, error), started=started, trigger=Trigger.MANUAL, asked_by="cli")
    return done


async def note(name: str, outcome: Outcome, *, started: datetime, trigger: Trigger, asked_by: str = "") -> None:
    """Write one row of the run history, with the current request's id."""
    await JobRun.create(
        job_name=name,
        trigger=trigger,
        asked_by=asked_by,
        started_at=started,
        finished_at=clock.now(),
        done=outcome.done,
        error=outcome.error[:200],
        request_id=request_id.get(),
    )


async def _lease_by_hand(spec: JobSpec) -> JobLease:
    await leases.due({spec.name: spec})  # creates the row of a job that never ran
    deadline = asyncio.get_running_loop().time() + WAIT_SECONDS
    while (lease := await leases.take(spec, at_once=True)) is None:
        if asyncio.get_running_loop().time() > deadline:
            raise JobIsRunning(spec.name)
        await asyncio.sleep(0.5)
    return lease


async def _renew(lease: JobLease) -> None:
    while True:
        await asyncio.sleep(LEASE.total_seconds() / 3)
        try:
            await leases.renew(lease)
        except Exception as error:  # noqa: BLE001 - the database is unavailable: if the lease ends, another process takes it
            logger.warning("the lease of %s was not renewed: %s", lease.name, where(error))
