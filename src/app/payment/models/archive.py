"""Archive tables for the payments of closed orders: the columns of the live tables in tables of their own."""

from src.app.payment.models.payment import Payment
from src.app.payment.models.refund import Refund, RefundAttempt
from src.app.payment.models.refund_account import RefundAccount
from src.common.models.archive import archive_of

PaymentArchive = archive_of(Payment)
RefundAccountArchive = archive_of(RefundAccount)
RefundArchive = archive_of(Refund)
RefundAttemptArchive = archive_of(RefundAttempt)
