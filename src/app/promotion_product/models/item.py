"""A product in one of the three lists."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class PromotionCode(StrEnum):
    BEST = "best"
    MD_PICK = "md_pick"
    NEW = "new"


class PromotionItem(Model):
    """Shown by `position`, then id, while `is_active` and between `starts_at` and `ends_at` (open where null)."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharEnumField(PromotionCode, max_length=16)
    product: fields.ForeignKeyRelation["Model"] = fields.ForeignKeyField(
        "models.Product", related_name="promotion_items", on_delete=fields.CASCADE
    )
    product_id: int
    position = fields.IntField(default=0)
    is_active = fields.BooleanField(default=True)
    starts_at = fields.DatetimeField(null=True)
    ends_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "promotion_item"
        unique_together = (("code", "product"),)
