"""Cells of uploaded sheets: texts, and what a spreadsheet shows otherwise than it keeps it."""

from enum import StrEnum
from typing import Final, Self

from src.common.dtos.graphemes import is_visible


class Kind(StrEnum):
    """Why a cell is more than its text."""

    FORMULA = "formula"
    ERROR = "error"
    TRUTH = "truth"
    DATE = "date"
    TIME = "time"
    SEEN = "seen"
    SHARE = "share"
    DIGITS = "digits"


class Marked(str):
    """A cell that is not simply its text.

    FORMULA: its value is not known to be what somebody saw. ERROR, TRUTH: ``#N/A``, TRUE. DATE, TIME: a moment as
    ``2026-12-01 09:00:00``, or a time of day or a duration. SEEN: a number that its format shows otherwise. SHARE: a
    number shown in percent or as a fraction. DIGITS: a number of more than the 15 digits that a spreadsheet keeps.
    """

    __slots__ = ("kind",)
    kind: Kind

    def __new__(cls, text: str, kind: Kind) -> Self:
        """`text` is the value that is kept."""
        made = super().__new__(cls, text)
        made.kind = kind
        return made


FORMULA: Final = Marked("\0formula", Kind.FORMULA)

EDGES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\xad\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff\uffa0"
)
"""Blanks and what cannot be seen: spaces of any width, zero-width letters, fillers."""


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in the cell."""
    if text and ("!" <= text[0] <= "~" or "가" <= text[0] <= "힣"):
        return False  # nearly every cell
    return not (text.strip() if text.isascii() else is_visible(text))


def trimmed(text: str) -> str:
    """Without what cannot be seen at its ends."""
    return text.strip(EDGES)
