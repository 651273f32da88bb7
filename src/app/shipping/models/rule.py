"""Fee rules. Staff edit them as one setting; each edit is a new version, and an order keeps the one that priced it.

Rows are never changed. The rule with the highest version is in force. The first edit stores the defaults of the code as
version 1.
"""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class DeliveryMethod(StrEnum):
    """How goods reach the buyer: by courier, by the shop itself, by an express rider, or the buyer fetches them."""

    PARCEL = "PARCEL"
    DIRECT = "DIRECT"
    QUICK = "QUICK"
    VISIT = "VISIT"


class SurchargeArea(StrEnum):
    """The two areas of Korean fee tables: Jeju, and islands without a bridge with hardly accessible places."""

    JEJU = "JEJU"
    ISLAND = "ISLAND"


class FeePer(StrEnum):
    """Whether a product's own fee is charged once an order, or for each unit."""

    ORDER = "ORDER"
    UNIT = "UNIT"


class ShippingRule(Model):
    """A version of the rules; amounts are won.

    `base_fee` is charged for goods below `free_from` after discount. `return_fee` is the way back, `exchange_fee` both
    ways. `methods` names the offered `DeliveryMethod`s, separated by commas.
    """

    id = fields.BigIntField(primary_key=True)
    version = fields.IntField(default=0, db_index=True)
    base_fee = fields.IntField()
    free_from = fields.IntField()
    return_fee = fields.IntField(default=3_000)
    exchange_fee = fields.IntField(default=6_000)
    methods = fields.CharField(max_length=60, default=DeliveryMethod.PARCEL.value)
    created_at = fields.DatetimeField()

    class Meta:
        table = "shipping_rule"


class ShippingSurcharge(Model):
    """A surcharge of `fee` won for zipcodes from `zipcode_from` to `zipcode_to`, both included (rules of `version`)."""

    id = fields.BigIntField(primary_key=True)
    version = fields.IntField(default=0)
    area = fields.CharEnumField(SurchargeArea, max_length=8, default=SurchargeArea.ISLAND)
    name = fields.CharField(max_length=50)
    zipcode_from = fields.CharField(max_length=5)
    zipcode_to = fields.CharField(max_length=5)
    fee = fields.IntField()

    class Meta:
        table = "shipping_surcharge"
        indexes = (("version", "zipcode_from"),)


class ShippingProductFee(Model):
    """The own fee of a bulky product, in won, in rules of `version`. `product_id` is not a foreign key: old versions
    outlive products."""

    id = fields.BigIntField(primary_key=True)
    version = fields.IntField()
    product_id = fields.BigIntField()
    fee = fields.IntField()
    per = fields.CharEnumField(FeePer, max_length=8)

    class Meta:
        table = "shipping_product_fee"
        unique_together = (("version", "product_id"),)
