"""Errors of payments."""

from typing import Any, ClassVar

from src.common.exceptions import AppError, BadRequest, Conflict, NotFound, Unprocessable


class PaymentNotFound(NotFound):
    code = "PAYMENT_NOT_FOUND"
    ko, en = "결제 정보를 찾을 수 없습니다.", "The payment was not found."


class PayMethodNotOffered(Unprocessable):
    code = "PAY_METHOD_NOT_OFFERED"
    ko, en = "지금은 이 결제 수단을 이용할 수 없습니다.", "This way to pay is not offered at the moment."
    sample: ClassVar[dict[str, Any]] = {"offered": ["CARD", "EASY_PAY", "TRANSFER", "MOBILE"]}


class TaxFreeNotOffered(Unprocessable):
    """The order has tax-free goods, and this way to pay has no contract for them. `offered` are those that have."""

    code = "TAX_FREE_NOT_OFFERED"
    ko, en = (
        "면세 상품은 이 결제 수단으로 결제할 수 없습니다. 다른 결제 수단을 선택해 주세요.",
        "Tax-free goods cannot be paid for this way. Please choose another way to pay.",
    )
    sample: ClassVar[dict[str, Any]] = {"offered": ["CARD"]}


class PayAmountTooSmall(Unprocessable):
    """The sum is below what this way to pay takes (`minimum`, won): Naver Pay takes no less than 100."""

    code = "PAY_AMOUNT_TOO_SMALL"
    ko, en = (
        "이 결제 수단은 {minimum:,}원부터 결제할 수 있습니다. 다른 결제 수단을 선택해 주세요.",
        "This way to pay takes {minimum:,} won or more. Please choose another way to pay.",
    )
    sample: ClassVar[dict[str, Any]] = {"minimum": 100}

    def __init__(self, *, minimum: int) -> None:
        super().__init__(minimum=minimum)


class ChannelLeftOut(Conflict):
    """Payments keep the code of their channel: one that is no longer used is switched off, not taken away."""

    code = "CHANNEL_LEFT_OUT"
    ko, en = (
        "목록에서 빠진 결제 채널이 있습니다. 쓰지 않는 채널은 사용 안 함으로 바꿔 주세요.",
        "Payment channels are missing in the list. Switch off those that are no longer used.",
    )
    sample: ClassVar[dict[str, Any]] = {"codes": ["MOBILE"]}


class PaymentNotPaid(Conflict):
    """The provider does not say PAID (yet). `payment_status` is what it says."""

    code = "PAYMENT_NOT_PAID"
    ko, en = "결제가 아직 완료되지 않았습니다.", "The payment has not been made (yet)."
    sample: ClassVar[dict[str, Any]] = {"payment_status": "READY"}


class PaymentNotConfirmed(Conflict):
    """The provider refuses to approve the payment. `reason` is its word; the window can be opened again."""

    code = "PAYMENT_NOT_CONFIRMED"
    ko, en = (
        "결제를 승인하지 못했습니다. 결제를 다시 시도해 주세요.",
        "The payment could not be approved. Please pay again.",
    )
    sample: ClassVar[dict[str, Any]] = {"reason": "INVALID_PAYMENT_TOKEN"}


class RefundAccountNotNeeded(Conflict):
    """What was paid goes back the way it came."""

    code = "REFUND_ACCOUNT_NOT_NEEDED"
    ko, en = (
        "결제하신 수단으로 환불되므로 환불 계좌가 필요하지 않습니다.",
        "Refunds go back the way they were paid, so no account is needed.",
    )


class RefundAccountFixed(Conflict):
    """A refund is on its way to the account that was given before."""

    code = "REFUND_ACCOUNT_FIXED"
    ko, en = (
        "환불이 진행 중이어서 환불 계좌를 바꿀 수 없습니다.",
        "A refund is under way, so its account cannot be changed.",
    )


class RefundAccountNotFound(NotFound):
    code = "REFUND_ACCOUNT_NOT_FOUND"
    ko, en = "등록된 환불 계좌가 없습니다.", "No refund account was given for this order."


class RefundAccountAccepted(Conflict):
    """Nothing is to be decided about it."""

    code = "REFUND_ACCOUNT_ACCEPTED"
    ko, en = "이미 확인된 환불 계좌입니다.", "The refund account is accepted already."


class PaymentMismatch(Conflict):
    """Paid, but not what was ordered. The payment is cancelled at the provider."""

    code = "PAYMENT_MISMATCH"
    ko, en = (
        "결제 내용이 주문과 달라 결제를 취소합니다.",
        "The payment does not match the order, so it is being cancelled.",
    )


class PaymentProviderUnavailable(AppError):
    """The provider cannot be asked, or its answer makes no sense. Nothing is known, so nothing changes."""

    status = 502
    title = "Bad Gateway"
    code = "PAYMENT_PROVIDER_UNAVAILABLE"
    ko, en = (
        "결제사에 확인할 수 없습니다. 결제되었다면 곧 자동으로 반영됩니다.",
        "The payment provider cannot be asked right now. A payment made will be picked up by itself.",
    )


class WebhookSignatureInvalid(BadRequest):
    code = "WEBHOOK_SIGNATURE_INVALID"
    ko, en = "웹훅 서명이 올바르지 않습니다.", "The webhook's signature is not valid."


class RefundBlocked(Conflict):
    """Less is left of the payment than is to go back, or somebody must first resolve a cancellation made outside the
    shop, or a dispute (GET /admin/payments/discrepancies). `left` is what may still be promised, in won."""

    code = "REFUND_BLOCKED"
    ko, en = (
        "결제 불일치를 먼저 처리해야 환불할 수 있습니다.",
        "The payment's discrepancies must be resolved before more of it can be refunded.",
    )
    sample: ClassVar[dict[str, Any]] = {"payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "left": 0}


class RefundNotFound(NotFound):
    code = "REFUND_NOT_FOUND"
    ko, en = "환불을 찾을 수 없습니다.", "The refund was not found."


class RefundNotRetryable(Conflict):
    """The refund is done, the provider works on it, or it waits for an account: see its `allowed_actions`."""

    code = "REFUND_NOT_RETRYABLE"
    ko, en = "지금은 다시 보낼 수 없는 환불입니다.", "The refund cannot be sent again now."
    sample: ClassVar[dict[str, Any]] = {"refund_status": "SUCCEEDED"}


class DiscrepancyNotFound(NotFound):
    code = "DISCREPANCY_NOT_FOUND"
    ko, en = "결제 불일치 내역을 찾을 수 없습니다.", "There is no such discrepancy."


class DiscrepancyResolved(Conflict):
    """Somebody was faster; what they wrote stays."""

    code = "DISCREPANCY_RESOLVED"
    ko, en = "이미 처리된 결제 불일치입니다.", "The discrepancy has been resolved already."


class WebhookMessageNotFound(NotFound):
    code = "WEBHOOK_MESSAGE_NOT_FOUND"
    ko, en = "웹훅 메시지를 찾을 수 없습니다.", "There is no such webhook message."


class WebhookMessageWaits(Conflict):
    """It is worked off without being asked for."""

    code = "WEBHOOK_MESSAGE_WAITS"
    ko, en = "아직 처리 대기 중인 웹훅 메시지입니다.", "The webhook message is still waiting to be worked off."
