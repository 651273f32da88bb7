"""Approve a payment that the shopper authorised on a channel with manual approval (수동 승인).

The money moves by our call alone, so an order that cannot be paid any more costs the shopper nothing.
"""

import hashlib
import logging

from src.app.checkout.dtos.requests import PaymentConfirm
from src.app.checkout.dtos.responses import PaymentRead
from src.app.checkout.errors import OrderAlreadyPaid, OrderHasExpired
from src.app.checkout.services.completing import complete
from src.app.checkout.services.settling import settle_known
from src.app.order.models import ENDED_UNPAID, UNPAID
from src.app.order.services.queries import by_id
from src.app.payment.errors import PaymentNotConfirmed, PaymentProviderUnavailable
from src.app.payment.models import Payment, PaymentVerdict
from src.app.payment.services.provider.base import provider
from src.app.payment.services.queries import by_payment_id
from src.common import clock
from src.common.vendors import Declined, VendorError

logger = logging.getLogger(__name__)


async def confirm(payment_id: str, body: PaymentConfirm) -> PaymentRead:
    """Approve the payment at the provider, settle it and return its state.

    A repeat is safe: one with a verdict is answered from our rows, and the same token has the same idempotency key, so
    the provider approves once. After a refusal or a lost answer the payment is read again: what was approved settles.
    No lock is held over the call; an order that ends meanwhile gets its money back (docs/promises.md#p4).

    Raises PaymentNotFound, OrderHasExpired and OrderAlreadyPaid before anything is sent, PaymentNotConfirmed,
    PaymentProviderUnavailable (the outcome is unknown), and as `complete` does.
    """
    payment = await by_payment_id(payment_id)
    if payment.verdict == PaymentVerdict.NONE and await _is_payable(payment):
        await _approve(payment, body)
    return await complete(payment_id)


async def _is_payable(payment: Payment) -> bool:
    """Return False if this payment has settled its order since it was read.

    Raises OrderHasExpired and OrderAlreadyPaid.
    """
    order = await by_id(payment.order_id)
    if order.status in UNPAID and order.expires_at > clock.now():
        return True
    if order.status in (*UNPAID, *ENDED_UNPAID):
        raise OrderHasExpired
    if order.id == (await by_payment_id(payment.payment_id)).settles_order_id:
        return False
    raise OrderAlreadyPaid


async def _approve(payment: Payment, body: PaymentConfirm) -> None:
    try:
        await provider().confirm(
            payment.payment_id,
            token=body.payment_token,
            attempt=body.tx_id,
            amount=payment.total_amount,
            tax_free=payment.tax_free_amount,
            key=_key(payment, body),
        )
    except VendorError as error:
        logger.warning("payment %s not confirmed: %s", payment.payment_id, error.reason)
        settled = await settle_known(payment, told_by="confirm")
        if settled.payment.verdict == PaymentVerdict.NONE:
            raise _refusal(error) from error


def _refusal(error: VendorError) -> PaymentNotConfirmed | PaymentProviderUnavailable:
    return PaymentNotConfirmed(reason=error.reason) if isinstance(error, Declined) else PaymentProviderUnavailable()


def _key(payment: Payment, body: PaymentConfirm) -> str:
    """Return the idempotency key of this payment and what was authorised: another window is another approval."""
    return hashlib.sha256(f"{payment.payment_id} {body.payment_token} {body.tx_id}".encode()).hexdigest()[:40]
