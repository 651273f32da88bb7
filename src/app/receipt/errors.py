"""Errors of cash receipts."""

from src.common.exceptions import Conflict, NotFound


class CashReceiptNotForOrder(Conflict):
    """Nothing was paid in cash: cards, phone bills and wallets have receipts of their own."""

    code = "CASH_RECEIPT_NOT_FOR_ORDER"
    ko, en = (
        "현금으로 결제한 금액이 없어 현금영수증을 발급할 수 없습니다.",
        "Nothing of this order was paid in cash, so it has no cash receipt.",
    )


class CashReceiptIssued(Conflict):
    """There is one for a number that the buyer gave. Cancel it first."""

    code = "CASH_RECEIPT_ISSUED"
    ko, en = "이미 현금영수증이 발급되었습니다.", "A cash receipt was issued already."


class CashReceiptNotFound(NotFound):
    code = "CASH_RECEIPT_NOT_FOUND"
    ko, en = "현금영수증이 없습니다.", "There is no cash receipt."
