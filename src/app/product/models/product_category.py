"""A product's membership in a category."""

from tortoise import fields
from tortoise.indexes import Index

from src.core.database.models import Model


class ProductCategory(Model):
    """`position` 0 is the product's main category."""

    id = fields.BigIntField(primary_key=True)
    product: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Product", related_name="product_categories", on_delete=fields.CASCADE
    )
    product_id: int
    category: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Category", related_name="category_products", on_delete=fields.RESTRICT
    )
    category_id: int
    position = fields.IntField(default=0)

    class Meta:
        table = "product_category"
        unique_together = (("product", "category"),)
        indexes = (Index(fields=("category_id", "product_id"), name="product_category_members"),)
