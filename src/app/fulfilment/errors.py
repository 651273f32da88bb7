"""Errors of fulfilment."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable

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


class CellUnreadable(Unprocessable):
    """A cell of a sheet that a spreadsheet calculates, or whose digits it has lost. `column` counts from 1."""

    code = "CELL_UNREADABLE"
    ko, en = (
        "{column}번째 열의 값을 읽을 수 없습니다. 수식이나 잘린 숫자는 텍스트로 입력해 주세요.",
        "The cell in column {column} cannot be read. Enter formulas and long numbers as text.",
    )
    sample: ClassVar[dict[str, Any]] = {"column": 4}


class MethodUnknown(Unprocessable):
    """A way of delivery that a sheet names and the shop does not know."""

    code = "METHOD_UNKNOWN"
    ko, en = "알 수 없는 배송방법입니다. ({method})", "The shop does not know this way of delivery: {method}."
    sample: ClassVar[dict[str, Any]] = {"method": "드론"}


class UnitsInvalid(Unprocessable):
    """A number of units in a sheet that is none."""

    code = "UNITS_INVALID"
    ko, en = "수량은 1부터 999까지의 숫자로 입력해 주세요. ({units})", "Name units from 1 to 999, not {units}."
    sample: ClassVar[dict[str, Any]] = {"units": "두개"}


class ShipmentImportNotFound(NotFound):
    """There is no finished import of shipments with this id, or it was a dry run."""

    code = "SHIPMENT_IMPORT_NOT_FOUND"
    ko, en = "되돌릴 송장 일괄등록을 찾을 수 없습니다.", "There is no such import of shipments that can be undone."
