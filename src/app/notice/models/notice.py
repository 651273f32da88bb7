"""A notice of the shop."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class NoticeCategory(StrEnum):
    GENERAL = "general"
    DELIVERY = "delivery"
    PRODUCT = "product"
    EVENT = "event"
    SYSTEM = "system"


class NoticeStatus(StrEnum):
    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"


class Notice(Model):
    """A notice. It is public from `published_at` on while it is PUBLISHED; pinned ones come first, then the newest.

    `body` is plain text, never markup.
    """

    id = fields.BigIntField(primary_key=True)
    category = fields.CharEnumField(NoticeCategory, max_length=16)
    title = fields.CharField(max_length=120)
    body = fields.TextField()
    is_pinned = fields.BooleanField(default=False)
    status = fields.CharEnumField(NoticeStatus, max_length=16, default=NoticeStatus.DRAFT)
    published_at = fields.DatetimeField(null=True)
    view_count = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "notice"
        indexes = (("status", "published_at"),)
