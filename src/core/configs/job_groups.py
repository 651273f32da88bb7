"""Settings of background work."""

from typing import Literal

from pydantic import Field

from src.core.configs.groups import Group


class JobSettings(Group):
    """Place of background work and retention of its records.

    ``inside`` runs it in the web processes; ``apart`` runs it in `python -m src.worker` and `python -m
    src.worker.scheduler`, which find each other through Redis. The inbox is kept for at least a week: a vendor repeats
    for hours (PortOne for nearly six), and people resend by hand for days.
    `retention`: whether the job ``enforce-retention`` erases personal data past its period or only reports it.
    """

    place: Literal["inside", "apart"] = Field("inside", alias="JOBS")
    keep_outbox_days: int = Field(30, alias="KEEP_OUTBOX_DAYS", ge=1, le=3650)
    keep_inbox_days: int = Field(30, alias="KEEP_INBOX_DAYS", ge=7, le=3650)
    keep_job_runs_days: int = Field(90, alias="KEEP_JOB_RUNS_DAYS", ge=1, le=3650)
    retention: Literal["report", "on"] = Field("report", alias="RETENTION")
