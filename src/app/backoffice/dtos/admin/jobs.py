"""Jobs and events, as staff see them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime
from src.common.dtos.keysets import Keyset
from src.common.dtos.pages import Cursored, PageQuery
from src.common.models.job import Trigger
from src.common.models.work_item import WorkStatus

JobName = Annotated[str, Field(max_length=64, pattern=r"^[a-z]+(-[a-z]+)*$", examples=["expire-orders"])]


class JobRead(BaseModel):
    """One job. `kind`: ``schedule`` runs at its times, one at a time; ``work`` looks for rows all the time, in every
    worker; ``memory`` keeps the memory of each web process. The latter two have no next run and no last result: their
    runs are added up in the history."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "expire-orders",
                    "title": "미결제 주문 만료",
                    "title_en": "Expire unpaid orders",
                    "kind": "schedule",
                    "every_seconds": 5,
                    "daily_at": None,
                    "is_running": False,
                    "asked_by": None,
                    "next_run_at": "2026-11-20T10:12:05+09:00",
                    "last_started_at": "2026-11-20T10:12:00+09:00",
                    "last_finished_at": "2026-11-20T10:12:00+09:00",
                    "last_done": 2,
                    "last_error": None,
                }
            ]
        }
    )

    name: JobName
    title: str
    title_en: str
    kind: Literal["schedule", "work", "memory"]
    every_seconds: float
    daily_at: str | None
    is_running: bool
    asked_by: str | None
    next_run_at: KoreanTime | None
    last_started_at: KoreanTime | None
    last_finished_at: KoreanTime | None
    last_done: int | None
    last_error: str | None


class JobRunRead(BaseModel):
    """One run that did something, failed, or was asked for; of a ``work`` job all looks of five minutes.
    `request_id` is the request that asked for it, else a name of its own, which stands in the log lines and in all rows that
    the run wrote."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 812,
                    "trigger": "MANUAL",
                    "asked_by": "staff:1",
                    "started_at": "2026-11-20T10:12:00+09:00",
                    "finished_at": "2026-11-20T10:12:00+09:00",
                    "done": 2,
                    "error": None,
                    "request_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
                }
            ]
        }
    )

    id: int
    trigger: Trigger
    asked_by: str | None
    started_at: KoreanTime
    finished_at: KoreanTime
    done: int
    error: str | None
    request_id: str


class RunQuery(Cursored, PageQuery):
    """Runs of a job, the newest first."""

    def keyset(self) -> Keyset:
        """By number."""
        return Keyset("runs")


class OutboxQuery(Cursored, PageQuery):
    """Events by state and topic; those set aside (``DEAD``) wait for a person."""

    status: WorkStatus | None = None
    topic: Annotated[str | None, Field(max_length=64, examples=["order.paid"])] = None

    def keyset(self) -> Keyset:
        """By number, the newest first."""
        return Keyset("outbox")


class OutboxEventRead(BaseModel):
    """One event: what happened to what, and how far it got. `payload` holds ids and numbers only,
    `request_id` is the request in which it happened."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 4711,
                    "topic": "order.paid",
                    "aggregate": "order:7",
                    "payload": {"order_id": 7},
                    "status": "DEAD",
                    "attempts": 20,
                    "last_error": "OrderNotFound",
                    "request_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
                    "created_at": "2026-11-20T10:12:00+09:00",
                    "next_try_at": None,
                    "done_at": None,
                }
            ]
        }
    )

    id: int
    topic: str
    aggregate: str
    payload: dict[str, Any]
    status: WorkStatus
    attempts: int
    last_error: str | None
    request_id: str
    created_at: KoreanTime
    next_try_at: KoreanTime | None
    done_at: KoreanTime | None
