"""Errors of the cart."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class VariantNotFound(NotFound):
    """Unknown, or not on sale: the shop shows neither."""

    code = "VARIANT_NOT_FOUND"
    ko, en = "판매 중인 상품 옵션을 찾을 수 없습니다.", "There is no such product option on sale."
    sample: ClassVar[dict[str, Any]] = {"variant_id": 31}

    def __init__(self, *, variant_id: int) -> None:
        super().__init__(variant_id=variant_id)


class CartItemNotFound(NotFound):
    code = "CART_ITEM_NOT_FOUND"
    ko, en = "장바구니에 없는 상품입니다.", "This item is not in the cart."


class CartFull(Conflict):
    code = "CART_FULL"
    ko, en = "장바구니에는 최대 {limit}개 상품을 담을 수 있습니다.", "A cart holds at most {limit} different items."
    sample: ClassVar[dict[str, Any]] = {"limit": 50}

    def __init__(self, *, limit: int) -> None:
        super().__init__(limit=limit)


class CartEmpty(Unprocessable):
    """Nothing of what was asked for is in the cart."""

    code = "CART_EMPTY"
    ko, en = "장바구니에 주문할 상품이 없습니다.", "The cart holds nothing to order."
