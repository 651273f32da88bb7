"""Numbers of cash receipts: stored encrypted, compared by a keyed hash, shown masked."""

from typing import Any, Final

from src.app.receipt.models import CashReceipt, ReceiptKind
from src.common.crypto import keyed_hash, seal, unseal

PURPOSE: Final = "cash-receipt-number"
NOBODY: Final = "0100001234"
"""The number of the tax office for receipts that nobody asked for (자진발급, 국세청 지정번호 010-000-1234). The buyer
may claim such a receipt by its issue number (국세청 홈택스, 자진발급분 소비자 등록)."""
PHONE: Final = "PHONE"
CARD: Final = "CARD"
BUSINESS: Final = "BUSINESS"


def stored(number: str) -> dict[str, Any]:
    """Return the columns of a row for this number, which has digits only."""
    return {
        "sealed_number": seal(number),
        "number_hash": keyed_hash(PURPOSE, number),
        "masked_number": masked(number),
    }


def number_of(row: CashReceipt) -> str:
    """Return the number that the receipt goes to. Raises CannotUnseal."""
    return unseal(row.sealed_number) if row.sealed_number else NOBODY


def type_of(kind: ReceiptKind, number: str) -> str:
    """Return PortOne's word for what the number is."""
    if kind == ReceiptKind.CORPORATE:
        return BUSINESS if len(number) == len("1234567890") and not number.startswith("01") else CARD
    return PHONE if number.startswith("01") and len(number) <= len("01012345678") else CARD


def masked(number: str) -> str:
    """Show the first three and the last two digits."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
