"""A colour of a product."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class ProductOption(Model):
    """`color_code` is ``#RRGGBB``. A retired colour is not shown, and all its sizes are retired too. If another colour
    took its name, it has an internal name (`services.naming.aside`)."""

    id = fields.BigIntField(primary_key=True)
    product: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Product", related_name="options", on_delete=fields.CASCADE
    )
    product_id: int
    color = fields.CharField(max_length=63)
    color_code = fields.CharField(max_length=7)
    position = fields.IntField(default=0)
    is_retired = fields.BooleanField(default=False)

    class Meta:
        table = "product_option"
        unique_together = (("product", "color"),)
        indexes = (Index(fields=("color", "is_retired", "product_id", "color_code"), name="product_option_color"),)
