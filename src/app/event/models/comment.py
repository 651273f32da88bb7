"""A member's comment on an event. In a prize draw it is also the entry."""

from tortoise import fields

from src.app.event.models.status import CommentStatus
from src.core.database.models import Model


class EventComment(Model):
    """A comment. `digest` hashes the text without case and white space; it keeps a member from posting a text twice.

    `report_count` counts the open reports. After a member leaves, the row stays without member (NULL), text and digest.
    """

    id = fields.BigIntField(primary_key=True)
    event: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Event", related_name="comments", on_delete=fields.RESTRICT
    )
    event_id: int
    user: fields.ForeignKeyNullableRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="event_comments", null=True, on_delete=fields.RESTRICT
    )
    user_id: int | None
    content = fields.TextField()
    digest = fields.CharField(max_length=64, default="")
    status = fields.CharEnumField(CommentStatus, max_length=16, default=CommentStatus.SHOWN)
    report_count = fields.IntField(default=0)
    reason = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "event_comment"
        unique_together = (("event", "user", "digest"),)
        indexes = (("event", "status"), ("status", "report_count"))
