"""One event for one receiver."""

from typing import Any

from tortoise import fields

from src.common.models.work_item import WorkItem
from src.core.database.models import Model


class OutboundDelivery(WorkItem):
    """DONE is delivered, DEAD is failed for good. `event_key` names the event; a receiver gets each event once.

    `body` is the text to send but for the personal part, which `personal` holds apart, so that it can be forgotten
    without losing the rest; from `forgotten_at` on it is gone. `attempts` counts since the last replay. An empty
    `lease_token` says that no worker has the row.
    """

    webhook: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.OutboundWebhook", related_name="deliveries", on_delete=fields.RESTRICT
    )
    webhook_id: int
    event_key = fields.CharField(max_length=40)
    message_id = fields.CharField(max_length=32, unique=True)
    type = fields.CharField(max_length=64)
    occurred_at = fields.DatetimeField()
    body = fields.TextField()
    personal: Any = fields.JSONField(null=True)
    member_id = fields.BigIntField(null=True, db_index=True)
    forgotten_at = fields.DatetimeField(null=True)
    response_status = fields.IntField(null=True)
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "outbound_delivery"
        unique_together = (("webhook_id", "event_key"),)
        indexes = (("work_status", "webhook_id", "available_at"), ("webhook_id", "id"))
