"""Settle a payment after the browser returned from the payment window, and answer with its state."""

from src.app.checkout.dtos.responses import PaymentRead
from src.app.checkout.errors import OrderAlreadyPaid, OrderHasExpired
from src.app.checkout.services.settling import settle_known
from src.app.checkout.services.under_way import Settled, joined
from src.app.checkout.services.views import payment_state
from src.app.order.models import ENDED_UNPAID, PAID_ON, Order
from src.app.order.services.queries import by_id
from src.app.payment.errors import PaymentMismatch, PaymentNotPaid
from src.app.payment.models import Payment, PaymentVerdict
from src.app.payment.services.queries import by_payment_id
from src.app.payment.services.virtual_accounts import waits_for
from src.common.exceptions import AppError

REJECTED = {
    PaymentVerdict.MISMATCH: PaymentMismatch,
    PaymentVerdict.LATE: OrderHasExpired,
    PaymentVerdict.DUPLICATE: OrderAlreadyPaid,
}


async def complete(payment_id: str) -> PaymentRead:
    """Settle the payment and return its state. A repeat is safe: a payment with a verdict is answered from our rows.

    A settlement under way in this process is waited for. If it ends without a verdict, PortOne is read again: it may
    have been asked before the shopper paid.

    An account that the order does not wait for is closed and not shown: the error is then PaymentNotPaid, or
    OrderHasExpired or OrderAlreadyPaid if the order has ended or is paid.

    Raises PaymentNotFound, PaymentNotPaid, PaymentMismatch, OrderHasExpired, OrderAlreadyPaid and
    PaymentProviderUnavailable.
    """
    payment = await by_payment_id(payment_id)
    if payment.verdict == PaymentVerdict.NONE:
        settled = await joined(payment_id)
        if settled is None or settled.payment.verdict == PaymentVerdict.NONE:
            settled = await settle_known(payment, told_by="browser")
        return _answer(settled)
    return _answer(Settled(order=await by_id(payment.order_id), payment=payment))


def _answer(settled: Settled) -> PaymentRead:
    payment, order = settled.payment, settled.order
    if payment.verdict in REJECTED:
        raise REJECTED[payment.verdict]
    if payment.verdict != PaymentVerdict.SETTLED and not waits_for(order, payment):
        raise _not_paid(order, payment)
    return payment_state(payment, order)


def _not_paid(order: Order, payment: Payment) -> AppError:
    """Return the error for an unpaid payment. The account of an order that ended or is paid takes no deposit."""
    if payment.account_issued_at is not None and order.status in ENDED_UNPAID:
        return OrderHasExpired()
    if payment.account_issued_at is not None and order.status in PAID_ON:
        return OrderAlreadyPaid()
    return PaymentNotPaid(payment_status=payment.status.value)
