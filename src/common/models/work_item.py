"""Columns of a table whose rows are worked off by the runner, each by one worker at a time."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class WorkStatus(StrEnum):
    """PENDING rows are due at `available_at`; DEAD ones failed too often and wait for a person."""

    PENDING = "PENDING"
    DONE = "DONE"
    DEAD = "DEAD"


class WorkItem(Model):
    """A row of work. While a worker has it, `available_at` lies in the future and `lease_token` names that worker."""

    id = fields.BigIntField(primary_key=True)
    work_status = fields.CharEnumField(WorkStatus, max_length=16, default=WorkStatus.PENDING)
    available_at = fields.DatetimeField()
    lease_token = fields.CharField(max_length=26, default="")
    attempts = fields.IntField(default=0)
    last_error = fields.CharField(max_length=200, default="")
    done_at = fields.DatetimeField(null=True)

    class Meta:
        abstract = True
