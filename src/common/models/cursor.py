"""How far jobs have come that work through something in pieces."""

from tortoise import fields

from src.core.database.models import Model


class Cursor(Model):
    """The place of one job: a moment, an id, or both. It is moved after what lies before it is done, never earlier."""

    name = fields.CharField(max_length=64, primary_key=True)
    moment = fields.DatetimeField(null=True)
    position = fields.BigIntField(default=0)

    class Meta:
        table = "job_cursor"
