"""What the browser opens PortOne's payment window with, for each channel (docs/payments.md)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from src.app.checkout.dtos.window import (
    AccountExpiry,
    Bypass,
    Customer,
    NaverpayBypass,
    NaverpayItem,
    PaymentOpened,
    PaymentProduct,
    WindowTypes,
)
from src.app.order.models import Order, OrderLine
from src.app.payment.models import EasyPayProvider, Payment, PayMethod
from src.app.payment.services.attempts import order_name
from src.app.payment.services.channels.book import Channel
from src.app.payment.services.channels.defaults import settings_key
from src.app.payment.services.channels.memory import known_channels
from src.app.payment.services.virtual_accounts import deposit_hold
from src.core.configs import settings

MAX_PRODUCT_NAME: Final = 100
MAX_NAVER_NAME: Final = 128
NAVERPAY: Final = "NAVERPAY"
LONGEST_ACCOUNT_HOURS: Final = 2160  # Toss Payments; the others allow no more either
WINDOWS: Final = {
    NAVERPAY: WindowTypes(pc="POPUP", mobile="REDIRECTION"),
    "KAKAOPAY": WindowTypes(pc="IFRAME", mobile="REDIRECTION"),
}
"""The windows that these companies open; any other is an error there (docs/vendors/portone.md#windows)."""


def payment_view(payment: Payment, order: Order, lines: Sequence[OrderLine]) -> PaymentOpened:
    """Build the values that the browser needs to open the payment window.

    The channel is looked up by the code in the row, so a repeat after its key was changed tells the new key.
    """
    channel = known_channels().of(payment)
    pg = channel.pg if channel else ""
    wallet = EasyPayProvider(payment.easy_pay_provider) if payment.easy_pay_provider else None
    is_account = payment.pay_method == PayMethod.VIRTUAL_ACCOUNT
    return PaymentOpened(
        payment_id=payment.payment_id,
        store_id=settings().portone.store_id,
        channel_key=channel.channel_key if channel else settings_key(payment.pay_method),
        order_name=_order_name(lines, pg=pg),
        total_amount=payment.total_amount,
        tax_free_amount=payment.tax_free_amount,
        pay_method=payment.pay_method,
        redirect_url=f"{settings().identity.front_url.rstrip('/')}/checkout/return?order_no={order.order_no}",
        customer_id=f"member-{order.member_id}" if order.member_id else order.order_no,
        products=[
            PaymentProduct(
                id=str(line.variant_id),
                code=line.product_code or str(line.product_id),
                name=_name(line)[:MAX_PRODUCT_NAME],
                amount=line.unit_price,
                quantity=line.quantity,
            )
            for line in lines
        ],
        customer=Customer(full_name=order.orderer_name, phone_number=order.orderer_phone, email=order.orderer_email),
        easy_pay_provider=wallet,
        window_type=WINDOWS.get(pg),
        account_expiry=AccountExpiry(valid_hours=account_hours()) if is_account else None,
        bypass=_bypass(order, lines) if pg == NAVERPAY else None,
        needs_confirm=_needs_confirm(channel),
        is_escrow=channel is not None and channel.escrow,
    )


def account_hours() -> int:
    """Return for how many hours a virtual account is issued: those of DEPOSIT_HOLD_SECONDS, rounded up."""
    hours = -(-deposit_hold() // timedelta(hours=1))
    return min(hours, LONGEST_ACCOUNT_HOURS)


def _needs_confirm(channel: Channel | None) -> bool:
    return channel is not None and channel.manual_approval


def _order_name(lines: Sequence[OrderLine], *, pg: str) -> str:
    """Return the order's name. Naver Pay adds the number of further products itself, so it gets the first one only."""
    if pg == NAVERPAY:
        return lines[0].name[:MAX_NAVER_NAME]
    return order_name([line.name for line in lines])


def _name(line: OrderLine) -> str:
    return " ".join(part for part in (line.name, line.color, line.size) if part)


def _bypass(order: Order, lines: Sequence[OrderLine]) -> Bypass:
    items = [
        NaverpayItem(uid=str(line.product_id), name=line.name[:MAX_NAVER_NAME], count=line.quantity) for line in lines
    ]
    return Bypass(naverpay=NaverpayBypass(product_items=items, delivery_fee=order.shipping_fee))
