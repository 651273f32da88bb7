"""Name and logo of the shop."""

from tortoise import fields

from src.core.database.models import Model


class Branding(Model):
    """The brand. There is one row, with id 1. Paths belong to uploads; empty means no picture."""

    id = fields.IntField(primary_key=True, generated=False)
    shop_name = fields.CharField(max_length=60)
    logo_path = fields.CharField(max_length=200, default="")
    favicon_path = fields.CharField(max_length=200, default="")
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "branding"
