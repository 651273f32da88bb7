"""The timeline of an order: one append-only row per hop."""

from tortoise import fields

from src.core.database.models import Model


class OrderEvent(Model):
    """One hop of an order, or with `line_no` of a line: statuses, actor, reason and time.

    `actor` is an identity's key or a part of the system. `counter` names the line's counter that moved by `units`, if
    one did.
    """

    id = fields.BigIntField(primary_key=True)
    order: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Order", related_name="events", on_delete=fields.RESTRICT
    )
    order_id: int
    line_no = fields.CharField(max_length=20, default="")
    from_status = fields.CharField(max_length=20, default="")
    to_status = fields.CharField(max_length=20)
    counter = fields.CharField(max_length=12, default="")
    units = fields.IntField(default=0)
    actor = fields.CharField(max_length=40)
    reason = fields.CharField(max_length=200, default="")
    request_id = fields.CharField(max_length=64, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "order_event"
