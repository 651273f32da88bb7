"""What is set for a whole list."""

from tortoise import fields

from src.app.promotion_product.models.item import PromotionCode
from src.core.database.models import Model


class PromotionList(Model):
    """One of the three lists. Whoever changes its items locks this row first.

    `by_rule` (list ``new`` only): it shows what was released in the last `days` days, the newest first, and its items
    wait. `version` counts the changes of what is in the list and its order, `rule_version` those of the rule.
    """

    id = fields.BigIntField(primary_key=True)
    code = fields.CharEnumField(PromotionCode, max_length=16, unique=True)
    by_rule = fields.BooleanField(default=False)
    days = fields.IntField(default=30)
    version = fields.IntField(default=1)
    rule_version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "promotion_list"
