"""Shipments: what was sent of an order, in which parcels, and how they moved."""

from typing import cast

from tortoise import fields

from src.app.fulfilment.models.status import DeliveredBy, Direction, ShipmentMethod, ShipmentState
from src.core.database.models import Model


class Shipment(Model):
    """One parcel of an order, or what somebody carried without one.

    - `number` is ours and public. `courier` is the code of a courier (`shipping`), empty with `tracking_no` where the
      method is not PARCEL.
    - `sent_by` is the key of who sent it.
    - `scanned_at` is the time of the last scan that counted, by the courier's clock; null: it was not scanned yet.
    - `delivered_at` is when it arrived, and `delivered_by` who says so.
    - `import_id` is the sheet that it was sent by, empty for one by hand.
    - `tell_at` is when the shopper hears of it unless a scan comes first; null once that is decided. `told_at` is when
      the message was asked for.
    - `contested_at` is when the shopper said that it did not arrive.
    """

    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(max_length=18, unique=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="shipments", on_delete=fields.RESTRICT
    )
    order_id: int
    direction = fields.CharEnumField(Direction, max_length=4, default=Direction.OUT)
    method = fields.CharEnumField(ShipmentMethod, max_length=8, default=ShipmentMethod.PARCEL)
    courier = fields.CharField(max_length=20, default="")
    tracking_no = fields.CharField(max_length=30, default="")
    state = fields.CharEnumField(ShipmentState, max_length=20, default=ShipmentState.READY)
    sent_by = fields.CharField(max_length=40)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField(db_index=True)
    scanned_at = fields.DatetimeField(null=True)
    delivered_at = fields.DatetimeField(null=True)
    delivered_by = cast("fields.Field[DeliveredBy | None]", fields.CharEnumField(DeliveredBy, max_length=8, null=True))
    next_poll_at = fields.DatetimeField(null=True, db_index=True)
    polls = fields.IntField(default=0)
    tell_at = fields.DatetimeField(null=True, db_index=True)
    told_at = fields.DatetimeField(null=True)
    contested_at = fields.DatetimeField(null=True)
    import_id = fields.CharField(max_length=26, default="")

    class Meta:
        table = "shipment"
        indexes = (
            ("courier", "tracking_no"),
            ("tracking_no",),
            ("state", "created_at"),
            ("created_at",),
            ("import_id",),
        )


class ShipmentLine(Model):
    """How many units of a line are in a shipment."""

    id = fields.BigIntField(primary_key=True)
    shipment: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Shipment", related_name="lines", on_delete=fields.RESTRICT
    )
    shipment_id: int
    order_line: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.OrderLine", related_name="shipment_lines", on_delete=fields.RESTRICT
    )
    order_line_id: int
    units = fields.IntField()

    class Meta:
        table = "shipment_line"
        unique_together = (("shipment", "order_line"),)


class ShipmentEvent(Model):
    """One hop of a shipment, or a corrected number: who, why and when. Rows are never changed.

    `tracking_no` is the number from then on. `from_state` is empty for the first one.
    """

    id = fields.BigIntField(primary_key=True)
    shipment: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Shipment", related_name="events", on_delete=fields.RESTRICT
    )
    shipment_id: int
    from_state = fields.CharField(max_length=20, default="")
    to_state = fields.CharField(max_length=20)
    courier = fields.CharField(max_length=20, default="")
    tracking_no = fields.CharField(max_length=30, default="")
    actor = fields.CharField(max_length=40)
    reason = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "shipment_event"
