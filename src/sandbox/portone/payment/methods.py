"""Made-up payment instruments: card, account, phone (docs/vendors/portone.md#the-payment)."""

import secrets
from typing import Any, Final

from src.sandbox.clock import in_seconds
from src.sandbox.portone.payment.model import PayMethod

HOUR_NS: Final = 3_600_000_000_000
DEFAULT_VALID_HOURS: Final = 72
MAX_VALID_HOURS: Final = 2160
"""Longest validity of a virtual account in hours (Toss Payments)."""


def provider_of(pay_method: PayMethod) -> str:
    """Return the PG of the channel: KakaoPay for EASY_PAY, KG Inicis for the rest, as offered on the shop's screens."""
    return "KAKAOPAY" if pay_method is PayMethod.EASY_PAY else "INICIS_V2"


def instrument(pay_method: PayMethod) -> dict[str, Any]:
    """Return the `method` object of a payment that is approved at once. Raises ValueError for a virtual account."""
    match pay_method:
        case PayMethod.CARD:
            return _card()
        case PayMethod.EASY_PAY:
            return {"type": "PaymentMethodEasyPay", "provider": "KAKAOPAY", "easyPayMethod": _card()}
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
