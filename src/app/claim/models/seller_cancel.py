"""Cancels by the seller (판매자 취소). Rows are written once and never changed. All amounts are won."""

from tortoise import fields

from src.app.pricing.services.refunds.calculator import RowKind
from src.app.pricing.services.refunds.reasons import GoodsReason
from src.app.product.models import TaxType
from src.core.database.models import Model


class SellerCancel(Model):
    """Units of one order that were cancelled by one command. `refund` is the sum of its lines; the refund has the cause
    ``cancel:<id>``. `points` go back beside it. `actor` is the identity key of who did it."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="seller_cancels", on_delete=fields.RESTRICT
    )
    order_id: int
    refund = fields.BigIntField()
    points = fields.BigIntField(default=0)
    actor = fields.CharField(max_length=40)
    request_id = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "seller_cancel"


class SellerCancelLine(Model):
    """`units` of a line, from the unit `first_unit` on, counted from 0 in the order in which their money is stored.

    - `refund` goes back for them, `tax_free` of it for tax-free goods or shipping.
    - `is_restocked` says whether the units may be sold again; else they were written off. The source of the stock's
      ledger is ``cancel_line:<id>``.
    - `request_key` is a hash of who asked and their Idempotency-Key: the same request cancels no further units.
    """

    id = fields.BigIntField(primary_key=True)
    cancel: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.SellerCancel", related_name="lines", on_delete=fields.RESTRICT
    )
    cancel_id: int
    order_line: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.OrderLine", related_name="seller_cancel_lines", on_delete=fields.RESTRICT
    )
    order_line_id: int
    first_unit = fields.IntField()
    units = fields.IntField()
    reason = fields.CharEnumField(GoodsReason, max_length=20)
    is_restocked = fields.BooleanField()
    refund = fields.BigIntField()
    tax_free = fields.BigIntField(default=0)
    request_key = fields.CharField(max_length=64)

    class Meta:
        table = "seller_cancel_line"
        unique_together = (("order_line", "request_key"),)


class SellerCancelRow(Model):
    """One cause of the refund of a line: signed won, above 0 to the buyer. `units` units of the line, or parts of the
    order's shipping row at `shipping_place`, which is 0 for goods and their effects."""

    id = fields.BigIntField(primary_key=True)
    cancel_line: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.SellerCancelLine", related_name="rows", on_delete=fields.RESTRICT
    )
    cancel_line_id: int
    place = fields.SmallIntField()
    kind = fields.CharEnumField(RowKind, max_length=16)
    amount = fields.BigIntField()
    tax_type = fields.CharEnumField(TaxType, max_length=10)
    units = fields.IntField()
    shipping_place = fields.SmallIntField(default=0)

    class Meta:
        table = "seller_cancel_row"
        unique_together = (("cancel_line", "place"),)
