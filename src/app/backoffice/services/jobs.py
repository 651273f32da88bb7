"""Jobs and events for staff: state and history; run a job, deliver an event again."""

from tortoise.queryset import QuerySet

from src.app.backoffice.dtos.admin.jobs import JobRead, JobRunRead, OutboxEventRead, OutboxQuery, RunQuery
from src.app.backoffice.errors import DomainEventNotFound, EventNotDead, JobAsked, JobNotFound
from src.common import clock
from src.common.dtos.pages import Items, Page, window
from src.common.models.job import Job, JobRun
from src.common.models.outbox_event import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work import wakeup
from src.common.work.jobs import JobSpec, ask_for, listed_jobs
from src.core.database import unit_of_work


async def all_jobs() -> Items[JobRead]:
    """Return every job of this shop, by name. One query."""
    rows = {row.name: row for row in await Job.all()}
    specs = listed_jobs()
    return Items(items=[_read(specs[name], rows.get(name)) for name in sorted(specs)])


async def runs(name: str, asked: RunQuery) -> Page[JobRunRead]:
    """Return the results of a job's runs, the newest first. Raises JobNotFound."""
    if name not in listed_jobs():
        raise JobNotFound
    found = JobRun.filter(job_name=name)
    rows, following = await window(found, asked)
    items = [
        JobRunRead(
            id=row.id,
            trigger=row.trigger,
            asked_by=row.asked_by or None,
            started_at=row.started_at,
            finished_at=row.finished_at,
            done=row.done,
            error=row.error or None,
            request_id=row.request_id,
        )
        for row in rows
    ]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size, next_cursor=following)


async def ask(name: str, *, by: Actor) -> JobRead:
    """Request a run of a job, as soon as no other run is in progress. Raises JobNotFound, JobAsked if a run was
    requested already."""
    spec = listed_jobs().get(name)
    if spec is None:
        raise JobNotFound

    async def write() -> Job | None:
        if not await ask_for(spec, by=by.key):
            raise JobAsked
        await audit.record("job.asked", by=by, target=("job", name))
        return await Job.get_or_none(name=name)

    return _read(spec, await unit_of_work(write))


async def outbox(asked: OutboxQuery) -> Page[OutboxEventRead]:
    """Return events, the newest first."""
    found: QuerySet[OutboxEvent] = OutboxEvent.all()
    if asked.status is not None:
        found = found.filter(work_status=asked.status)
    if asked.topic is not None:
        found = found.filter(topic=asked.topic)
    rows, following = await window(found, asked)
    items = [_event(row) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size, next_cursor=following)


async def carry_again(event_id: int, *, by: Actor) -> OutboxEventRead:
    """Deliver a DEAD event again, with a full number of attempts. Raises EventNotFound, EventNotDead."""

    async def write() -> OutboxEvent:
        dead = OutboxEvent.filter(id=event_id, work_status=WorkStatus.DEAD)
        found = await dead.update(work_status=WorkStatus.PENDING, available_at=clock.now(), attempts=0)
        event = await OutboxEvent.get_or_none(id=event_id)
        if event is None:
            raise DomainEventNotFound
        if not found:
            raise EventNotDead
        before = {"status": WorkStatus.DEAD, "last_error": event.last_error}
        await audit.record(
            "event.replayed", by=by, target=("event", event_id), before=before, after={"status": event.work_status}
        )
        wakeup.wake("relay-outbox")
        return event

    return _event(await unit_of_work(write))


def _read(spec: JobSpec, row: Job | None) -> JobRead:
    ran = row if row is not None and row.last_finished_at else None
    return JobRead(
        name=spec.name,
        title=spec.ko,
        title_en=spec.en,
        kind="schedule" if spec.single else "memory" if spec.local else "work",
        every_seconds=spec.every,
        daily_at=spec.daily.strftime("%H:%M") if spec.daily else None,
        is_running=bool(row and row.holder and row.lease_until > clock.now()),
        asked_by=(row.asked_by or None) if row else None,
        next_run_at=row.next_run_at if row else None,
        last_started_at=row.last_started_at if row else None,
        last_finished_at=ran.last_finished_at if ran else None,
        last_done=ran.last_done if ran else None,
        last_error=(ran.last_error or None) if ran else None,
    )


def _event(row: OutboxEvent) -> OutboxEventRead:
    return OutboxEventRead(
        id=row.id,
        topic=row.topic,
        aggregate=row.aggregate,
        payload=row.payload,
        status=row.work_status,
        attempts=row.attempts,
        last_error=row.last_error or None,
        request_id=row.request_id,
        created_at=row.created_at,
        next_try_at=row.available_at if row.work_status == WorkStatus.PENDING else None,
        done_at=row.done_at,
    )
