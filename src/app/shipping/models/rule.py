"""Fee rules, kept as rows so that staff can change them."""

from tortoise import fields

from src.core.database.models import Model


class ShippingRule(Model):
    """A base fee of `base_fee` won for goods below `free_from` won after discount. The newest row is in force."""

    id = fields.BigIntField(primary_key=True)
    base_fee = fields.IntField()
    free_from = fields.IntField()
    created_at = fields.DatetimeField()

    class Meta:
        table = "shipping_rule"


class ShippingSurcharge(Model):
    """A surcharge of `fee` won for zipcodes from `zipcode_from` to `zipcode_to`, both included (Jeju, islands)."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(max_length=50)
    zipcode_from = fields.CharField(max_length=5)
    zipcode_to = fields.CharField(max_length=5)
    fee = fields.IntField()

    class Meta:
        table = "shipping_surcharge"
