"""Errors of settlement: why a row of the provider's sheet is refused."""

from typing import Any, ClassVar

from src.common.exceptions import Unprocessable


class StatementPaymentMissing(Unprocessable):
    """A row of a settlement sheet names no payment."""

    code = "STATEMENT_PAYMENT_MISSING"
    ko, en = "결제번호가 없습니다.", "The row names no payment."


class StatementAmountInvalid(Unprocessable):
    """A sum of a settlement sheet is no whole number of won, or the amount is 0."""

    code = "STATEMENT_AMOUNT_INVALID"
    ko, en = "금액을 읽을 수 없습니다. ({value})", "The sum cannot be read: {value}"
    sample: ClassVar[dict[str, Any]] = {"value": "12,5oo"}

    def __init__(self, *, value: str) -> None:
        super().__init__(value=value)


class StatementDayInvalid(Unprocessable):
    """The payout day of a settlement sheet is no day."""

    code = "STATEMENT_DAY_INVALID"
    ko, en = "정산일을 읽을 수 없습니다. ({value})", "The day cannot be read: {value}"
    sample: ClassVar[dict[str, Any]] = {"value": "2026-13-01"}

    def __init__(self, *, value: str) -> None:
        super().__init__(value=value)


class StatementRowTwice(Unprocessable):
    """An earlier row of the sheet says the same of the same movement, and the shop knows of one only."""

    code = "STATEMENT_ROW_TWICE"
    ko, en = "같은 거래가 두 번 들어 있습니다.", "The movement is there twice."
