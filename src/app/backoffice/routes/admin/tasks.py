"""Routes of background tasks."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from fastapi.responses import StreamingResponse

from src.app.backoffice.dtos.admin.tasks import TaskQuery
from src.app.backoffice.services import tasks
from src.common.dtos.pages import Page
from src.common.exceptions import documents
from src.common.exceptions.tasks import TaskFileNotFound, TaskHasEnded, TaskNotFound
from src.common.http.routing import new_router
from src.common.identity import AnyStaff
from src.common.openapi.marks import files, tells
from src.common.records.audit import Acting
from src.common.sheets.xlsx_writing import MEDIA_TYPE
from src.common.work.task_reads import FileKind, TaskId, TaskRead

FILE = files("application/octet-stream", "text/csv", MEDIA_TYPE)

router = new_router(prefix="/admin", tags=["admin: tasks"])


@router.get("/tasks", operation_id="listTasks")
async def list_tasks(asked: Annotated[TaskQuery, Query()], by: Acting, _: AnyStaff) -> Page[TaskRead]:
    """Long work that I asked for, the newest first; with `whose=all` and `job:read` that of everybody."""
    return await tasks.page(asked, by=by)


@router.get("/tasks/{task_id}", operation_id="readTask", responses=documents(TaskNotFound))
async def read_task(task_id: TaskId, by: Acting, _: AnyStaff) -> TaskRead:
    """How far a task is, what came of it, and its files."""
    return await tasks.one(task_id, by=by)


@router.post("/tasks/{task_id}/cancel", operation_id="cancelTask", responses=documents(TaskNotFound, TaskHasEnded))
async def cancel_task(task_id: TaskId, by: Acting, _: AnyStaff) -> TaskRead:
    """End a task. One that runs ends at its next step, and what it did before stays."""
    return await tasks.cancel(task_id, by=by)


@router.get(
    "/tasks/{task_id}/files/{kind}",
    operation_id="readTaskFile",
    response_class=StreamingResponse,
    responses={**documents(TaskNotFound, TaskFileNotFound), **FILE},
)
@tells(headers=("Content-Disposition", "Content-Security-Policy", "Cache-Control"))
async def read_task_file(task_id: TaskId, kind: FileKind, by: Acting, _: AnyStaff) -> StreamingResponse:
    """A file of a task, for seven days: what was uploaded, the rows with errors, what became of each row."""
    file, pieces = await tasks.file(task_id, kind, by=by)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "no-store",
    }
    return StreamingResponse(pieces, media_type=file.media_type, headers=headers)
