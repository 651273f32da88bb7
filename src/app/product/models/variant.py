"""A size of a colour with its stock: the unit that customers buy."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class Variant(Model):
    """`stock` is the number of units that can still be sold. Only ``services.stock`` changes it, with a ledger row.

    `extra_price` (옵션 추가금, won) is added to the product's price; a discount of the product does not lower it.

    A size that staff remove from the product is retired, never deleted: orders, carts and the ledger refer to it. A
    retired size is not for sale and is shown only where it was bought. If another size took its name, it has an
    internal name, for which the column has room (`services.naming.aside`).
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
    extra_price = fields.IntField(default=0)
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
