"""Scans of parcels as couriers told them."""

from tortoise import fields

from src.core.database.models import Model


class ShipmentScan(Model):
    """One scan, stored once for its `scan_key` (`shipping.services.tracking.base.Scan.key`). Rows are never changed.

    `tracking_no` is the number that was scanned, which a correction may have replaced since. `moved_to` is the state to
    which this scan moved the shipment, empty if it moved nothing.
    """

    id = fields.BigIntField(primary_key=True)
    shipment: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Shipment", related_name="scans", on_delete=fields.RESTRICT
    )
    shipment_id: int
    scan_key = fields.CharField(max_length=64)
    tracking_no = fields.CharField(max_length=30)
    status = fields.CharField(max_length=24)
    trouble = fields.CharField(max_length=12, default="")
    place = fields.CharField(max_length=100, default="")
    text = fields.CharField(max_length=200, default="")
    scanned_at = fields.DatetimeField()
    moved_to = fields.CharField(max_length=20, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "shipment_scan"
        unique_together = (("shipment", "scan_key"),)
