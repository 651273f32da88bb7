"""A banner."""

from enum import StrEnum

from tortoise import fields

from src.core.database.models import Model


class BannerType(StrEnum):
    BANNER = "banner"
    PROMOTION = "promotion"


class Banner(Model):
    """A banner, shown while `is_active` and from `starts_at` until before `ends_at` (null: no limit).

    Display order is `position`, then id.
    """

    id = fields.BigIntField(primary_key=True)
    type = fields.CharEnumField(BannerType, max_length=16)
    title = fields.CharField(max_length=120)
    sub_title = fields.CharField(max_length=200, default="")
    image_path = fields.CharField(max_length=200)
    alt = fields.CharField(max_length=200, default="")
    link_url = fields.CharField(max_length=300, default="")
    position = fields.IntField(default=0)
    is_active = fields.BooleanField(default=True)
    starts_at = fields.DatetimeField(null=True)
    ends_at = fields.DatetimeField(null=True)
    version = fields.IntField(default=1)

    class Meta:
        table = "banner"
