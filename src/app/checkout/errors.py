"""Errors of placing, paying and cancelling whole orders."""

from typing import Any, ClassVar

from src.app.pricing.dtos.responses import QUOTE, QuoteRead
from src.common.exceptions import Conflict, TooMany, Unprocessable


class PriceChanged(Conflict):
    """What the shopper saw is not what it costs now. `quote` is the fresh one (promise P8)."""  # docs/promises.md#p8

    code = "PRICE_CHANGED"
    ko, en = "가격이 변경되었습니다. 새 금액을 확인해 주세요.", "The price has changed. Please check the new amount."
    sample: ClassVar[dict[str, Any]] = {"quote": QUOTE}

    def __init__(self, *, quote: QuoteRead) -> None:
        super().__init__(quote=quote)


class OrderHasExpired(Conflict):
    """The order ended before it was paid. A payment that was made all the same is refunded."""

    code = "ORDER_EXPIRED"
    ko, en = (
        "주문 시간이 만료되었습니다. 결제된 금액은 자동으로 취소됩니다.",
        "The order has expired. Anything paid is refunded automatically.",
    )


class OrderAlreadyPaid(Conflict):
    """Another payment settled the order. This one is refunded, if it was paid."""

    code = "ORDER_ALREADY_PAID"
    ko, en = "이미 결제가 완료된 주문입니다.", "The order has been paid already."


class OrderIsAwaitingDeposit(Conflict):
    """The order waits for a deposit: into its virtual account, or by a manual transfer."""

    code = "ORDER_AWAITING_DEPOSIT"
    ko, en = "입금을 기다리고 있는 주문입니다.", "The order waits for a deposit."


class PaymentInProgress(Conflict):
    """A payment of the order is being made right now: it can be neither cancelled nor known to fail."""

    code = "PAYMENT_IN_PROGRESS"
    ko, en = (
        "결제가 진행 중입니다. 결제가 끝난 뒤 다시 시도해 주세요.",
        "A payment is being made. Please try again when it is over.",
    )


class LateRefundUnderWay(Conflict):
    """A payment came after the order had expired and is on its way back: when it is back, the order can be revived."""

    code = "LATE_REFUND_UNDER_WAY"
    ko, en = (
        "기한 뒤에 결제된 금액을 환불하는 중입니다. 환불이 끝난 뒤 다시 시도해 주세요.",
        "A late payment of the order is being refunded. Please try again when that is done.",
    )
    sample: ClassVar[dict[str, Any]] = {"payment_id": "01KAG6Q6X9ZP4M3C2B1A0ZYXWV"}


class DepositArrived(Conflict):
    """Money arrived for the order, which is on the list of discrepancies: it goes back, or counts, by a person there."""

    code = "DEPOSIT_ARRIVED"
    ko, en = (
        "입금된 금액이 있는 주문입니다. 결제 불일치 목록에서 먼저 처리해 주세요.",
        "Money was deposited for this order. Please decide about it on the list of discrepancies.",
    )


class TakeOverProofNeeded(Unprocessable):
    """Neither a guest token nor a code was sent."""

    code = "TAKE_OVER_PROOF_NEEDED"
    ko, en = (
        "비회원 주문 토큰이나 주문에 적힌 연락처로 받은 인증번호가 필요합니다.",
        "The guest token or a code from the order's own telephone or e-mail address is needed.",
    )


class TakeOverChannelUnavailable(Conflict):
    """The order names no address there, or a number that text messages do not reach."""

    code = "TAKE_OVER_CHANNEL_UNAVAILABLE"
    ko, en = (
        "이 방법으로는 인증번호를 보낼 수 없는 주문입니다.",
        "A code for this order cannot be sent this way.",
    )


class TooManyPaymentTries(Conflict):
    code = "TOO_MANY_PAYMENT_TRIES"
    ko, en = "결제 시도 횟수를 초과했습니다. 새로 주문해 주세요.", "Too many payment tries. Please place a new order."


class TooManyUnpaidOrders(TooMany):
    code = "TOO_MANY_UNPAID_ORDERS"
    ko, en = (
        "결제하지 않은 주문이 너무 많습니다. 결제하거나 만료된 뒤 다시 시도해 주세요.",
        "Too many unpaid orders. Please pay them, or try again when they have expired.",
    )
