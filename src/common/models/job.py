"""Scheduled jobs: who runs one now, when it is due, and what became of each run."""

from tortoise import fields
from tortoise.models import Model


class Job(Model):
    """One job. Only the holder of an unexpired lease runs it."""

    name = fields.CharField(max_length=64, primary_key=True)
    holder = fields.CharField(max_length=26, default="")
    lease_until = fields.DatetimeField()
    next_run_at = fields.DatetimeField()

    class Meta:
        table = "job"


class JobRun(Model):
    """One run that did something or failed. `done` counts what it worked off."""

    id = fields.BigIntField(primary_key=True)
    job_name = fields.CharField(max_length=64)
    started_at = fields.DatetimeField(db_index=True)
    finished_at = fields.DatetimeField()
    done = fields.IntField()
    error = fields.CharField(max_length=200, default="")

    class Meta:
        table = "job_run"
