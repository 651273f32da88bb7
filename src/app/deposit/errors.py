"""Errors of manual transfers."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class BankAccountUnknown(NotFound):
    """The edited list names an account that is not there (any more)."""

    code = "BANK_ACCOUNT_UNKNOWN"
    ko, en = "입금 계좌를 찾을 수 없습니다.", "The bank account was not found."
    sample: ClassVar[dict[str, Any]] = {"ids": [3]}


class BankAccountNotOffered(Unprocessable):
    """The chosen account is switched off or gone. `offered` are the ids of those that may be chosen."""

    code = "BANK_ACCOUNT_NOT_OFFERED"
    ko, en = (
        "선택한 입금 계좌를 사용할 수 없습니다. 다른 계좌를 선택해 주세요.",
        "This account is not offered. Please choose another one.",
    )
    sample: ClassVar[dict[str, Any]] = {"offered": [1, 2]}


class NoTransferExpected(Conflict):
    """The order is not paid by a manual transfer: nobody was told an account of the shop."""

    code = "NO_TRANSFER_EXPECTED"
    ko, en = "무통장입금 주문이 아닙니다.", "The order is not paid by a manual transfer."


class DepositsChanged(Conflict):
    """Somebody else recorded a deposit meanwhile. `deposited` is what is recorded now, in won."""

    code = "DEPOSITS_CHANGED"
    ko, en = (
        "그 사이에 다른 입금이 등록되었습니다. 입금 내역을 다시 확인해 주세요.",
        "Another deposit was recorded meanwhile. Please look at the deposits again.",
    )
    sample: ClassVar[dict[str, Any]] = {"deposited": 92500}


class DepositInFuture(Unprocessable):
    """Nothing was deposited at a moment that is still to come."""

    code = "DEPOSIT_IN_FUTURE"
    ko, en = "입금 시각이 미래입니다.", "The deposit's time is still to come."
