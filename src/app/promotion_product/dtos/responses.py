"""The lists as staff see them."""

from pydantic import BaseModel, ConfigDict, Field

from src.common.clock import KoreanTime
from src.common.dtos.money import Won
from src.common.dtos.pages import Items
from src.common.dtos.warnings import WarningRead


class PickRead(BaseModel):
    """A product in a list, for sale or not."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 5,
                    "product_id": 7,
                    "product_code": "01201110",
                    "name": "투어 스탠드백",
                    "price": 288000,
                    "thumbnail_url": "/media/products/01201110/0-0.svg",
                    "position": 0,
                    "is_active": True,
                    "starts_at": None,
                    "ends_at": "2026-12-31T00:00:00+09:00",
                    "for_sale": True,
                    "sold_out": False,
                    "is_shown": True,
                    "warnings": [],
                    "version": 2,
                }
            ]
        }
    )

    id: int
    product_id: int
    product_code: str
    name: str
    price: Won
    thumbnail_url: str | None
    position: int
    is_active: bool
    starts_at: KoreanTime | None
    ends_at: KoreanTime | None
    for_sale: bool = Field(description="false: stopped or hidden, so the shop leaves it out of the list.")
    sold_out: bool
    is_shown: bool = Field(description="Whether the list shows it now, unless the list is by rule.")
    warnings: list[WarningRead]
    version: int


class PickList(Items[PickRead]):
    """A list in its order. `version` counts what came, went or moved; it is the `ETag`."""

    version: int


class RuleRead(BaseModel):
    """How the list of new arrivals is made."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"by_rule": True, "days": 30, "matching": 12, "version": 2}]}
    )

    by_rule: bool
    days: int
    matching: int = Field(description="Products for sale that the rule finds now; 100 of them at most are shown.")
    version: int
