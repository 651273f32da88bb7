"""A try to pay: its row, its pre-registration, and what the browser needs to open the window."""

import logging

from src.app.payment.errors import PayMethodNotOffered
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


def check_offered(pay_method: PayMethod) -> None:
    """Raise PayMethodNotOffered unless the shop takes this way to pay."""
    if not is_offered(pay_method):
        raise PayMethodNotOffered(offered=list(settings().orders.pay_methods))


def is_offered(pay_method: PayMethod) -> bool:
    """Whether the shop takes this way to pay (setting PAY_METHODS)."""
    return pay_method.value in settings().orders.pay_methods


async def open_payment(order_id: int, pay_method: PayMethod, *, total: int) -> Payment:
    """Write the row of a new try over `total` won. Call inside a unit of work; pre-register after its commit."""
    now = clock.now()
    row = new_row(
        Payment,
        payment_id=new_ulid(),
        order_id=order_id,
        pay_method=pay_method,
        total_amount=total,
        created_at=now,
        updated_at=now,
    )
    await insert(row)
    return row


async def pre_register(payment: Payment) -> None:
    """Fix the amount at the provider: one try of 3 s. A failure harms nothing, because settling compares anyway."""
    try:
        await provider().pre_register(payment.payment_id, amount=payment.total_amount)
    except VendorError as error:
        logger.warning("payment %s not pre-registered: %s", payment.payment_id, error.reason)


def channel_key(pay_method: PayMethod) -> str:
    """The PortOne channel for a way to pay."""
    portone = settings().portone
    if pay_method == PayMethod.EASY_PAY and portone.easy_pay_channel_key:
        return portone.easy_pay_channel_key
    return portone.channel_key


def order_name(names: list[str]) -> str:
    """What the window and the card statement show: the first product, and how many more, in at most 40 bytes."""
    rest = f" 외 {len(names) - 1}건" if len(names) > 1 else ""
    room = ORDER_NAME_BYTES - euc_kr.byte_count(rest)
    first = euc_kr.beginning(names[0], room).strip()
    return (first or "주문") + rest
