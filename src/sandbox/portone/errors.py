"""PortOne's error bodies: `{"type", "message"}` (docs/vendors/portone.md#errors)."""

from typing import Final

from src.sandbox.web import Answer, as_json

_TYPES: Final = {
    400: (
        "INVALID_REQUEST INVALID_PAYMENT_TOKEN MAX_TRANSACTION_COUNT_REACHED MAX_WEBHOOK_RETRY_COUNT_REACHED "
        "DISCOUNT_AMOUNT_EXCEEDS_TOTAL_AMOUNT PROMOTION_PAY_METHOD_DOES_NOT_MATCH "
        "NEGATIVE_PROMOTION_ADJUSTED_CANCEL_AMOUNT PROMOTION_DISCOUNT_RETAIN_OPTION_SHOULD_NOT_BE_CHANGED"
    ),
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: (
        "PAYMENT_NOT_FOUND CHANNEL_NOT_FOUND WEBHOOK_NOT_FOUND PAYMENT_CANCELLATION_NOT_FOUND "
        "CASH_RECEIPT_NOT_FOUND CASH_RECEIPT_NOT_ISSUED"
    ),
    409: (
        "ALREADY_PAID ALREADY_PAID_OR_WAITING PAYMENT_NOT_PAID PAYMENT_ALREADY_CANCELLED "
        "PAYMENT_NOT_WAITING_FOR_DEPOSIT CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN "
        "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT "
        "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT "
        "SUM_OF_PARTS_EXCEEDS_TOTAL_AMOUNT MAX_CANCEL_COUNT_REACHED INFORMATION_MISMATCH "
        "CASH_RECEIPT_ALREADY_ISSUED "
        "PAYMENT_CANCELLATION_NOT_PENDING IDEMPOTENCY_OUTSTANDING_REQUEST"
    ),
    502: "PG_PROVIDER",
}

STATUS: Final = {name: status for status, names in _TYPES.items() for name in names.split()}
"""HTTP status by error type."""


class PortOneError(Exception):
    """An error answer of the simulated REST interface. `type_` is a key of `STATUS`."""

    def __init__(self, type_: str, message: str, *, pg: tuple[str, str] | None = None) -> None:
        super().__init__(message)
        self.type = type_
        self.message = message
        self.status = STATUS[type_]
        self._pg = pg

    def answer(self) -> Answer:
        """Return the error in PortOne's format. PG_PROVIDER also carries the PG's own code and message."""
        body = {"type": self.type, "message": self.message}
        if self._pg is not None:
            body["pgCode"], body["pgMessage"] = self._pg
        return as_json(body, self.status)


def refused(type_: str) -> PortOneError:
    """Return the error `type_` for a switch that sets it."""
    if type_ == "PG_PROVIDER":
        return PortOneError(
            type_, "PG사에서 오류를 전달했습니다.", pg=("SANDBOX_REFUSED", "샌드박스가 거절한 요청입니다.")
        )
    return PortOneError(type_, "Asked for by a fault of the sandbox.")
