"""Tracking numbers that were used."""

from tortoise import fields

from src.core.database.models import Model


class TrackingNumber(Model):
    """A number of a courier that some shipment had.

    The row is a lock: two orders that want one number at once take turns. Which shipments have the number is asked of
    `Shipment`.
    """

    id = fields.BigIntField(primary_key=True)
    courier = fields.CharField(max_length=20)
    tracking_no = fields.CharField(max_length=30)
    used_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "tracking_number"
        unique_together = (("courier", "tracking_no"),)
