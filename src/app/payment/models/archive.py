"""Where the payments of closed orders are kept: the columns of the live tables, by themselves."""

from src.app.payment.models.payment import Payment
from src.app.payment.models.refund import Refund, RefundAttempt
from src.common.models.archive import archive_of

PaymentArchive = archive_of(Payment)
RefundArchive = archive_of(Refund)
RefundAttemptArchive = archive_of(RefundAttempt)
