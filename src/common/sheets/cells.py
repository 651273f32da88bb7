"""Cells of uploaded sheets: texts, and marks on values that a spreadsheet displays in another form than it stores."""

from enum import StrEnum
from typing import Final, Self

from src.common.dtos.graphemes import is_visible


class Kind(StrEnum):
    """Reason for which a cell is `Marked`."""

    FORMULA = "formula"
    ERROR = "error"
    TRUTH = "truth"
    DATE = "date"
    TIME = "time"
    SEEN = "seen"
    SHARE = "share"
    DIGITS = "digits"


class Marked(str):
    """A cell whose stored value may differ from the text that people saw, with the reason.

    FORMULA: the displayed value is unknown. ERROR: as in ``#N/A``. TRUTH: a boolean. DATE: a moment as in
    ``2026-12-01 09:00:00``. TIME: a time of day or a duration. SEEN: a number that its format displays in another form.
    SHARE: a number displayed in percent or as a fraction. DIGITS: a number that needs more than the 15 digits that a
    spreadsheet stores.
    """

    __slots__ = ("kind",)
    kind: Kind

    def __new__(cls, text: str, kind: Kind) -> Self:
        """`text` is the stored value."""
        made = super().__new__(cls, text)
        made.kind = kind
        return made


FORMULA: Final = Marked("\0formula", Kind.FORMULA)

EDGES: Final = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\xad\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2800\u3164\ufeff\uffa0"
)
"""Invisible characters: spaces of any width, zero-width characters, fillers."""


def is_blank(text: str) -> bool:
    """Return True if the text has no visible character."""
    if text and ("!" <= text[0] <= "~" or "가" <= text[0] <= "힣"):
        return False  # fast path for nearly every cell
    return not (text.strip() if text.isascii() else is_visible(text))


def trimmed(text: str) -> str:
    """Return the text without invisible characters at both ends."""
    return text.strip(EDGES)
