"""An event of the shop."""

from tortoise import fields

from src.core.database.models import Model


class Event(Model):
    """An event. It is public from `starts_at` on while `is_published`; it is over from `ends_at` on.

    `image_path` is below ``/media``. `body` is plain text.
    """

    id = fields.BigIntField(primary_key=True)
    title = fields.CharField(max_length=120)
    body = fields.TextField()
    image_path = fields.CharField(max_length=200, default="")
    alt = fields.CharField(max_length=200, default="")
    is_published = fields.BooleanField(default=False)
    takes_comments = fields.BooleanField(default=True)
    starts_at = fields.DatetimeField()
    ends_at = fields.DatetimeField()
    view_count = fields.IntField(default=0)
    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "event"
        indexes = (("is_published", "starts_at"),)
