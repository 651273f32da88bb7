"""Errors of pricing."""

from collections.abc import Sequence
from typing import Any, ClassVar

from src.common.dtos.money import MAX_WON
from src.common.exceptions import Unprocessable


class VariantNotForSale(Unprocessable):
    """Names every variant that is unknown or not on sale."""

    code = "VARIANT_NOT_FOR_SALE"
    ko, en = "판매하지 않는 상품이 포함되어 있습니다.", "Some of the items are not for sale."
    sample: ClassVar[dict[str, Any]] = {"variant_ids": [31]}

    def __init__(self, *, variant_ids: Sequence[int]) -> None:
        super().__init__(variant_ids=list(variant_ids))


class OrderTooLarge(Unprocessable):
    """The sum is above what one order may cost (`limit`, won)."""

    code = "ORDER_TOO_LARGE"
    ko, en = (
        "한 번에 주문할 수 있는 금액({limit:,}원)을 넘었습니다.",
        "The sum is above the limit of one order ({limit:,} won).",
    )
    sample: ClassVar[dict[str, Any]] = {"limit": MAX_WON}

    def __init__(self, *, limit: int = MAX_WON) -> None:
        super().__init__(limit=limit)
