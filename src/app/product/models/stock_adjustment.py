"""Manual corrections of stock, with actor and reason."""

from tortoise import fields

from src.core.database.models import Model


class StockAdjustment(Model):
    """Append-only; its ledger row has the source ``adjust:<id>``. `stock_after` is the stock after the correction.

    The rows of one bulk adjustment share `batch`; it is empty for a single adjustment. `actor` is as in the audit log.
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
