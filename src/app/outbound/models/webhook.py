"""A back-office system that wants to be told."""

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
    """`secret` and `old_secret` are sealed; the old one signs too until `old_secret_until`.

    `failing_since` is the first failure after the last success, null while the last try went well. `paused_until` is
    what the receiver asked for by Retry-After. From `removed_at` on nobody sees the row; it goes with its deliveries.
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
