"""Payments, refunds and discrepancies."""

from src.app.payment.models.archive import PaymentArchive, RefundAccountArchive, RefundArchive, RefundAttemptArchive
from src.app.payment.models.channel import ChannelMode, EasyPayProvider, PaymentChannel, PaymentChannelList
from src.app.payment.models.discrepancy import Discrepancy, DiscrepancyKind
from src.app.payment.models.legal_record import PaymentLegalRecord
from src.app.payment.models.payment import Payment, charged
from src.app.payment.models.refund import Refund, RefundAttempt, cause_of, is_automatic
from src.app.payment.models.refund_account import RefundAccount, RefundAccountState
from src.app.payment.models.separation import PaymentSeparation
from src.app.payment.models.status import (
    AUTOMATIC,
    FINAL,
    UNDER_WAY,
    PaidWith,
    PaymentStatus,
    PaymentVerdict,
    PayMethod,
    RefundMeans,
    RefundReason,
    RefundStatus,
    may_follow,
)

__all__ = [
    "AUTOMATIC",
    "FINAL",
    "UNDER_WAY",
    "ChannelMode",
    "Discrepancy",
    "DiscrepancyKind",
    "EasyPayProvider",
    "PaidWith",
    "PayMethod",
    "Payment",
    "PaymentArchive",
    "PaymentChannel",
    "PaymentChannelList",
    "PaymentLegalRecord",
    "PaymentSeparation",
    "PaymentStatus",
    "PaymentVerdict",
    "Refund",
    "RefundAccount",
    "RefundAccountArchive",
    "RefundAccountState",
    "RefundArchive",
    "RefundAttempt",
    "RefundAttemptArchive",
    "RefundMeans",
    "RefundReason",
    "RefundStatus",
    "cause_of",
    "charged",
    "is_automatic",
    "may_follow",
]
