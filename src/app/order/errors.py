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


class WrongState(Conflict):
    """The line is not in a state in which this may be done: see its `allowed_actions`."""

    code = "WRONG_STATE"
    ko, en = "현재 상품주문 상태에서는 처리할 수 없습니다.", "The order line cannot do that in its present state."
    sample: ClassVar[dict[str, Any]] = {"line_no": "20261120-7Q6X9ZPM-01", "line_status": "SHIPPING"}


class UnitsTaken(Conflict):
    """So many units of the line are not free: some were cancelled, shipped or given back meanwhile."""

    code = "UNITS_TAKEN"
    ko, en = "처리할 수 있는 수량이 부족합니다.", "Not so many units of the line are left for that."
    sample: ClassVar[dict[str, Any]] = {"line_no": "20261120-7Q6X9ZPM-01"}


class LineNotFound(NotFound):
    """No order has a line with this number, or the order is not the caller's."""

    code = "LINE_NOT_FOUND"
    ko, en = "상품주문을 찾을 수 없습니다.", "The order line was not found."
    sample: ClassVar[dict[str, Any]] = {"line_no": "20261120-7Q6X9ZPM-01"}


class OrderTwice(Conflict):
    """The order stands in the list more than once."""

    code = "ORDER_TWICE"
    ko, en = "같은 주문이 두 번 들어 있습니다.", "The same order is named twice."
    sample: ClassVar[dict[str, Any]] = {"order_no": "20261120-7Q6X9ZPM"}
