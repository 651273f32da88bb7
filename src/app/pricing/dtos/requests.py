"""Inputs of pricing: variants and quantities, never a price (docs/promises.md#p8)."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from src.common.dtos.fields import ClosedInput, Quantity, RowId, Zipcode

MAX_LINES = 50


class WantedItem(ClosedInput):
    """So many of one variant."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"variant_id": 31, "quantity": 2}]})

    variant_id: RowId
    quantity: Quantity


def distinct(items: list[WantedItem]) -> list[WantedItem]:
    """Return the items. Raises the input error duplicate_variant if a variant is named twice."""
    if len({item.variant_id for item in items}) < len(items):
        raise PydanticCustomError(
            "duplicate_variant",
            "a variant is named twice",
            {"ko": "같은 상품 옵션이 두 번 들어 있습니다.", "en": "The same variant is named twice."},
        )
    return items


def _no_coupons(ids: list[int]) -> list[int]:
    if ids:
        raise PydanticCustomError(
            "coupons_not_offered",
            "coupons are not offered",
            {"ko": "쿠폰은 아직 사용할 수 없습니다.", "en": "Coupons cannot be used yet."},
        )
    return ids


def _no_points(points: int) -> int:
    if points:
        raise PydanticCustomError(
            "points_not_offered",
            "points are not offered",
            {"ko": "적립금은 아직 사용할 수 없습니다.", "en": "Points cannot be used yet."},
        )
    return points


WantedItems = Annotated[list[WantedItem], Field(min_length=1, max_length=MAX_LINES), AfterValidator(distinct)]
"""1 to 50 items, no variant twice."""

NoCoupons = Annotated[list[RowId], Field(max_length=MAX_LINES), AfterValidator(_no_coupons)]
NoPoints = Annotated[int, Field(strict=True, ge=0), AfterValidator(_no_points)]


class QuoteAsk(ClosedInput):
    """What a purchase would cost."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{"variant_id": 31, "quantity": 2}], "zipcode": "06236"}]}
    )

    items: WantedItems
    zipcode: Zipcode | None = None
    coupon_ids: NoCoupons = []
    points: NoPoints = 0
