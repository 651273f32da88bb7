"""Count characters as a person sees them: a family emoji is one, a letter with its accents is one.

An approximation of Unicode's extended grapheme clusters (UAX 29) by Python's character categories. Many marks on one
letter count as several characters, so that a text with a small count cannot be long.
"""

import unicodedata
from itertools import pairwise
from typing import Final

LONGEST: Final = 12
"""Most code points of one character; the longest emoji in use have eleven."""

JOINER: Final = "\u200d"
SELECTORS: Final = range(0xFE00, 0xFE10)
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
TAGS: Final = range(0xE0020, 0xE0080)
REGIONS: Final = range(0x1F1E6, 0x1F200)
LEADING, VOWELS, TRAILING = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
SYLLABLES: Final = range(0xAC00, 0xD7A4)
UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Mn", "Mc", "Me"})
"""Categories of invisible characters. Unassigned ones (Cn) are not included: they may be emoji newer than this
Python."""
BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\ufffc\U0001d159")
IGNORABLE: Final = (range(0x2065, 0x2066), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000))
"""Unassigned code points that will always be invisible (Default_Ignorable_Code_Point)."""


def count(text: str) -> int:
    """How many characters a reader sees, LONGEST code points at most to each."""
    if not text:
        return 0
    total, length, regions = 1, 1, int(ord(text[0]) in REGIONS)
    for before, after in pairwise(text):
        is_region = ord(after) in REGIONS
        if length < LONGEST and (_joined(before, after) or (is_region and regions % 2 == 1)):
            length += 1
        else:
            total, length = total + 1, 1
        regions = regions + 1 if is_region else 0
    return total


def is_visible(text: str) -> bool:
    """Return True if the text shows something besides blanks, joiners and marks."""
    if text[:1].isalnum() and text[0] not in BLANK_LETTERS:  # fast path for nearly every text
        return True
    return any(unicodedata.category(letter) not in UNSEEN and not _is_blank(letter) for letter in text)


def _is_blank(letter: str) -> bool:
    return letter in BLANK_LETTERS or any(ord(letter) in span for span in IGNORABLE)


def _joined(before: str, after: str) -> bool:
    code = ord(after)
    if after == JOINER or unicodedata.category(after)[0] == "M":
        return True
    if code in SELECTORS or code in SKIN_TONES or code in TAGS:
        return True
    if before == JOINER:
        return unicodedata.category(after) in {"So", "Cn"}
    return _same_syllable(ord(before), code) or (before == "\r" and after == "\n")


def _same_syllable(before: int, after: int) -> bool:
    """Old Korean letters that make one syllable."""
    if before in LEADING:
        return after in LEADING or after in VOWELS or after in SYLLABLES
    is_open = before in VOWELS or (before in SYLLABLES and (before - SYLLABLES.start) % 28 == 0)
    if is_open:
        return after in VOWELS or after in TRAILING
    return (before in TRAILING or before in SYLLABLES) and after in TRAILING
