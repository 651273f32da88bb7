"""The browser came back from the payment window: settle, and say where things stand."""

from src.app.checkout.dtos.responses import PaymentRead
from src.app.checkout.errors import OrderAlreadyPaid, OrderExpired
from src.app.checkout.services.settling import Settled, settle
from src.app.checkout.services.views import payment_state
from src.app.order.models import OrderStatus
from src.app.order.services.queries import by_id
from src.app.payment.errors import PaymentMismatch, PaymentNotPaid
from src.app.payment.models import PaymentStatus, PaymentVerdict
from src.app.payment.services.queries import by_payment_id

REJECTED = {
    PaymentVerdict.MISMATCH: PaymentMismatch,
    PaymentVerdict.LATE: OrderExpired,
    PaymentVerdict.DUPLICATE: OrderAlreadyPaid,
}


async def complete(payment_id: str) -> PaymentRead:
    """Any number of repeats gives the same end. A payment that was judged before is answered from our own rows.

    Raises PaymentNotFound, PaymentNotPaid, PaymentMismatch, OrderExpired, OrderAlreadyPaid and
    PaymentProviderUnavailable.
    """
    payment = await by_payment_id(payment_id)
    if payment.verdict == PaymentVerdict.NONE:
        return _answer(await settle(payment_id, told_by="browser"))
    return _answer(Settled(order=await by_id(payment.order_id), payment=payment))


def _answer(settled: Settled) -> PaymentRead:
    payment, order = settled.payment, settled.order
    if payment.verdict in REJECTED:
        raise REJECTED[payment.verdict]
    waits = payment.status == PaymentStatus.VIRTUAL_ACCOUNT_ISSUED and order.status == OrderStatus.AWAITING_DEPOSIT
    if payment.verdict != PaymentVerdict.SETTLED and not waits:
        raise PaymentNotPaid(payment_status=payment.status.value)
    return payment_state(payment, order)
