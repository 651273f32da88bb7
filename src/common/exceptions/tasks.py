"""Errors of failed background tasks, and of refused requests about tasks."""

from typing import Any, ClassVar

from src.common.exceptions.base import Conflict, NotFound, Unavailable


class TaskNotFound(NotFound):
    """Absent, or somebody else's."""

    code = "TASK_NOT_FOUND"
    ko, en = "작업을 찾을 수 없습니다.", "There is no such task."


class TaskFileNotFound(NotFound):
    """The task has no such file, has not made it yet, or its seven days are over."""

    code = "TASK_FILE_NOT_FOUND"
    ko, en = (
        "파일을 찾을 수 없습니다. 파일은 7일 동안 보관됩니다.",
        "There is no such file. Files are kept for 7 days.",
    )


class TaskHasEnded(Conflict):
    """`task_status` is how it ended."""

    code = "TASK_HAS_ENDED"
    ko, en = "이미 끝난 작업입니다.", "The task has ended already."
    sample: ClassVar[dict[str, Any]] = {"task_status": "finished"}

    def __init__(self, *, task_status: str) -> None:
        super().__init__(task_status=task_status)


class TaskCancelled(Conflict):
    """What was done before stays."""

    code = "TASK_CANCELLED"
    ko, en = (
        "작업이 취소되었습니다. 취소 전에 처리된 내용은 그대로 유지됩니다.",
        "The task was cancelled. What it did before stays.",
    )


class TaskGaveUp(Unavailable):
    """Tried several times."""

    code = "TASK_GAVE_UP"
    ko, en = (
        "여러 번 시도했지만 작업을 끝내지 못했습니다. 관리자에게 문의해 주세요.",
        "The task failed on every try. Please tell an administrator.",
    )
