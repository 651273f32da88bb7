"""What lies on the units of an order, and the parts of its shipping fee. Rows are written once and never changed."""

from typing import cast

from tortoise import fields

from src.app.pricing.services.effects import EffectKind
from src.app.product.models import TaxType
from src.app.shipping.services.fees import FeeKind
from src.core.database.models import Model


class OrderEffect(Model):
    """One effect on the units of a line. `parts` is the won of each unit (`pricing.services.effects.packed`), `amount`
    their sum, `place` the effect's position among those of the order.

    An order without discounts and points has no rows: its units are equal, and their VAT follows from the line's.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="effects", on_delete=fields.RESTRICT
    )
    order_id: int
    line_no = fields.CharField(max_length=20)
    place = fields.SmallIntField()
    kind = fields.CharEnumField(EffectKind, max_length=16)
    amount = fields.IntField()
    parts = fields.TextField()

    class Meta:
        table = "order_effect"
        unique_together = (("line_no", "place"),)


class OrderShippingRow(Model):
    """One part of the shipping fee; `amount` is below 0 for an EFFECT only. The amounts add up to the order's fee.

    - `rule_version` is the version of the shipping rules; null for orders of a release without versions.
    - `line_no` is the line that a fee per unit is charged for, else empty; `product_id` the product of a PRODUCT row.
    - `units` is the number of equal parts in which the amount may go back.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="shipping_rows", on_delete=fields.RESTRICT
    )
    order_id: int
    place = fields.SmallIntField()
    kind = fields.CharEnumField(FeeKind, max_length=12)
    rule_version = fields.IntField(null=True)
    line_no = fields.CharField(max_length=20, default="")
    product_id = cast("fields.Field[int | None]", fields.BigIntField(null=True))
    units = fields.IntField(default=1)
    amount = fields.IntField()
    tax_type = fields.CharEnumField(TaxType, max_length=10)

    class Meta:
        table = "order_shipping_row"
        unique_together = (("order_id", "place"),)
