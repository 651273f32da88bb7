"""Requests to separate a former member's orders from the personal values."""

from tortoise import fields

from src.core.database.models import Model


class OrderSeparation(Model):
    """The request for one former member. `done_at` is set once none of the member's orders holds a personal value.

    The previous release writes here; this release writes `Anonymisation` and copies (`common.records.former_tables`).
    """

    member_id = fields.BigIntField(primary_key=True, generated=False)
    requested_at = fields.DatetimeField()
    done_at = fields.DatetimeField(null=True, db_index=True)

    class Meta:
        table = "order_separation"
