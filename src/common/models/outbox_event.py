"""Events that are committed together with the change they describe (docs/architecture.md#r12)."""

from typing import Any

from tortoise import fields

from src.common.models.work_item import WorkItem


class OutboxEvent(WorkItem):
    """One event: ids and numbers only, no personal data. `aggregate` names its subject, as in ``order:7``."""

    topic = fields.CharField(max_length=64)
    aggregate = fields.CharField(max_length=64)
    payload: Any = fields.JSONField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "outbox_event"
        indexes = (("work_status", "available_at"), ("aggregate", "work_status", "available_at"))
