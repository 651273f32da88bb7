"""Background tasks for staff: their own, and with `job:read` all."""

from collections.abc import AsyncIterator
from typing import Final

from src.app.backoffice.dtos.admin.tasks import TaskQuery
from src.common.dtos.pages import Page, window
from src.common.exceptions.general import NotAllowed
from src.common.exceptions.tasks import TaskFileNotFound, TaskNotFound
from src.common.models.background_task import BackgroundTask
from src.common.models.task_file import TaskFile, TaskFileKind
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work import task_files, tasks
from src.common.work.task_reads import FileKind, TaskRead, task_reads
from src.core.database import unit_of_work

SEES_ALL: Final = "job:read"
CANCELS_ALL: Final = "job:run"


async def page(asked: TaskQuery, *, by: Actor) -> Page[TaskRead]:
    """Return tasks, the newest first. Three queries. Raises NotAllowed for all tasks without the permission."""
    found = BackgroundTask.all()
    if asked.whose == "mine":
        found = found.filter(requested_by=by.key)
    else:
        await audit.need(by, SEES_ALL, target=("task", "all"))
    if asked.status is not None:
        found = found.filter(status=asked.status)
    if asked.name is not None:
        found = found.filter(name=asked.name)
    rows, following = await window(found, asked)
    return Page(
        items=await task_reads(rows), total=await found.count(), page=asked.page, size=asked.size, next_cursor=following
    )


async def one(public_id: str, *, by: Actor) -> TaskRead:
    """Return a task. Raises TaskNotFound, also for another person's without `job:read`."""
    (read,) = await task_reads([await _seen(public_id, by=by, permission=SEES_ALL)])
    return read


async def cancel(public_id: str, *, by: Actor) -> TaskRead:
    """End a task: a waiting one at once, a running one at its next step; finished steps stay. The caller's own, with
    `job:run` any. Raises TaskNotFound, TaskHasEnded."""
    task = await _seen(public_id, by=by, permission=CANCELS_ALL)

    async def write() -> None:
        await tasks.cancel(task)
        await audit.record("task.cancelled", by=by, target=("task", public_id), after={"name": task.name})

    await unit_of_work(write)
    (read,) = await task_reads([await BackgroundTask.get(id=task.id)])
    return read


async def file(public_id: str, kind: FileKind, *, by: Actor) -> tuple[TaskFile, AsyncIterator[bytes]]:
    """Return a file of a task in chunks. Requires the permission of the task's own routes. Raises TaskNotFound,
    TaskFileNotFound, NotAllowed."""
    task = await _seen(public_id, by=by, permission=SEES_ALL)
    if task.permission and by.lacks(frozenset({task.permission})):
        raise NotAllowed
    found = await task_files.of_task(task.id, TaskFileKind(kind))
    if found is None or not found.is_complete:
        raise TaskFileNotFound
    return found, task_files.pieces_of(found.id)


async def _seen(public_id: str, *, by: Actor, permission: str) -> BackgroundTask:
    found = BackgroundTask.filter(public_id=public_id)
    if by.lacks(frozenset({permission})):
        found = found.filter(requested_by=by.key)
    task = await found.first()
    if task is None:
        raise TaskNotFound
    return task
