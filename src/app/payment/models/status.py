"""The states of payments and refunds (docs/domain.md#payments, docs/domain.md#refunds)."""

from enum import StrEnum
from typing import Final


class PayMethod(StrEnum):
    CARD = "CARD"
    EASY_PAY = "EASY_PAY"
    TRANSFER = "TRANSFER"
    MOBILE = "MOBILE"
    VIRTUAL_ACCOUNT = "VIRTUAL_ACCOUNT"
    MANUAL_TRANSFER = "MANUAL_TRANSFER"


class PaidWith(StrEnum):
    """What was used in the end, which the shopper may have chosen in the window: PortOne's kinds of ``method``.

    OTHER is a kind that PortOne added later.
    """

    CARD = "CARD"
    EASY_PAY = "EASY_PAY"
    TRANSFER = "TRANSFER"
    MOBILE = "MOBILE"
    VIRTUAL_ACCOUNT = "VIRTUAL_ACCOUNT"
    MANUAL_TRANSFER = "MANUAL_TRANSFER"
    GIFT_CERTIFICATE = "GIFT_CERTIFICATE"
    CONVENIENCE_STORE = "CONVENIENCE_STORE"
    CRYPTO = "CRYPTO"
    OTHER = "OTHER"


class PaymentStatus(StrEnum):
    """What PortOne said last. Words that PortOne adds later are never stored: such a snapshot is left for later."""

    READY = "READY"
    FAILED = "FAILED"
    PAY_PENDING = "PAY_PENDING"
    VIRTUAL_ACCOUNT_ISSUED = "VIRTUAL_ACCOUNT_ISSUED"
    PAID = "PAID"
    PARTIAL_CANCELLED = "PARTIAL_CANCELLED"
    CANCELLED = "CANCELLED"


class PaymentVerdict(StrEnum):
    """What we decided about a payment that was paid. A verdict is made once and never changed."""

    NONE = ""
    SETTLED = "SETTLED"
    MISMATCH = "MISMATCH"
    LATE = "LATE"
    DUPLICATE = "DUPLICATE"


class RefundStatus(StrEnum):
    """BLOCKED: less is left at the provider than the refund's amount, or somebody must first say what a cancellation
    of nobody of ours, or a dispute, was for."""

    REQUESTED = "REQUESTED"
    SENT = "SENT"
    PENDING_AT_PROVIDER = "PENDING_AT_PROVIDER"
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"
    NEEDS_ACCOUNT = "NEEDS_ACCOUNT"
    BLOCKED = "BLOCKED"


class RefundReason(StrEnum):
    """Why money goes back, and the kind of a refund's cause (`Refund.cause`). A release that does not know a word
    cannot load the row, so it never sends it (docs/domain.md#refunds)."""

    MISMATCH = "MISMATCH"
    LATE = "LATE"
    DUPLICATE = "DUPLICATE"
    CANCEL = "CANCEL"


class RefundMeans(StrEnum):
    """How the money goes back: cancelled at the provider, or transferred to an account by staff."""

    PROVIDER = "PROVIDER"
    BANK = "BANK"


AUTOMATIC: Final = (RefundReason.MISMATCH, RefundReason.LATE, RefundReason.DUPLICATE)
"""Reasons of refunds that take all that is left of a payment."""
UNDER_WAY: Final = (RefundStatus.SENT, RefundStatus.PENDING_AT_PROVIDER)
"""The provider may be working on it: another refund of the payment waits."""


P = PaymentStatus
FINAL: Final = (P.PAID, P.PARTIAL_CANCELLED, P.CANCELLED)
_RANK: Final = {P.READY: 0, P.FAILED: 0, P.PAY_PENDING: 1, P.VIRTUAL_ACCOUNT_ISSUED: 1, P.PAID: 2}
_RANK_OF_CANCELS: Final = {P.PARTIAL_CANCELLED: 3, P.CANCELLED: 4}


def may_follow(current: PaymentStatus, told: PaymentStatus) -> bool:
    """Return whether a payment stored as `current` may become `told`.

    PortOne gives snapshots, so hops may be skipped: any state may become any later one. The only other hops are READY
    or PAY_PENDING to FAILED and FAILED to READY, because the same id may be tried again.
    """
    rank = _RANK | _RANK_OF_CANCELS
    if told == current or rank[told] > rank[current]:
        return True
    return (current, told) in {(P.READY, P.FAILED), (P.PAY_PENDING, P.FAILED), (P.FAILED, P.READY)}
