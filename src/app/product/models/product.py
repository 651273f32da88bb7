"""A product as the shop shows it."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model


class SaleStatus(StrEnum):
    """Whether it may be bought. STOPPED products are in no list; their orders stay."""

    ON_SALE = "ON_SALE"
    STOPPED = "STOPPED"


class DisplayStatus(StrEnum):
    """Whether the shop shows it."""

    SHOWN = "SHOWN"
    HIDDEN = "HIDDEN"


class Product(Model):
    """`price` (won) is what one unit costs now: `origin_price` less the product's own discount.

    `discount_option` is ``percent`` or ``amount`` or empty, `discount` its percent or won. `rating` is in tenths.
    A product is for sale when it is ON_SALE and SHOWN.
    """

    id = fields.BigIntField(primary_key=True)
    product_code = fields.CharField(max_length=40, unique=True)
    slug = fields.CharField(max_length=120, unique=True)
    name = fields.CharField(max_length=120)
    brand = fields.CharField(max_length=60, default="MICGOLF")
    description = fields.CharField(max_length=500, default="")
    detail = fields.TextField()
    origin_price = fields.IntField()
    price = fields.IntField(db_index=True)
    discount = fields.IntField(default=0)
    discount_option = fields.CharField(max_length=8, default="")
    sale_status = fields.CharEnumField(SaleStatus, max_length=16, default=SaleStatus.ON_SALE)
    display_status = fields.CharEnumField(DisplayStatus, max_length=16, default=DisplayStatus.SHOWN)
    rating = fields.SmallIntField(default=0)
    review_count = fields.IntField(default=0)
    popularity = fields.IntField(default=0)
    released_at = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "product"
