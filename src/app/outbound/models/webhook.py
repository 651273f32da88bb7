"""The registration of an external system that receives webhooks."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from src.core.database.models import Model


class OffReason(StrEnum):
    """Why nothing is sent: staff switched it off, the receiver said 410, or every try failed for days."""

    NONE = ""
    STAFF = "STAFF"
    GONE = "GONE"
    FAILING = "FAILING"


class OutboundWebhook(Model):
    """A receiver of webhooks. `secret` and `old_secret` are encrypted; the old one signs too until `old_secret_until`.

    `failing_since` is the time of the first failure since the last success, null after a success. `paused_until` comes
    from the receiver's Retry-After. With `removed_at` set the row is hidden; it is deleted after its last delivery.
    """

    id = fields.BigIntField(primary_key=True)
    url = fields.CharField(max_length=500)
    description = fields.CharField(max_length=200, default="")
    event_types: Any = fields.JSONField()
    is_active = fields.BooleanField(default=True)
    off_reason = fields.CharEnumField(OffReason, max_length=8, default=OffReason.NONE)
    with_personal_data = fields.BooleanField(default=False)
    secret = fields.CharField(max_length=300)
    old_secret = fields.CharField(max_length=300, default="")
    old_secret_until = fields.DatetimeField(null=True)
    failing_since = fields.DatetimeField(null=True)
    paused_until = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)
    created_by = fields.CharField(max_length=40)
    removed_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "outbound_webhook"
