"""A line of an order: a snapshot of the variant as it was bought."""

from tortoise import fields

from src.app.order.models.status import ClaimStatus, OrderStatus, ProcurementStatus, ShippingStatus
from src.core.database.models import Model


class OrderLine(Model):
    """A snapshot (docs/promises.md#p9): name, option and prices never change. `product_id` and `variant_id` are not
    foreign keys.

    `cart_place` is the place of the cart line that this line was made from (`Wanted.place`), null without a cart.
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
