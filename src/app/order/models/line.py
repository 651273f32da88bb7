"""A line of an order: a snapshot of the variant as it was bought."""

from typing import Final, cast

from tortoise import fields

from src.app.order.models.status import (
    ClaimStatus,
    DelayReason,
    DeliveryAttribute,
    OrderStatus,
    ProcurementStatus,
    ShippingStatus,
)
from src.app.product.models import TaxType
from src.core.database.models import Model

AXES: Final = (
    "status",
    "procurement_status",
    "shipping_status",
    "claim_status",
    "delivery_attribute",
    "pay_method",
    "delayed_until",
)
"""What staff filter by. Each index on a date goes on with the id and these, so that a search over months of lines reads
nothing but that index, in the order of the list (`services.lines.search`)."""


class OrderLine(Model):
    """A snapshot (docs/promises.md#p9): name, option and prices never change. `product_id` and `variant_id` are not
    foreign keys.

    - `cart_place` is the place of the cart line that this line was made from (`Wanted.place`), null without a cart.
    - `extra_price` is the part of both prices that its option cost beyond the product.
    - `discount_share` and `points_share` are the line's parts of the order's discount and points, in won.
    - `vat_amount` is the line's part of the order's VAT; null until the job ``order-effects`` came to an order of a
      release without it.
    - `cancelled`, `shipped`, `delivered`, `returned`, `exchanged` count units of `quantity`, `in_cancel` and
      `in_return` those of open claims (`services.lines.units`). From PAID on `status` follows from them.
    - `ship_by` is the Korean day by which the law wants it sent (전자상거래법 제15조), or the day agreed in a delay.
      `shipped_at` is when the first parcel was handed over, `delivered_at` when the last part arrived.
    - `pay_method` is what the buyer chose, then what settled the order. With `ordered_at` and `paid_at` it is the
      order's value once more: staff search lines, millions of them, by each of these.
    - `confirmed_at` is the purchase confirmation. It does not come by itself before `hold_confirmation_until`.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="lines", on_delete=fields.RESTRICT
    )
    order_id: int
    line_no = fields.CharField(max_length=20, unique=True)
    variant_id = fields.BigIntField(db_index=True)
    product_id = fields.BigIntField(db_index=True)
    product_code = fields.CharField(max_length=40)
    sku = fields.CharField(max_length=64)
    name = fields.CharField(max_length=120)
    color = fields.CharField(max_length=40)
    size = fields.CharField(max_length=40)
    image_path = fields.CharField(max_length=200, default="", db_index=True)
    origin_price = fields.IntField()
    unit_price = fields.IntField()
    extra_price = fields.IntField(default=0)
    quantity = fields.IntField()
    cart_place = fields.BigIntField(null=True)
    line_total = fields.IntField()
    discount_share = fields.IntField(default=0)
    points_share = fields.IntField(default=0)
    tax_type = fields.CharEnumField(TaxType, max_length=10, default=TaxType.TAXABLE)
    vat_amount = fields.IntField(null=True)
    status = fields.CharEnumField(OrderStatus, max_length=20, default=OrderStatus.PENDING)
    procurement_status = fields.CharEnumField(ProcurementStatus, max_length=16, default=ProcurementStatus.NONE)
    shipping_status = fields.CharEnumField(ShippingStatus, max_length=16, default=ShippingStatus.NONE)
    claim_status = fields.CharEnumField(ClaimStatus, max_length=24, default=ClaimStatus.NONE)
    cancelled = fields.IntField(default=0)
    shipped = fields.IntField(default=0)
    delivered = fields.IntField(default=0)
    returned = fields.IntField(default=0)
    exchanged = fields.IntField(default=0)
    in_cancel = fields.IntField(default=0)
    in_return = fields.IntField(default=0)
    delivery_attribute = fields.CharEnumField(DeliveryAttribute, max_length=16, default=DeliveryAttribute.NORMAL)
    hope_on = fields.DateField(null=True)
    ship_by = fields.DateField(null=True)
    delay_reason = cast("fields.Field[DelayReason | None]", fields.CharEnumField(DelayReason, max_length=20, null=True))
    delay_text = fields.CharField(max_length=200, default="")
    delayed_until = fields.DateField(null=True)
    pay_method = fields.CharField(max_length=20, default="")
    ordered_at = fields.DatetimeField(null=True)
    paid_at = fields.DatetimeField(null=True)
    acknowledged_at = fields.DatetimeField(null=True)
    shipped_at = fields.DatetimeField(null=True)
    delivered_at = fields.DatetimeField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    hold_confirmation_until = fields.DatetimeField(null=True)

    class Meta:
        table = "order_line"
        indexes = (
            ("ordered_at", "id", *AXES),
            ("status", "ordered_at", "id", *AXES[1:]),
            ("product_code", "ordered_at"),
            ("paid_at", "id", *AXES),
            ("acknowledged_at", "id", *AXES),
            ("shipped_at", "id", *AXES),
            ("delivered_at", "id", *AXES),
            ("confirmed_at", "id", *AXES),
            ("status", "ship_by"),
        )
