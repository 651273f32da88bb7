"""A line of an order: what was bought, as it was when it was bought."""

from tortoise import fields

from src.app.order.models.status import ClaimStatus, OrderStatus, ProcurementStatus, ShippingStatus
from src.core.database.models import Model


class OrderLine(Model):
    """A snapshot (docs/promises.md#p9): name, option and prices never change, and product and variant are no foreign
    keys.

    `cart_place` tells which line of the cart it was made from (`Wanted.place`), null when from none.
    `discount_share` and `points_share` are the line's parts of the order's discount and points, in won.
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
    quantity = fields.IntField()
    cart_place = fields.BigIntField(null=True)
    line_total = fields.IntField()
    discount_share = fields.IntField(default=0)
    points_share = fields.IntField(default=0)
    status = fields.CharEnumField(OrderStatus, max_length=20, default=OrderStatus.PENDING)
    procurement_status = fields.CharEnumField(ProcurementStatus, max_length=16, default=ProcurementStatus.NONE)
    shipping_status = fields.CharEnumField(ShippingStatus, max_length=16, default=ShippingStatus.NONE)
    claim_status = fields.CharEnumField(ClaimStatus, max_length=24, default=ClaimStatus.NONE)

    class Meta:
        table = "order_line"
