"""Displayed text of a number, because people mean what its format displays (ECMA-376 part 1, 18.8.30, 18.8.31).

Formats that keep the digits or add leading zeros are applied. For any other format the number is `Marked`.
"""

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from src.common.sheets.cells import Kind, Marked

MOST: Final = 10**15
"""A spreadsheet stores 15 digits."""

SECTION: Final = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[_*].|[^;])*')
PIECE: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|[_*].|(?P<general>general|g/표준)'
    r"|(?P<science>e[+\-])|(?P<digits>[0#?.,]+)|(?P<text>@)|(?P<share>[%/])|(?P<blank>\s)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
DIGITS: Final = re.compile(r"(?P<whole>[0#]+(?:,[0#]+)*)(?:\.(?P<parts>0*)(?P<more>#*))?")
KOREAN_DATES: Final = frozenset({*range(27, 37), *range(50, 59)}) - {32, 33}
KOREAN_TIMES: Final = frozenset({32, 33})
"""Numbers of the built-in formats of Korean spreadsheets, which have no code in the file (18.8.30, ``ko-kr``)."""


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format code. `digits` is the pattern of digits, empty for unchanged digits; `is_plain` is True if
    only digits are displayed."""

    digits: str = ""
    is_plain: bool = True
    is_share: bool = False
    has_minus: bool = False


def shown(value: float, code: str) -> str:
    """Return the digits that a cell displays. If the displayed text is another one, return the value's digits Marked as
    SEEN, SHARE or DIGITS."""
    text = _digits(value)
    if isinstance(text, Marked):
        return text
    sections = _sections(code)
    place = 0
    if len(sections) > 1:
        place = 1 if value < 0 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[place]
    if section.is_share:
        return Marked(text, Kind.SHARE)
    if not section.is_plain:
        return Marked(text, Kind.SEEN)
    if not section.digits:
        return text
    minus = "-" if value < 0 and (place != 1 or section.has_minus) else ""
    seen = _filled(text.removeprefix("-"), section.digits)
    if seen is None or (text.startswith("-") and not minus):
        return Marked(text, Kind.SEEN)
    return minus + seen


def _digits(value: float) -> str:
    """Return a number without its format: a decimal point only before decimals, no exponent."""
    if not math.isfinite(value) or abs(value) >= MOST:
        return Marked(str(value), Kind.DIGITS)
    if value == int(value):
        return str(int(value))
    text = f"{value:.15g}"
    if float(text) != value:
        return Marked(text, Kind.DIGITS)
    return f"{Decimal(text):f}" if "e" in text else text


def _filled(text: str, pattern: str) -> str | None:
    """Return the digits with the leading zeros of the pattern, or None if the pattern changes anything else."""
    found = DIGITS.fullmatch(pattern)
    if found is None:
        return None
    whole, _, parts = text.partition(".")
    if found["parts"] is not None:
        least, most = len(found["parts"]), len(found["parts"]) + len(found["more"])
        if not max(least, 1) <= len(parts) <= most:
            return None
    elif parts:
        return None
    zeros = found["whole"].replace(",", "").lstrip("#")
    if "," in found["whole"] and max(len(whole), len(zeros)) > 3:
        return None
    if "#" in zeros or (not zeros and whole == "0"):
        return None
    padded = whole.zfill(len(zeros))
    return f"{padded}.{parts}" if parts else padded


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    found = []
    at = 0
    while at <= len(code):
        section = SECTION.match(code, at)
        assert section is not None  # noqa: S101 - the pattern also matches the empty text
        found.append(_section(section[0]))
        at = max(section.end(), at) + 1
    return tuple(found[:4])


def _section(code: str) -> _Section:
    digits, is_plain, is_general, is_share, has_minus = "", True, False, False, False
    for piece in PIECE.finditer(code):
        kind, text = piece.lastgroup, piece[0]
        if kind == "digits":
            is_plain, digits = is_plain and not digits, digits + text
        elif kind in ("general", "text"):
            is_general = True
        elif kind == "share":
            is_share = True
        elif kind in ("quoted", "escaped"):
            is_plain = is_plain and not str(piece[kind]).strip()
        elif kind == "bracket":
            is_plain = is_plain and _is_unseen(piece["bracket"])
        elif text == "-":
            has_minus = True
        elif kind in ("other", "science"):
            is_plain = False
    is_plain = is_plain and bool(digits) != is_general
    return _Section("" if is_general else digits, is_plain, is_share, has_minus)


def _is_unseen(bracket: str) -> bool:
    """Return True for a colour or a language. A currency is displayed, and a condition changes the choice of
    section."""
    return not bracket.startswith(("<", ">", "=")) and not (bracket.startswith("$") and bracket[1:].partition("-")[0])
