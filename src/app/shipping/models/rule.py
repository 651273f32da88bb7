"""Fee rules as rows, so that staff can change them."""

from tortoise import fields

from src.core.database.models import Model


class ShippingRule(Model):
    """`base_fee` won below `free_from` won of goods after discount. The newest row counts."""

    id = fields.BigIntField(primary_key=True)
    base_fee = fields.IntField()
    free_from = fields.IntField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "shipping_rule"


class ShippingSurcharge(Model):
    """`fee` won on top for zipcodes from `zipcode_from` to `zipcode_to`, both included (Jeju, islands)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=50)
    zipcode_from = fields.CharField(max_length=5)
    zipcode_to = fields.CharField(max_length=5)
    fee = fields.IntField()

    class Meta:
        table = "shipping_surcharge"
