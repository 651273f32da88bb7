"""Progress of jobs that process data in pieces."""

from tortoise import fields

from src.core.database.models import Model


class Cursor(Model):
    """The position of one job: a moment, an id, or both. It moves only after everything before it is done."""

    name = fields.CharField(max_length=64, primary_key=True)
    moment = fields.DatetimeField(null=True)
    position = fields.BigIntField(default=0)

    class Meta:
        table = "job_cursor"
