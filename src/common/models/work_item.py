"""Columns of a work table: the runner processes its rows, each by one worker at a time."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from src.core.database.models import Model
from src.core.observing.context import request_id


class WorkStatus(StrEnum):
    """PENDING rows are due at `available_at`; DEAD ones failed too often and wait for a person."""

    PENDING = "PENDING"
    DONE = "DONE"
    DEAD = "DEAD"


class WorkItem(Model):
    """A row of work. While a worker has it, `available_at` is in the future and `lease_token` names the worker's lease.

    `request_id` is the request that created the row, empty for older rows and for rows made outside any request.
    """

    id = fields.BigIntField(primary_key=True)
    work_status = fields.CharEnumField(WorkStatus, max_length=16, default=WorkStatus.PENDING)
    available_at = fields.DatetimeField()
    lease_token = fields.CharField(max_length=26, default="")
    attempts = fields.IntField(default=0)
    last_error = fields.CharField(max_length=200, default="")
    done_at = fields.DatetimeField(null=True)
    request_id = fields.CharField(max_length=64, default="")

    class Meta:
        abstract = True

    def __init__(self, **values: Any) -> None:
        super().__init__(**{"request_id": request_id.get(), **values})
