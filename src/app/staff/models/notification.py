"""Notification settings of a staff member."""

from tortoise import fields

from src.core.database.models import Model


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
    updated_at = fields.DatetimeField()

    class Meta:
        table = "staff_notification"
