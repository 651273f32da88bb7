"""Background tasks: long work that a person requested, with its status for people."""

from enum import IntEnum, StrEnum
from typing import Any

from tortoise import fields

from src.common.models.work_item import WorkItem


class TaskPriority(IntEnum):
    """Priority of a task; lower values are taken first. The API uses the name in lower case."""

    HIGH = 1
    NORMAL = 2
    LOW = 3


class TaskStatus(StrEnum):
    """For people. A task that was cancelled is FAILED with the code TASK_CANCELLED."""

    QUEUED = "queued"
    STARTED = "started"
    FINISHED = "finished"
    FAILED = "failed"


class BackgroundTask(WorkItem):
    """One task. `payload` and `result` hold ids and plain values, no personal data.

    `state` is the progress of the work, written in the transaction of each step, so that a worker that takes the task
    over continues from there. Tasks of one `lane` run one at a time: `running_lane` is the lane while a worker has the
    task (even if that worker died), and it is unique. `permission` is required to read the task's files. `error_code`
    is stable, the error texts are for people.
    """

    public_id = fields.CharField(max_length=26, unique=True)
    name = fields.CharField(max_length=64)
    priority = fields.IntEnumField(TaskPriority, default=TaskPriority.NORMAL)
    lane = fields.CharField(max_length=64, default="")
    running_lane = fields.CharField(max_length=64, null=True, unique=True)
    permission = fields.CharField(max_length=40, default="")
    payload: Any = fields.JSONField()
    state: Any = fields.JSONField(null=True)
    status = fields.CharEnumField(TaskStatus, max_length=8, default=TaskStatus.QUEUED)
    progress_done = fields.IntField(default=0)
    progress_total = fields.IntField(default=0)
    result: Any = fields.JSONField(null=True)
    error_code = fields.CharField(max_length=64, default="")
    error_ko = fields.CharField(max_length=500, default="")
    error_en = fields.CharField(max_length=500, default="")
    is_cancelled = fields.BooleanField(default=False)
    requested_by = fields.CharField(max_length=40)
    created_at = fields.DatetimeField()
    started_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "background_task"
        indexes = (("work_status", "priority", "available_at"), ("requested_by", "id"), ("status", "id"))
