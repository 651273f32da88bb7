"""Made-up payment instruments: card, account, phone (docs/vendors/portone.md#the-payment)."""

import secrets
from typing import Any, Final

from src.sandbox.clock import in_seconds
from src.sandbox.config import WALLET_CHANNELS
from src.sandbox.portone.payment.model import PayMethod

HOUR_NS: Final = 3_600_000_000_000
DEFAULT_VALID_HOURS: Final = 72
MAX_VALID_HOURS: Final = 2160
"""Longest validity of a virtual account in hours (Toss Payments)."""


NAVERPAY_LEAST: Final = 100
"""Naver Pay takes no less, in won."""


def provider_of(pay_method: PayMethod, channel_key: str) -> str:
    """Return the PG of the channel: the wallet's own, else KakaoPay for EASY_PAY, KG Inicis for the rest."""
    if channel_key in WALLET_CHANNELS:
        return WALLET_CHANNELS[channel_key][0]
    return "KAKAOPAY" if pay_method is PayMethod.EASY_PAY else "INICIS_V2"


def wallet_of(channel_key: str, asked: str | None) -> str:
    """Return the wallet that the window opens with: the channel's own, else the one that the shop asked for."""
    if channel_key in WALLET_CHANNELS:
        return WALLET_CHANNELS[channel_key][1]
    return (asked or "KAKAOPAY").removeprefix("EASY_PAY_PROVIDER_")


def instrument(pay_method: PayMethod, *, wallet: str = "KAKAOPAY") -> dict[str, Any]:
    """Return the `method` object of a payment that is approved at once. Raises ValueError for a virtual account."""
    match pay_method:
        case PayMethod.CARD:
            return _card()
        case PayMethod.EASY_PAY:
            return {"type": "PaymentMethodEasyPay", "provider": wallet, "easyPayMethod": _card()}
        case PayMethod.TRANSFER:
            return {"type": "PaymentMethodTransfer", "bank": "SHINHAN", "accountNumber": "110******" + _digits(3)}
        case PayMethod.MOBILE:
            return {"type": "PaymentMethodMobile", "phoneNumber": "010****" + _digits(4)}
        case PayMethod.VIRTUAL_ACCOUNT:
            raise ValueError("a virtual account is issued, not approved")


def virtual_account(*, valid_hours: int, now_ns: int) -> dict[str, Any]:
    """Return the `method` object of a new virtual account. `now_ns` is in nanoseconds."""
    return {
        "type": "PaymentMethodVirtualAccount",
        "bank": "KOOKMIN",
        "accountNumber": _digits(14),
        "accountType": "NORMAL",
        "remitteeName": "샌드박스",
        "issuedAt": in_seconds(now_ns),
        "expiredAt": in_seconds(now_ns + valid_hours * HOUR_NS),
    }


def _card() -> dict[str, Any]:
    card = {
        "issuer": "SHINHAN_CARD",
        "publisher": "SHINHAN_CARD",
        "brand": "LOCAL",
        "type": "CREDIT",
        "ownerType": "PERSONAL",
        "bin": "43301234",
        "name": "신한카드",
        "number": f"43301234****{_digits(3)}*",
    }
    installment = {"month": 0, "isInterestFree": False}
    return {"type": "PaymentMethodCard", "card": card, "approvalNumber": _digits(8), "installment": installment}


def _digits(count: int) -> str:
    return f"{secrets.randbelow(10**count):0{count}d}"
