"""Verified webhooks that were answered with 200 (docs/architecture.md#r13): none may be lost."""

from tortoise import fields

from src.common.models.work_item import WorkItem


class InboxMessage(WorkItem):
    """One message of a vendor, stored once for its id. `body` is the received text; it is only a hint, so the vendor is
    read again."""

    source = fields.CharField(max_length=32)
    message_id = fields.CharField(max_length=191)
    topic = fields.CharField(max_length=64, default="")
    body = fields.TextField()
    received_at = fields.DatetimeField()

    class Meta:
        table = "inbox_message"
        unique_together = (("source", "message_id"),)
        indexes = (("work_status", "available_at"),)
