"""Normalise Korean phone numbers, however they are written, to the stored form: only digits, beginning with 0.

Numbers and their lengths: 전기통신번호관리세칙 (10-digit and 11-digit mobile numbers, 9 to 11 digits with an area code,
050x personal and safe numbers of up to 12).
"""

import re
import unicodedata
from typing import Any, Final

LONGEST_AS_WRITTEN: Final = 60
COUNTRY: Final = "82"
ANY: Final = r"^(050[0-9]{8,9}|0[0-9]{8,10})$"
OWN: Final = r"^0([1-46-9][0-9]{7,9}|5[1-9][0-9]{6,8})$"
MOBILE: Final = r"^01[016789][0-9]{7,8}$"

SHOWN: Final = re.compile(r"([0-9][0-9\-]{6,18}[0-9])?")

# Characters between the digits: blanks, dashes, invisible marks from copying, and characters used as dashes.
_DROPPED_KINDS: Final = frozenset({"Zs", "Zl", "Zp", "Cf", "Pd"})
_DROPPED: Final = frozenset(".()/·・ー−")
_DROPPED_ASCII: Final = dict.fromkeys(map(ord, " -.()/"))
_ABROAD: Final = re.compile(r"^(?:\+|00)?82(?:0?)(?=[1-9][0-9]{7,})")


def normal_phone(value: Any) -> Any:
    """``+82 10-1234-5678``, ``010.1234.5678``, full-width digits and no-break blanks all as ``01012345678``.

    What is no text, or too long to be a number, comes back as it was; whether it is a number is not asked here.
    """
    if not isinstance(value, str) or len(value) > LONGEST_AS_WRITTEN:
        return value
    if value.isascii():  # fast path for nearly all numbers
        return _ABROAD.sub("0", value.translate(_DROPPED_ASCII))
    value = "".join(letter for letter in unicodedata.normalize("NFKC", value) if not _is_between(letter))
    return _ABROAD.sub("0", value)


def same_phone(one: str, other: str) -> bool:
    """Return True if two numbers are equal, however they are written. Empty text is no number."""
    return bool(one) and bool(other) and normal_phone(one) == normal_phone(other)


def hyphened(phone: str) -> str:
    """``010-1234-5678``, ``02-123-4567``, ``0507-1234-5678``: area, middle and last four of a number as it is kept."""
    area = area_length(phone)
    return f"{phone[:area]}-{phone[area:-4]}-{phone[-4:]}" if len(phone) >= 9 else phone


def shown_phone(value: Any) -> Any:
    """A number that a shop shows (``1588-1234``, ``02-1234-5678``): as staff wrote it where that is digits and hyphens,
    else in our spelling."""
    if not isinstance(value, str) or SHOWN.fullmatch(value.strip()):
        return value
    digits = normal_phone(value)
    if len(digits) == 8 and not digits.startswith("0"):
        return f"{digits[:4]}-{digits[4:]}"
    return hyphened(digits)


def area_length(phone: str) -> int:
    """Return the number of digits before the first hyphen."""
    if phone.startswith("02"):
        return 2
    return 4 if phone.startswith("050") and len(phone) == 12 else 3


def _is_between(letter: str) -> bool:
    return letter in _DROPPED or unicodedata.category(letter) in _DROPPED_KINDS
