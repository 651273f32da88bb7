"""Payment attempts: the row, the pre-registration, and the values that the browser needs to open the window."""

import logging

from src.app.payment.errors import PayMethodNotOffered, TaxFreeNotOffered
from src.app.payment.models import Payment, PayMethod
from src.app.payment.services.provider.base import provider
from src.common import clock
from src.common.ids import new_ulid
from src.common.sheets import euc_kr
from src.common.vendors import VendorError
from src.core.configs import settings
from src.core.database.statements import insert, new_row

logger = logging.getLogger(__name__)

ORDER_NAME_BYTES = 40  # the shortest limit of the PGs, in EUC-KR (docs/vendors/portone.md#payment-ids-and-names)


def check_offered(pay_method: PayMethod, *, tax_free: int) -> None:
    """Raise PayMethodNotOffered unless the shop offers this payment method, and TaxFreeNotOffered for `tax_free` won
    above 0 where its channel has no contract for tax-free goods."""
    if not is_offered(pay_method):
        raise PayMethodNotOffered(offered=list(settings().orders.pay_methods))
    if tax_free and not has_mixed_tax(pay_method):
        offered = [method for method in settings().orders.pay_methods if has_mixed_tax(PayMethod(method))]
        raise TaxFreeNotOffered(offered=offered)


def has_mixed_tax(pay_method: PayMethod) -> bool:
    """Return whether the method's channel takes tax-free goods (setting PORTONE_MIXED_TAX_CHANNELS)."""
    return channel_key(pay_method) in settings().portone.mixed_tax_channels


def is_offered(pay_method: PayMethod) -> bool:
    """Return whether the shop offers this payment method (setting PAY_METHODS)."""
    return pay_method.value in settings().orders.pay_methods


async def open_payment(order_id: int, pay_method: PayMethod, *, total: int, tax_free: int = 0) -> Payment:
    """Insert a new payment attempt over `total` won, of which `tax_free` contain no VAT.

    Call inside a unit of work; pre-register after its commit.
    """
    now = clock.now()
    row = new_row(
        Payment,
        payment_id=new_ulid(),
        order_id=order_id,
        pay_method=pay_method,
        total_amount=total,
        tax_free_amount=tax_free,
        created_at=now,
        updated_at=now,
    )
    await insert(row)
    return row


async def pre_register(payment: Payment) -> None:
    """Fix the amount at the provider, in one try of PORTONE_PRE_REGISTER_TIMEOUT_SECONDS (3).

    A failure is only logged: settling compares the amount anyway.
    """
    try:
        await provider().pre_register(payment.payment_id, amount=payment.total_amount, tax_free=payment.tax_free_amount)
    except VendorError as error:
        logger.warning("payment %s not pre-registered: %s", payment.payment_id, error.reason)


def channel_key(pay_method: PayMethod) -> str:
    """Return the PortOne channel key for a payment method."""
    portone = settings().portone
    if pay_method == PayMethod.EASY_PAY and portone.easy_pay_channel_key:
        return portone.easy_pay_channel_key
    return portone.channel_key


def order_name(names: list[str]) -> str:
    """Return the name for window and card statement: first product and number of others, at most 40 bytes of EUC-KR."""
    rest = f" 외 {len(names) - 1}건" if len(names) > 1 else ""
    room = ORDER_NAME_BYTES - euc_kr.byte_count(rest)
    first = euc_kr.beginning(names[0], room).strip()
    return (first or "주문") + rest
