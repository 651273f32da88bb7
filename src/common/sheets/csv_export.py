"""Rows as csv that opens in a spreadsheet: no cell that it would calculate, and all of it undone by `plain`."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

MARK: Final = b"\xef\xbb\xbf"
BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
REFERENCE: Final = re.compile(r"&#([0-9]{1,7});")


def cell(value: object) -> str:
    """The value as text; what a spreadsheet could take for a formula begins with an apostrophe (OWASP, CSV
    injection). Numbers of our own stay numbers."""
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if _is_guarded(text) else text


def plain(text: str) -> str:
    """What `cell` was given: one apostrophe less, where it wrote one."""
    return text[1:] if text.startswith("'") and _is_guarded(text[1:]) else text


def lines(rows: Iterable[Iterable[object]], *, encoding: str = "utf-8") -> bytes:
    """These rows, each ended by CR LF, every text quoted where it must be.

    A letter that cp949 lacks becomes a reference, ``&#9203;``, which `referenced` undoes; nothing is lost.
    """
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    if encoding == "utf-8":
        return out.getvalue().encode()
    return out.getvalue().replace("&#", "&#38;#").encode(encoding, "xmlcharrefreplace")


def referenced(text: str) -> str:
    """The letters for their references in a cell of a file in cp949."""
    return REFERENCE.sub(_letter, text) if "&#" in text else text


def _letter(found: re.Match[str]) -> str:
    number = int(found[1])
    is_letter = number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_letter else found[0]


def _is_guarded(text: str) -> bool:
    return text.lstrip(" '").startswith(BEGINS_FORMULA)
