"""A background task in the form that staff see."""

from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime
from src.common.models.background_task import BackgroundTask, TaskStatus
from src.common.models.task_file import TaskFile, TaskFileKind

FileKind = Literal["source", "errors", "report"]
PEOPLES: tuple[TaskFileKind, ...] = (TaskFileKind.SOURCE, TaskFileKind.ERRORS, TaskFileKind.REPORT)

TaskId = Annotated[str, Path(pattern=r"^[0-9A-HJKMNP-TV-Z]{26}$", examples=["01JG7Q6X9ZP4M3C2B1A0ZYXWVT"])]


class TaskProgress(BaseModel):
    """`done` of `total`; both 0 until the task knows how much there is."""

    done: int
    total: int


class TaskError(BaseModel):
    """Why it failed. The code is stable."""

    code: str
    ko: str
    en: str


class TaskFileRead(BaseModel):
    """A file that may be had for seven days. `size` is in bytes."""

    kind: FileKind
    name: str
    size: int
    url: str


class TaskRead(BaseModel):
    """Where a task stands. `result` is what it did: of one that failed or was cancelled, what it did before."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
                    "name": "import-products",
                    "status": "finished",
                    "priority": "normal",
                    "progress": {"done": 120, "total": 120},
                    "result": {"products": {"created": 100, "updated": 12, "unchanged": 7, "failed": 1}},
                    "error": None,
                    "files": [
                        {
                            "kind": "errors",
                            "name": "가을상품-오류.xlsx",
                            "size": 6120,
                            "url": "/api/v1/admin/tasks/01JG7Q6X9ZP4M3C2B1A0ZYXWVT/files/errors",
                        }
                    ],
                    "requested_by": "staff:1",
                    "created_at": "2026-11-20T10:12:00+09:00",
                    "started_at": "2026-11-20T10:12:01+09:00",
                    "finished_at": "2026-11-20T10:12:09+09:00",
                }
            ]
        }
    )

    id: str
    name: str
    status: TaskStatus
    priority: Literal["high", "normal", "low"]
    progress: TaskProgress
    result: dict[str, Any] | None
    error: TaskError | None = Field(description="Of a failed task; TASK_CANCELLED of one that was cancelled.")
    files: list[TaskFileRead]
    requested_by: str
    created_at: KoreanTime
    started_at: KoreanTime | None
    finished_at: KoreanTime | None


async def task_reads(tasks: list[BackgroundTask]) -> list[TaskRead]:
    """Return these tasks with their files. One query."""
    files: dict[int, list[TaskFile]] = {task.id: [] for task in tasks}
    wanted = TaskFile.filter(task_id__in=list(files), is_complete=True, kind__in=PEOPLES).order_by("id")
    for file in await wanted if tasks else ():
        files[file.task_id].append(file)
    return [_read(task, files[task.id]) for task in tasks]


def _read(task: BackgroundTask, files: list[TaskFile]) -> TaskRead:
    error = TaskError(code=task.error_code, ko=task.error_ko, en=task.error_en) if task.error_code else None
    return TaskRead.model_validate(
        {
            "id": task.public_id,
            "name": task.name,
            "status": task.status,
            "priority": task.priority.name.lower(),
            "progress": {"done": task.progress_done, "total": task.progress_total},
            "result": task.result,
            "error": error,
            "files": [
                {
                    "kind": file.kind.value,
                    "name": file.name,
                    "size": file.size,
                    "url": f"/api/v1/admin/tasks/{task.public_id}/files/{file.kind.value}",
                }
                for file in files
            ],
            "requested_by": task.requested_by,
            "created_at": task.created_at,
            "started_at": task.started_at,
            "finished_at": task.finished_at,
        }
    )
