"""The append-only ledger of stock (docs/architecture.md#r10; kinds and sources in docs/domain.md#stock)."""

from enum import StrEnum
from typing import cast

from tortoise import fields

from src.core.database.models import Model


class StockKind(StrEnum):
    OPENING = "OPENING"
    HOLD = "HOLD"
    SALE = "SALE"
    RELEASE = "RELEASE"
    RESTOCK = "RESTOCK"
    WRITE_OFF = "WRITE_OFF"
    ADJUST = "ADJUST"


class StockLedger(Model):
    """One change of one variant's stock. Unique by (variant, kind, source), which makes repeats harmless.

    `delta` is in signed units; `units` counts those of a WRITE_OFF, whose delta is 0, else null. `line_id` is the order
    line that caused the change, or null. There is no foreign key constraint: every SALE row would take a shared lock on
    the variant's row, and settling would wait for checkouts.
    """

    id = fields.BigIntField(primary_key=True)
    variant: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Variant", related_name="ledger", on_delete=fields.NO_ACTION, db_constraint=False
    )
    variant_id: int
    kind = fields.CharEnumField(StockKind, max_length=16)
    source = fields.CharField(max_length=64)
    delta = fields.IntField()
    units = cast("fields.Field[int | None]", fields.IntField(null=True))
    line_id = fields.BigIntField(null=True, db_index=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "stock_ledger"
        unique_together = (("variant", "kind", "source"),)
        indexes = (("variant", "delta"),)  # the sum of a variant's ledger is read from it alone
