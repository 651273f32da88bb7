"""Notes of staff about a member."""

from tortoise import fields

from src.core.database.models import Model


class UserMemo(Model):
    """One note, for staff only. It is deleted with the member's personal data when the member leaves."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="memos", on_delete=fields.CASCADE
    )
    user_id: int
    author: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Staff", related_name="memos", on_delete=fields.RESTRICT
    )
    author_id: int
    body = fields.CharField(max_length=500)
    created_at = fields.DatetimeField()

    class Meta:
        table = "user_memo"
