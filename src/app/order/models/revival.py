"""That staff brought an expired order back."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class OrderRevival(Model):
    """One revival of an expired order. Its id names what the order holds of the stock from then on
    (``revival:<id>:<line_no>``). `left_out` are the lines that it goes on without, as they were: line number, variant,
    SKU, name, option, quantity and prices in won. Rows are never changed. `actor` is the key of an identity."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="revivals", on_delete=fields.RESTRICT
    )
    order_id: int
    total_before = fields.IntField()
    total_after = fields.IntField()
    left_out: Any = fields.JSONField()
    actor = fields.CharField(max_length=40)
    reason = fields.CharField(max_length=200)
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_revival"
