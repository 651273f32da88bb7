"""Payment attempts: the row, the pre-registration, and the values that the browser needs to open the window."""

import logging
from dataclasses import dataclass

from src.app.payment.models import EasyPayProvider, Payment, PayMethod
from src.app.payment.services.channels.book import Channel
from src.app.payment.services.channels.memory import channels
from src.app.payment.services.provider.base import provider
from src.common import clock
from src.common.ids import new_ulid
from src.common.sheets import euc_kr
from src.common.vendors import VendorError
from src.core.database.statements import insert, new_row

logger = logging.getLogger(__name__)

ORDER_NAME_BYTES = 40  # the shortest limit of the PGs, in EUC-KR (docs/vendors/portone.md#payment-ids-and-names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How an order is to be paid: the channel, and the wallet that the window opens with, if it is for one."""

    channel: Channel
    provider: EasyPayProvider | None = None


async def choose_way(pay_method: PayMethod, provider: EasyPayProvider | None, *, total: int, tax_free: int) -> Way:
    """Return the channel for `total` won, of which `tax_free` contain no VAT, by this method and wallet.

    From memory (`channels.memory`). Raises PayMethodNotOffered, TaxFreeNotOffered and PayAmountTooSmall.
    """
    chosen = (await channels()).choose(pay_method, provider, total=total, tax_free=tax_free)
    return Way(channel=chosen, provider=provider or chosen.provider)


async def is_offered(pay_method: PayMethod) -> bool:
    """Return whether the shop offers this payment method: a channel of it is active."""
    return (await channels()).offers(pay_method)


async def open_payment(order_id: int, way: Way, *, total: int, tax_free: int = 0) -> Payment:
    """Insert a new payment attempt over `total` won, of which `tax_free` contain no VAT.

    Call inside a unit of work; pre-register after its commit.
    """
    now = clock.now()
    row = new_row(
        Payment,
        payment_id=new_ulid(),
        order_id=order_id,
        pay_method=way.channel.method,
        channel=way.channel.code,
        easy_pay_provider=way.provider.value if way.provider else "",
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


def order_name(names: list[str]) -> str:
    """Return the name for window and card statement: first product and number of others, at most 40 bytes of EUC-KR."""
    rest = f" 외 {len(names) - 1}건" if len(names) > 1 else ""
    room = ORDER_NAME_BYTES - euc_kr.byte_count(rest)
    first = euc_kr.beginning(names[0], room).strip()
    return (first or "주문") + rest
