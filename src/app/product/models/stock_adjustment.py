"""Who corrected a stock by hand, and why."""

from tortoise import fields

from src.core.database.models import Model


class StockAdjustment(Model):
    """Append-only; its ledger row has the source ``adjust:<id>``. `stock_after` is the stock that it left.

    `batch` is shared by what one bulk adjustment did, empty for a single one. `actor` is as in the audit log.
    """

    id = fields.BigIntField(primary_key=True)
    variant_id = fields.BigIntField(db_index=True)
    delta = fields.IntField()
    stock_after = fields.IntField()
    reason = fields.CharField(max_length=200)
    actor = fields.CharField(max_length=40)
    batch = fields.CharField(max_length=26, default="", db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "stock_adjustment"
