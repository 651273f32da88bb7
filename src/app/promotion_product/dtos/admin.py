"""Curated product lists as staff write and read them."""

from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from src.app.promotion_product.dtos.requests import MOST
from src.common.clock import KoreanTime
from src.common.dtos.content import Moment, SomeChange
from src.common.dtos.fields import ClosedInput, Line, RowId
from src.common.dtos.money import Won
from src.common.dtos.pages import Items
from src.common.dtos.warnings import WarningRead

ProductCode = Annotated[Line, Field(max_length=40, examples=["01201110"])]


class PicksOrder(ClosedInput):
    """The whole list, in the order to show. What is not named leaves the list; what was in it keeps its settings."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"product_ids": [7, 3, 12]}]})

    product_ids: Annotated[list[RowId], Field(max_length=MOST)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.product_ids)) != len(self.product_ids):
            raise PydanticCustomError(
                "repeated",
                "a product is named twice",
                {"ko": "같은 상품이 두 번 들어 있습니다.", "en": "A product is named twice."},
            )
        return self


class PickAdd(ClosedInput):
    """A product for the end of the list. Without a period it is shown until it is taken out."""

    product_code: ProductCode
    is_active: bool = True
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class PickChange(SomeChange):
    """What is left out stays; a null opens the period on that side."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_active": False}]})
    nullable: ClassVar[frozenset[str]] = frozenset({"starts_at", "ends_at"})

    is_active: bool | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class RuleChange(ClosedInput):
    """`by_rule`: the list shows what was released in the last `days` days, the newest first. Otherwise it is by
    hand. Its picks are kept meanwhile."""

    by_rule: Annotated[bool, Field(examples=[True])]
    days: Annotated[int, Field(strict=True, ge=1, le=365, examples=[30])]


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
