"""How far the look for low stock has come, and of which falls staff were told."""

from tortoise import fields

from src.core.database.models import Model


class LowStockLook(Model):
    """The one row with the id 1. The ledger was read up to `seen_id` by the last look and to `before_id` by the one
    before: rows between may have been committed late, and are read again."""

    id = fields.BigIntField(primary_key=True, generated=False)
    seen_id = fields.BigIntField(default=0)
    before_id = fields.BigIntField(default=0)

    class Meta:
        table = "low_stock_look"


class LowStockFall(Model):
    """The latest fall of a variant below the line: `ledger_id` is the change that brought it there."""

    variant_id = fields.BigIntField(primary_key=True, generated=False)
    ledger_id = fields.BigIntField()

    class Meta:
        table = "low_stock_fall"
