"""Couriers as staff set them."""

from typing import Any

from tortoise import fields

from src.core.database.models import Model


class CourierRow(Model):
    """A courier that staff changed or added. A courier of the shop's defaults that nobody changed has no row.

    `code` is ours and never changes: shipments keep it. The other codes are those of Naver, Cafe24 and the tracking
    services; an empty one is unknown. `tracking_url` holds ``{number}``, or is empty. `number_digits` lists how many
    digits a tracking number may have; empty: any length.
    """

    code = fields.CharField(max_length=20, primary_key=True)
    name = fields.CharField(max_length=50)
    name_en = fields.CharField(max_length=50)
    aliases: Any = fields.JSONField()
    naver_code = fields.CharField(max_length=40, default="")
    cafe24_code = fields.CharField(max_length=40, default="")
    delivery_tracker_id = fields.CharField(max_length=40, default="")
    sweettracker_code = fields.CharField(max_length=40, default="")
    tracking_url = fields.CharField(max_length=300, default="")
    number_digits: Any = fields.JSONField()
    is_active = fields.BooleanField()
    position = fields.IntField()

    class Meta:
        table = "courier"


class CourierList(Model):
    """The list of couriers as a whole, which is edited as one. There is one row, with id 1; none until an edit."""

    id = fields.IntField(primary_key=True, generated=False)
    version = fields.IntField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "courier_list"
