"""A product as the shop shows it."""

from enum import StrEnum
from typing import Any

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class SaleStatus(StrEnum):
    """Whether it may be bought. STOPPED products are in no list; their orders stay."""

    ON_SALE = "ON_SALE"
    STOPPED = "STOPPED"


class DisplayStatus(StrEnum):
    """Whether the shop shows it."""

    SHOWN = "SHOWN"
    HIDDEN = "HIDDEN"


class TaxType(StrEnum):
    """Whether the price contains VAT (부가가치세법): TAXABLE 과세, or TAX_FREE 면세 by its article 26."""

    TAXABLE = "TAXABLE"
    TAX_FREE = "TAX_FREE"


class Product(Model):
    """`price` (won) is the present price of one unit: `origin_price` minus the product's own discount.

    `discount_option` is ``percent``, ``amount`` or empty; `discount` is the percentage or the amount in won. A discount
    with a period holds from `discount_starts_at` until just before `discount_ends_at`; either may be null (open).
    `reduced_price` is the price during that period. `price` is correct until `price_changes_at`: code that filters or
    sorts by `price` calls ``services.prices.settle`` first, all other code gets the price from ``services.prices``.
    `reduction` is the reduction of `price` in hundredths of a percent; code that writes `price` also writes it.
    `rating` is in tenths. `version` counts the edits.

    A product is for sale if it is ON_SALE and SHOWN. An archived product is neither until it is restored.
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
    reduced_price = fields.IntField(default=0)
    discount_starts_at = fields.DatetimeField(null=True)
    discount_ends_at = fields.DatetimeField(null=True)
    price_changes_at = fields.DatetimeField(null=True, db_index=True)
    sale_status = fields.CharEnumField(SaleStatus, max_length=16, default=SaleStatus.ON_SALE)
    display_status = fields.CharEnumField(DisplayStatus, max_length=16, default=DisplayStatus.SHOWN)
    tax_type = fields.CharEnumField(TaxType, max_length=10, default=TaxType.TAXABLE)
    rating = fields.SmallIntField(default=0)
    review_count = fields.IntField(default=0)
    popularity = fields.IntField(default=0)
    specs: Any = fields.JSONField(null=True)
    notice: Any = fields.JSONField(null=True)
    version = fields.IntField(default=1)
    archived_at = fields.DatetimeField(null=True)
    reduction = fields.IntField(default=0)
    released_at = fields.DatetimeField(db_index=True)
    created_at = fields.DatetimeField(db_index=True)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "product"
        indexes = (
            # For the orders of the back-office list; they include the status columns of its filters.
            Index(
                fields=("archived_at", "id", "sale_status", "display_status", "price", "origin_price"),
                name="product_kept",
            ),
            Index(
                fields=("archived_at", "price", "id", "sale_status", "display_status", "origin_price"),
                name="product_kept_price",
            ),
            Index(
                fields=("archived_at", "updated_at", "id", "sale_status", "display_status"), name="product_kept_updated"
            ),
            Index(fields=("archived_at", "name", "id", "sale_status", "display_status"), name="product_kept_name"),
            Index(
                fields=("archived_at", "product_code", "id", "sale_status", "display_status"), name="product_kept_code"
            ),
            # One for each order of the shop's list, with the columns of its filters, so that no page reads whole rows.
            # The last one is a narrow copy of the row, for look-ups by id.
            Index(fields=("sale_status", "display_status", "released_at", "id", "price"), name="product_newest"),
            Index(fields=("sale_status", "display_status", "price", "id"), name="product_price"),
            Index(fields=("sale_status", "display_status", "popularity", "id", "price"), name="product_popular"),
            Index(fields=("sale_status", "display_status", "reduction", "id", "price"), name="product_discount"),
            Index(
                fields=("sale_status", "display_status", "rating", "review_count", "id", "price"), name="product_rating"
            ),
            Index(
                fields=(
                    "id",
                    "sale_status",
                    "display_status",
                    "price",
                    "released_at",
                    "popularity",
                    "reduction",
                    "rating",
                    "review_count",
                ),
                name="product_narrow",
            ),
        )
