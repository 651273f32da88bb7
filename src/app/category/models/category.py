"""A node of the category tree."""

from tortoise import fields

from src.core.database.models import Model


class Category(Model):
    """`depth` is 1 for a major category. Siblings are shown by `position`, then id."""

    id = fields.BigIntField(primary_key=True)
    parent: fields.ForeignKeyNullableRelation["Category"] = fields.ForeignKeyField(
        "models.Category", related_name="children", null=True, on_delete=fields.RESTRICT
    )
    parent_id: int | None
    name = fields.CharField(max_length=50)
    slug = fields.CharField(max_length=80, unique=True)
    depth = fields.SmallIntField()
    position = fields.IntField(default=0)
    version = fields.IntField(default=1)

    class Meta:
        table = "category"
