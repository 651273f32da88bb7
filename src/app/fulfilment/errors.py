"""Errors of fulfilment."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict

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
