"""Take an export of order lines, and queue it as a background task."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any, Final

from src.app.desk.dtos.admin.export import ExportQuery
from src.common.exceptions.general import NotAllowed
from src.common.models.background_task import BackgroundTask
from src.common.models.task_file import TaskFileKind
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.work import task_files, tasks
from src.common.work.task_reads import TaskRead, task_reads
from src.core.database import unit_of_work

NAME: Final = "export-order-lines"
MASKED: Final = "order:export"
PERSONAL: Final = "pii:export"
SEARCHED: Final = {"q"}
"""May be a name or a number: kept in the task's file alone, which is deleted after seven days."""


async def ask(query: ExportQuery, *, by: Actor) -> TaskRead:
    """Store the export's task and the audit row in one transaction; return the task.

    Exports run one at a time; others wait. The file needs the permission that the export needed. Raises NotAllowed for
    personal data without `pii:export`.
    """
    if query.personal and by.lacks(frozenset({PERSONAL})):
        raise NotAllowed
    (read,) = await task_reads([await unit_of_work(partial(_write, query, by=by))])
    return read


async def _write(query: ExportQuery, *, by: Actor) -> BackgroundTask:
    asked: dict[str, Any] = query.model_dump(mode="json", exclude_defaults=True, by_alias=True, exclude=SEARCHED)
    permission = PERSONAL if query.personal else MASKED
    task = await tasks.enqueue(NAME, asked, by=by, lane=NAME, permission=permission)
    whole = query.model_dump_json(by_alias=True).encode()

    async def pieces() -> AsyncIterator[bytes]:
        yield whole

    await task_files.keep(task, TaskFileKind.NOTES, pieces, name="query", media_type="application/json")
    target = ("task", task.public_id)
    await audit.record("order_line.export_asked", by=by, target=target, after=asked, reason=query.reason)
    return task
