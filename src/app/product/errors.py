"""Errors of the product domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound


class ProductNotFound(NotFound):
    """Also for a product that is hidden or not on sale: the shop does not tell the difference."""

    code = "PRODUCT_NOT_FOUND"
    ko, en = "상품을 찾을 수 없습니다.", "The product was not found."


class StockShort(Conflict):
    """`left` is the units that may still be bought of `variant_id`."""

    code = "STOCK_SHORT"
    ko, en = "재고가 부족합니다. (남은 수량: {left}개)", "Not enough stock ({left} left)."
    sample: ClassVar[dict[str, Any]] = {"variant_id": 101, "left": 2}

    def __init__(self, *, variant_id: int, left: int) -> None:
        super().__init__(variant_id=variant_id, left=left)
