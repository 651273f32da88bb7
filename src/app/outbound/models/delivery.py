"""One event for one receiver."""

from typing import Any

from tortoise import fields

from src.common.models.work_item import WorkItem
from src.core.database.models import Model


class OutboundDelivery(WorkItem):
    """A message to one webhook. DONE: delivered. DEAD: failed, no more tries follow unless staff replay it.

    `event_key` names the event; a webhook has one delivery per event. `body` is the text to send without the personal
    part; `personal` stores that part, so that it can be erased alone. `forgotten_at` is the time when it was erased.
    `attempts` counts since the last replay. An empty `lease_token` means that no worker holds the row.
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
