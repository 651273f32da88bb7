"""Routes of background work: jobs, their runs, and the events that carry what follows from a change."""

from typing import Annotated

from fastapi import Depends, Path, Query

from src.app.backoffice.dtos.admin.jobs import JobName, JobRead, JobRunRead, OutboxEventRead, OutboxQuery, RunQuery
from src.app.backoffice.errors import DomainEventNotFound, EventNotDead, JobAsked, JobNotFound
from src.app.backoffice.services import jobs
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "job:read"))]
Runner = Annotated[Identity, Depends(Policy("staff", "job:run"))]
EventId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = new_router(prefix="/admin", tags=["admin: jobs"])


@router.get("/jobs", operation_id="listJobs")
async def list_jobs(_: Reader) -> Items[JobRead]:
    """Every job: when it runs next, whether it runs now, what its last run did."""
    return await jobs.all_jobs()


@router.get("/jobs/{name}/runs", operation_id="listJobRuns", responses=documents(JobNotFound))
async def list_job_runs(name: JobName, asked: Annotated[RunQuery, Query()], _: Reader) -> Page[JobRunRead]:
    """Runs of a job that did something, failed, or were asked for, the newest first. Kept for 90 days."""
    return await jobs.runs(name, asked)


@router.post("/jobs/{name}/run", operation_id="runJob", status_code=202, responses=documents(JobNotFound, JobAsked))
async def run_job(name: JobName, by: Acting, _: Runner) -> JobRead:
    """Let a job run now. It starts within a second or two, where nobody else runs it; the history shows its end."""
    return await jobs.ask(name, by=by)


@router.get("/outbox", operation_id="listOutboxEvents")
async def list_events(asked: Annotated[OutboxQuery, Query()], _: Reader) -> Page[OutboxEventRead]:
    """Events on their way to what follows from them, and those set aside because they failed too often."""
    return await jobs.outbox(asked)


@router.post(
    "/outbox/{event_id}/replay",
    operation_id="replayOutboxEvent",
    responses=documents(DomainEventNotFound, EventNotDead),
)
async def replay_event(event_id: EventId, by: Acting, _: Runner) -> OutboxEventRead:
    """Carry an event that was set aside once more. What it leads to happens once, however often it is carried."""
    return await jobs.carry_again(event_id, by=by)
