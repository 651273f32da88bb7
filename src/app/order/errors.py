"""Errors of orders."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound


class OrderNotFound(NotFound):
    """Absent, or not the caller's: the two look the same."""

    code = "ORDER_NOT_FOUND"
    ko, en = "주문을 찾을 수 없습니다.", "The order was not found."


class OrderCannotMove(Conflict):
    """The order is not in a state from which it can go there."""

    code = "ORDER_CANNOT_MOVE"
    ko, en = "현재 주문 상태에서는 처리할 수 없습니다.", "The order cannot do that in its present state."
    sample: ClassVar[dict[str, Any]] = {"to": "PAID"}
