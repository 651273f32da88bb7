"""The timeline of an order: one row for every hop, never changed."""

from tortoise import fields

from src.core.database.models import Model


class OrderEvent(Model):
    """Who moved the order from where to where, when and why. `actor` is an identity's key or a part of the system."""

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="events", on_delete=fields.RESTRICT
    )
    order_id: int
    line_no = fields.CharField(max_length=20, default="")
    from_status = fields.CharField(max_length=20, default="")
    to_status = fields.CharField(max_length=20)
    actor = fields.CharField(max_length=40)
    reason = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_event"
