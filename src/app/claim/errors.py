"""Errors of claims."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict


class RefundChanged(Conflict):
    """What would go back now is not what the row expected: something of the order changed since its preview. `refund`
    is the fresh sum in won; the row's result shows what it is made of. Nothing was cancelled."""

    code = "REFUND_CHANGED"
    ko, en = (
        "환불 금액이 변경되었습니다. 새 금액({refund}원)을 확인해 주세요.",
        "The refund has changed. Please check the new amount: {refund} won.",
    )
    sample: ClassVar[dict[str, Any]] = {"line_no": "20261120-7Q6X9ZPM-01", "refund": 45_000}


class BankRefundNeeded(Conflict):
    """The order was paid by a transfer to an account of the shop: nothing can be cancelled at a provider, and refunds by
    bank are not offered yet. Nothing was cancelled."""

    code = "BANK_REFUND_NEEDED"
    ko, en = (
        "무통장입금 주문은 계좌 환불이 필요하여 아직 여기서 취소할 수 없습니다.",
        "The order was paid by bank transfer: it needs a refund by bank, which is not offered here yet.",
    )
    sample: ClassVar[dict[str, Any]] = {"line_no": "20261120-7Q6X9ZPM-01"}
