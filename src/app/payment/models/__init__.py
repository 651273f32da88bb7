"""Payments, refunds and discrepancies."""

from src.app.payment.models.archive import PaymentArchive, RefundArchive, RefundAttemptArchive
from src.app.payment.models.channel import ChannelMode, EasyPayProvider, PaymentChannel, PaymentChannelList
from src.app.payment.models.discrepancy import Discrepancy, DiscrepancyKind
from src.app.payment.models.legal_record import PaymentLegalRecord
from src.app.payment.models.payment import Payment, charged
from src.app.payment.models.refund import Refund, RefundAttempt
from src.app.payment.models.separation import PaymentSeparation
from src.app.payment.models.status import (
    FINAL,
    PaidWith,
    PaymentStatus,
    PaymentVerdict,
    PayMethod,
    RefundReason,
    RefundStatus,
    may_follow,
)

__all__ = [
    "FINAL",
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
    "RefundArchive",
    "RefundAttempt",
    "RefundAttemptArchive",
    "RefundReason",
    "RefundStatus",
    "charged",
    "may_follow",
]
