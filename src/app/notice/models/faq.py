"""A frequently asked question."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class FaqCategory(StrEnum):
    ORDER = "order"
    DELIVERY = "delivery"
    CLAIM = "claim"
    PRODUCT = "product"
    MEMBER = "member"
    ETC = "etc"


class Faq(Model):
    """A question with its answer, shown while `is_shown`, ordered by `position`, then id. `answer` is plain text."""

    id = fields.BigIntField(primary_key=True)
    category = fields.CharEnumField(FaqCategory, max_length=16)
    question = fields.CharField(max_length=200)
    answer = fields.TextField()
    position = fields.IntField(default=0)
    is_shown = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "faq"
        indexes = (("category", "position"),)
