"""Record whether a paid payment settles its order or is rejected and refunded.

A verdict is made once, under the order's lock, and never changes (docs/promises.md#p3, docs/promises.md#p4).
"""

from datetime import datetime

from src.app.payment.models import DiscrepancyKind, Payment, PaymentVerdict, RefundReason
from src.app.payment.services.mirroring import note_discrepancy
from src.app.payment.services.provider.base import ProviderPayment
from src.app.payment.services.refunds.requesting import request_refund
from src.core.configs import settings
from src.core.database import after_commit
from src.core.database.statements import change
from src.core.observing.metrics import PAYMENT_VERDICTS

WATCH = "UPDATE `payment` SET next_reread_at = %s, reread_step = 0 WHERE order_id = %s AND verdict = %s"

REASONS = {
    PaymentVerdict.MISMATCH: RefundReason.MISMATCH,
    PaymentVerdict.LATE: RefundReason.LATE,
    PaymentVerdict.DUPLICATE: RefundReason.DUPLICATE,
}


def mismatches(payment: Payment, seen: ProviderPayment) -> list[str]:
    """Return the names of the values that rule the payment out: store, currency, total, version, channel, cancelled.

    ``channel`` is a test channel in production, ``cancelled`` a payment of which some went back already. The total
    compared is the requested one: `paid` is less when a card company gives a discount
    (docs/vendors/portone.md#the-payment).
    """
    found = []
    if seen.store_id != settings().portone.store_id:
        found.append("store")
    if seen.currency != "KRW":
        found.append("currency")
    if seen.total != payment.total_amount:
        found.append("total")
    if seen.version != "V2":
        found.append("version")
    if settings().server.env == "prod" and not seen.is_live:
        found.append("channel")
    if seen.cancelled:
        found.append("cancelled")
    return found


def settle_with(payment: Payment) -> None:
    """Record in the row that this payment settles its order; a unique key allows one. Call with order and payment
    locked; the caller saves the row."""
    payment.verdict = PaymentVerdict.SETTLED
    payment.settles_order_id = payment.order_id
    payment.next_reread_at = None
    after_commit(PAYMENT_VERDICTS.of(payment.verdict.value).add)


async def reject(payment: Payment, seen: ProviderPayment, verdict: PaymentVerdict, *, detail: str = "") -> None:
    """Reject a paid payment: store the verdict, and write the intent to refund what is left of it.

    A MISMATCH goes on the discrepancy list with `detail`. Call with order and payment locked.
    """
    payment.verdict = verdict
    await payment.save(update_fields=["verdict"])
    after_commit(PAYMENT_VERDICTS.of(verdict.value).add)
    if verdict == PaymentVerdict.MISMATCH:
        await note_discrepancy(
            payment, DiscrepancyKind.MISMATCH, reference=payment.payment_id, amount=seen.total, detail=detail
        )
    if seen.cancellable:
        await request_refund(payment, REASONS[verdict], amount=seen.cancellable)


async def watch_others(order_id: int, *, first_read_at: datetime) -> None:
    """Schedule re-reads of the order's payments without a verdict: one may still be paid, and its webhook be lost."""
    await change(WATCH, (first_read_at, order_id, PaymentVerdict.NONE.value), is_fixed=True)
