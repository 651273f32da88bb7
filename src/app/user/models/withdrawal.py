"""Withdrawal requests of members and their outcome."""

from tortoise import fields

from src.core.database.models import Model


class Withdrawal(Model):
    """One request, open until it is cancelled or finished. `reason` is the member's own text; finishing empties it."""

    id = fields.BigIntField(primary_key=True)
    user: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.User", related_name="withdrawals", on_delete=fields.CASCADE
    )
    user_id: int
    reason = fields.CharField(max_length=500, default="")
    requested_at = fields.DatetimeField()
    due_at = fields.DatetimeField()
    cancelled_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "user_withdrawal"
