"""Errors of fulfilment."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound

LINE_NO = "20261120-7Q6X9ZPM-01"


class LineTwice(Conflict):
    """The line stands twice in one request. None of its rows is done."""

    code = "LINE_TWICE"
    ko, en = "같은 상품주문번호가 두 번 들어 있습니다.", "The order line is named twice."
    sample: ClassVar[dict[str, Any]] = {"line_no": LINE_NO}


class DueDateOutOfRange(Conflict):
    """The day that was named is in the past, or further away than 90 days after the payment."""

    code = "DUE_DATE_OUT_OF_RANGE"
    ko, en = (
        "발송 예정일은 오늘부터 결제 후 90일 이내로 입력해 주세요.",
        "Name a day from today until 90 days after the payment.",
    )
    sample: ClassVar[dict[str, Any]] = {"line_no": LINE_NO, "until": "2027-02-18"}


class TrackingNoUsed(Conflict):
    """A parcel of somebody else has this number, or one of this order that has arrived, was lost or came back. Orders
    of one member, or to one address and telephone, may share a parcel."""

    code = "TRACKING_NO_USED"
    ko, en = (
        "이미 사용 중인 송장번호입니다. ({tracking_no})",
        "The tracking number {tracking_no} is in use by another shipment.",
    )
    sample: ClassVar[dict[str, Any]] = {"tracking_no": "612345678901"}


class ShipmentNotFound(NotFound):
    """There is no shipment with this number."""

    code = "SHIPMENT_NOT_FOUND"
    ko, en = "배송 건을 찾을 수 없습니다.", "The shipment was not found."


class ShipmentCannotMove(Conflict):
    """The shipment is not in a state from which it can go there, or in which its number may change: see its
    `allowed_actions`."""

    code = "SHIPMENT_CANNOT_MOVE"
    ko, en = "현재 배송 상태에서는 처리할 수 없습니다.", "The shipment cannot do that in its present state."
    sample: ClassVar[dict[str, Any]] = {"number": f"S{LINE_NO[:-3]}", "state": "DELIVERED"}
