"""Kinds of journal entries: which side they stand on, and with which sign (docs/domain.md#journal)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class EntryKind(StrEnum):
    """What moved. The owed side is what the buyer owes for the order, the money side what the shop got for it."""

    SALE = "SALE"
    SHIPPING = "SHIPPING"
    DISCOUNT = "DISCOUNT"
    COUPON = "COUPON"
    CANCELLED_GOODS = "CANCELLED_GOODS"
    RETURNED_GOODS = "RETURNED_GOODS"
    SHIPPING_BACK = "SHIPPING_BACK"
    RETURN_FEE = "RETURN_FEE"
    FIRST_SHIPPING = "FIRST_SHIPPING"
    RECAPTURE = "RECAPTURE"
    DEDUCTION = "DEDUCTION"
    CORRECTION = "CORRECTION"
    EXCHANGE_OUT = "EXCHANGE_OUT"
    EXCHANGE_IN = "EXCHANGE_IN"
    PAYMENT = "PAYMENT"
    POINTS_SPENT = "POINTS_SPENT"
    DEPOSIT = "DEPOSIT"
    CASH = "CASH"
    REFUND = "REFUND"
    BANK_REFUND = "BANK_REFUND"
    POINTS_BACK = "POINTS_BACK"
    CHARGEBACK = "CHARGEBACK"
    EXTERNAL_CANCEL = "EXTERNAL_CANCEL"
    INTEREST = "INTEREST"


class TaxClass(StrEnum):
    """The VAT class of an entry. NONE stands on the money side: which goods a sum pays is told by the owed side."""

    TAXABLE = "TAXABLE"
    TAX_FREE = "TAX_FREE"
    NONE = "NONE"


K = EntryKind
SIGNS: Final[Mapping[EntryKind, int]] = {
    K.SALE: 1,
    K.SHIPPING: 1,
    K.DISCOUNT: -1,
    K.COUPON: -1,
    K.CANCELLED_GOODS: -1,
    K.RETURNED_GOODS: -1,
    K.SHIPPING_BACK: -1,
    K.RETURN_FEE: 1,
    K.FIRST_SHIPPING: 1,
    K.RECAPTURE: 1,
    K.DEDUCTION: 1,
    K.CORRECTION: 0,
    K.EXCHANGE_OUT: -1,
    K.EXCHANGE_IN: 1,
    K.PAYMENT: 1,
    K.POINTS_SPENT: 1,
    K.DEPOSIT: 1,
    K.CASH: 1,
    K.REFUND: -1,
    K.BANK_REFUND: -1,
    K.POINTS_BACK: -1,
    K.CHARGEBACK: -1,
    K.EXTERNAL_CANCEL: -1,
    K.INTEREST: -1,
}
"""The sign of each kind; 0 allows both."""

MONEY: Final = frozenset(
    {
        K.PAYMENT,
        K.POINTS_SPENT,
        K.DEPOSIT,
        K.CASH,
        K.REFUND,
        K.BANK_REFUND,
        K.POINTS_BACK,
        K.CHARGEBACK,
        K.EXTERNAL_CANCEL,
        K.INTEREST,
    }
)
OWED: Final = (frozenset(EntryKind) - MONEY) | {K.INTEREST}
"""INTEREST stands on both sides: it is paid beyond what the goods cost."""
