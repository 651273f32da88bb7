"""Scheduled jobs: the current holder, the due time, and the result of each run."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class Trigger(StrEnum):
    """What made a run begin: its time, a person (back-office or command line), or work that came in."""

    SCHEDULE = "SCHEDULE"
    MANUAL = "MANUAL"
    WORK = "WORK"


class Job(Model):
    """One job. Only the holder of an unexpired lease runs it; `last_*` describe its latest finished run.

    `request_id` is the request of `asked_by`. `holder` is a new name for each turn. If the lease of a turn expires, its
    process has died and the job is due again.
    """

    name = fields.CharField(max_length=64, primary_key=True)
    holder = fields.CharField(max_length=26, default="")
    lease_until = fields.DatetimeField()
    next_run_at = fields.DatetimeField()
    asked_by = fields.CharField(max_length=64, default="")
    last_started_at = fields.DatetimeField(null=True)
    last_finished_at = fields.DatetimeField(null=True)
    last_done = fields.IntField(default=0)
    last_error = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")

    class Meta:
        table = "job"


class JobRun(Model):
    """One run that did something, failed, or was requested. `done` is the number of processed items. `request_id` is
    the id of the request for the run, else a new id; the rows and log lines of the run have it too."""

    id = fields.BigIntField(primary_key=True)
    job_name = fields.CharField(max_length=64)
    trigger = fields.CharEnumField(Trigger, max_length=16, default=Trigger.SCHEDULE)
    asked_by = fields.CharField(max_length=64, default="")
    started_at = fields.DatetimeField(db_index=True)
    finished_at = fields.DatetimeField()
    done = fields.IntField()
    error = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")

    class Meta:
        table = "job_run"
        indexes = (("job_name", "id"),)
