"""Settings of a whole list."""

from tortoise import fields

from src.app.promotion_product.models.item import PromotionCode
from src.core.database.models import Model


class PromotionList(Model):
    """One of the three lists. Code that changes its items locks this row first.

    With `by_rule` (list ``new`` only) the list shows the products released in the last `days` days, newest first, and
    its items are kept but not shown. `version` counts changes of the items and their order, `rule_version` changes of
    the rule.
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
