"""Days on which the shop works although others do not, or the other way round."""

from tortoise import fields

from src.core.database.models import Model


class BusinessDay(Model):
    """A Korean day that staff set apart from the calendar of public holidays: open or closed, and why."""

    id = fields.BigIntField(primary_key=True)
    day = fields.DateField(unique=True)
    is_open = fields.BooleanField()
    name = fields.CharField(max_length=60)
    changed_at = fields.DatetimeField()

    class Meta:
        table = "business_day"
