"""A member's report of a comment."""

from tortoise import fields

from src.core.database.models import Model


class CommentReport(Model):
    """A report, at most one per comment and member. `closed_at`: when staff decided on the comment after the report."""

    id = fields.BigIntField(primary_key=True)
    comment: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.EventComment", related_name="reports", on_delete=fields.CASCADE
    )
    comment_id: int
    reporter: fields.ForeignKeyNullableRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="comment_reports", null=True, on_delete=fields.RESTRICT
    )
    reporter_id: int | None
    reason = fields.CharField(max_length=200, default="")
    created_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "event_comment_report"
        unique_together = (("comment", "reporter"),)
