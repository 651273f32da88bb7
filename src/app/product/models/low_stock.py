"""Progress of the low-stock check, and the falls that were reported to staff."""

from tortoise import fields

from src.core.database.models import Model


class LowStockLook(Model):
    """A single row with the id 1. The last check read the ledger up to `seen_id`, the check before it up to
    `before_id`. Rows between the two are read again, because some may have been committed late."""

    id = fields.BigIntField(primary_key=True, generated=False)
    seen_id = fields.BigIntField(default=0)
    before_id = fields.BigIntField(default=0)

    class Meta:
        table = "low_stock_look"


class LowStockFall(Model):
    """The latest reported fall of a variant to the low-stock line or below. `ledger_id` is the change that caused
    it."""

    variant_id = fields.BigIntField(primary_key=True, generated=False)
    ledger_id = fields.BigIntField()

    class Meta:
        table = "low_stock_fall"
