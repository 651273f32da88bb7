"""Errors of orders."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


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


class NothingLeft(Unprocessable):
    """At least one line stays in an order that goes on without others."""

    code = "NOTHING_LEFT"
    ko, en = "주문에 남는 상품이 없습니다.", "Nothing would be left of the order."


class OptionUnknown(Unprocessable):
    """Not a size of the line's product, or one that was taken out."""

    code = "OPTION_NOT_OF_PRODUCT"
    ko, en = "같은 상품의 옵션만 선택할 수 있습니다.", "Only an option of the same product can be chosen."
    sample: ClassVar[dict[str, Any]] = {"variant_id": 32}


class OptionOfOtherPrice(Conflict):
    """The other option costs `difference` won more, or less where it is below 0: that cannot be paid or refunded yet."""

    code = "OPTION_PRICE_DIFFERS"
    ko, en = (
        "옵션 추가금이 달라 변경할 수 없습니다. (차액: {difference:,}원) 주문을 취소하고 다시 주문하도록 안내해 주세요.",
        "The option costs another price (difference: {difference:,} won). Please have it ordered anew.",
    )
    sample: ClassVar[dict[str, Any]] = {"difference": 20000}


class ShippingZoneDiffers(Conflict):
    """The surcharge of the new address is `difference` won more, or less where it is below 0: that cannot be paid or
    refunded yet."""

    code = "SHIPPING_ZONE_DIFFERS"
    ko, en = (
        "추가 배송비가 다른 지역으로는 변경할 수 없습니다. (차액: {difference:,}원)",
        "The address lies in a zone with another surcharge (difference: {difference:,} won).",
    )
    sample: ClassVar[dict[str, Any]] = {"difference": 3000}


class ShippingFixed(Conflict):
    """A parcel of the order was made, or the order has ended: its address stays."""

    code = "SHIPPING_FIXED"
    ko, en = (
        "이미 발송 처리되었거나 종료된 주문은 배송지를 변경할 수 없습니다.",
        "The address of an order that was sent or has ended cannot be changed.",
    )
    sample: ClassVar[dict[str, Any]] = {"order_status": "SHIPPING"}
