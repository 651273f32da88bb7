"""Errors of the promotion domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class PromotionNotFound(NotFound):
    code = "PROMOTION_NOT_FOUND"
    ko, en = "프로모션을 찾을 수 없습니다.", "The promotion was not found."


class PickNotFound(NotFound):
    code = "PROMOTION_ITEM_NOT_FOUND"
    ko, en = "진열 상품을 찾을 수 없습니다.", "The product is not in this list."


class PickTwice(Conflict):
    code = "PROMOTION_ITEM_EXISTS"
    ko, en = "이미 진열된 상품입니다.", "The product is in this list already."


class ListFull(Conflict):
    """`limit` is how many products a list holds."""

    code = "PROMOTION_FULL"
    ko, en = "한 목록에는 상품을 {limit}개까지 진열할 수 있습니다.", "A list holds {limit} products at most."
    sample: ClassVar[dict[str, Any]] = {"limit": 100}


class ProductUnknown(Unprocessable):
    """`unknown` names what is no product."""

    code = "PRODUCT_UNKNOWN"
    ko, en = "존재하지 않는 상품이 있습니다.", "There is no such product."
    sample: ClassVar[dict[str, Any]] = {"unknown": ["9999"]}


class PeriodReversed(Unprocessable):
    code = "PROMOTION_PERIOD_REVERSED"
    ko, en = "종료 시각은 시작 시각보다 늦어야 합니다.", "The end must be after the start."
