"""Why units are cancelled or given back, and whose fault that is. The codes stay; labels are data."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Fault(StrEnum):
    """Whose doing it is. It decides who pays fees: the seller's and the carrier's fault costs the buyer nothing."""

    BUYER = "BUYER"
    SELLER = "SELLER"
    CARRIER = "CARRIER"
    NEUTRAL = "NEUTRAL"


class GoodsReason(StrEnum):
    """A reason by the words of Korean shops (취소·반품 사유)."""

    CHANGE_OF_MIND = "CHANGE_OF_MIND"
    COLOR_OR_SIZE = "COLOR_OR_SIZE"
    WRONG_ORDER = "WRONG_ORDER"
    FOUND_CHEAPER = "FOUND_CHEAPER"
    REORDER = "REORDER"
    SOLD_OUT = "SOLD_OUT"
    DELAYED = "DELAYED"
    NOT_AS_DESCRIBED = "NOT_AS_DESCRIBED"
    DEFECTIVE = "DEFECTIVE"
    WRONG_ITEM = "WRONG_ITEM"
    MISSING_ITEM = "MISSING_ITEM"
    LOST = "LOST"
    DAMAGED_IN_TRANSIT = "DAMAGED_IN_TRANSIT"
    NO_DELIVERY_AREA = "NO_DELIVERY_AREA"
    OTHER = "OTHER"


R = GoodsReason
FAULTS: Final[Mapping[GoodsReason, Fault]] = {
    **dict.fromkeys((R.CHANGE_OF_MIND, R.COLOR_OR_SIZE, R.WRONG_ORDER, R.FOUND_CHEAPER, R.REORDER), Fault.BUYER),
    **dict.fromkeys(
        (R.SOLD_OUT, R.DELAYED, R.NOT_AS_DESCRIBED, R.DEFECTIVE, R.WRONG_ITEM, R.MISSING_ITEM), Fault.SELLER
    ),
    **dict.fromkeys((R.LOST, R.DAMAGED_IN_TRANSIT), Fault.CARRIER),
    **dict.fromkeys((R.NO_DELIVERY_AREA, R.OTHER), Fault.NEUTRAL),
}
GONE: Final = frozenset({R.SOLD_OUT, R.DEFECTIVE, R.LOST})
"""Reasons whose units are not there to be sold again, unless somebody says so: they are written off."""
