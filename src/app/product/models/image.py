"""A picture of a colour of a product."""

from tortoise import fields

from src.core.database.models import Model


class ProductImage(Model):
    """`path` is below ``/media``, as in ``products/01201110/0-0.svg``. The first one is the colour's thumbnail."""

    id = fields.BigIntField(primary_key=True)
    option: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.ProductOption", related_name="images", on_delete=fields.CASCADE
    )
    option_id: int
    path = fields.CharField(max_length=200, db_index=True)
    position = fields.IntField(default=0)
    alt = fields.CharField(max_length=200, default="")

    class Meta:
        table = "product_image"
