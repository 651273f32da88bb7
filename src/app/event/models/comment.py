"""What a member wrote under an event: also the entry, where something is to be won."""

from tortoise import fields

from src.app.event.models.status import CommentStatus
from src.core.database.models import Model


class EventComment(Model):
    """`digest` is the hash of the text without case and blanks: nobody writes the same twice under one event.

    `report_count` counts the reports that staff have not answered. Of a member who left the row stays, without the
    member (NULL), text and digest.
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
