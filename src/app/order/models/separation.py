"""Members whose orders are to be separated from their personal values."""

from tortoise import fields

from src.core.database.models import Model


class OrderSeparation(Model):
    """One member who left. Done once none of the member's orders holds a personal value."""

    member_id = fields.BigIntField(primary_key=True, generated=False)
    requested_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "order_separation"
