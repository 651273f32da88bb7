"""What is really bought: a size of a colour, with its stock."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class Variant(Model):
    """`stock` is the units that may still be sold. It changes only through ``services.stock``, with a ledger row.

    A size that staff took out of the product is retired, never deleted: orders, carts and the ledger name it. It is
    not for sale and shown nowhere but where it was bought. Where another size took its name it has an inner one, which
    the column has room for (`services.naming.aside`).
    """

    id = fields.BigIntField(primary_key=True)
    product: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Product", related_name="variants", on_delete=fields.RESTRICT
    )
    product_id: int
    option: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.ProductOption", related_name="sizes", on_delete=fields.RESTRICT
    )
    option_id: int
    sku = fields.CharField(max_length=64, unique=True)
    size = fields.CharField(max_length=63)
    stock = fields.IntField(default=0)
    position = fields.IntField(default=0)
    is_retired = fields.BooleanField(default=False)

    class Meta:
        table = "variant"
        unique_together = (("option", "size"),)
        indexes = (
            ("product", "is_retired", "stock"),
            Index(fields=("is_retired", "stock", "id", "product_id"), name="variant_low"),
            Index(fields=("size", "is_retired", "product_id"), name="variant_size"),
        )
