"""Settings of staff for the frame of every page."""

from enum import StrEnum
from typing import Any

from tortoise import fields

from src.core.database.models import Model


class SettingName(StrEnum):
    PROMO_BAR = "promo_bar"
    FOOTER_LINKS = "footer_links"


class StorefrontSetting(Model):
    """One setting, as the JSON of the request body for that name. Without a row the default applies."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharEnumField(SettingName, max_length=32, unique=True)
    value: Any = fields.JSONField()
    version = fields.IntField(default=1)
    updated_at = fields.DatetimeField()

    class Meta:
        table = "storefront_setting"
