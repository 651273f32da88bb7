"""Notification settings of a staff member."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class StaffNews(StrEnum):
    """What staff may be told of. Each has two columns, one a channel: ``<news>_mail`` and ``<news>_sms``."""

    LOW_STOCK = "low_stock"
    ORDER_PAID = "order_paid"
    SHIP_BY = "ship_by"
    PARCEL_TROUBLE = "parcel_trouble"
    DISCREPANCY = "discrepancy"


class StaffNotification(Model):
    """The settings of one staff member. Without a row no notification is sent.

    `email` and `phone` are the addresses; a channel that is switched on always has one.
    """

    id = fields.BigIntField(primary_key=True)
    staff_id = fields.BigIntField(unique=True)
    email = fields.CharField(max_length=254, default="")
    phone = fields.CharField(max_length=12, default="")
    low_stock_mail = fields.BooleanField(default=False)
    low_stock_sms = fields.BooleanField(default=False)
    order_paid_mail = fields.BooleanField(default=False)
    order_paid_sms = fields.BooleanField(default=False)
    ship_by_mail = fields.BooleanField(default=False)
    ship_by_sms = fields.BooleanField(default=False)
    parcel_trouble_mail = fields.BooleanField(default=False)
    parcel_trouble_sms = fields.BooleanField(default=False)
    discrepancy_mail = fields.BooleanField(default=False)
    discrepancy_sms = fields.BooleanField(default=False)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "staff_notification"
