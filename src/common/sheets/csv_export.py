"""Write csv that is safe to open in a spreadsheet: no cell is calculated. `plain` restores the original texts."""

import csv
import io
import re
from collections.abc import Iterable
from typing import Final

MARK: Final = b"\xef\xbb\xbf"
BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
REFERENCE: Final = re.compile(r"&#([0-9]{1,7});")


def cell(value: object) -> str:
    """Return the value as text. A text that a spreadsheet could take for a formula gets an apostrophe in front (OWASP,
    CSV injection); integers get none."""
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if _is_guarded(text) else text


def plain(text: str) -> str:
    """Undo `cell`: remove the apostrophe that it put in front."""
    return text[1:] if text.startswith("'") and _is_guarded(text[1:]) else text


def lines(rows: Iterable[Iterable[object]], *, encoding: str = "utf-8") -> bytes:
    """Return the rows as csv, ended by CR LF and quoted where necessary.

    A character that cp949 lacks is written as a reference, as in ``&#9203;``, which `referenced` undoes.
    """
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    if encoding == "utf-8":
        return out.getvalue().encode()
    return out.getvalue().replace("&#", "&#38;#").encode(encoding, "xmlcharrefreplace")


def referenced(text: str) -> str:
    """Replace the references in a cell of a cp949 file by their characters."""
    return REFERENCE.sub(_letter, text) if "&#" in text else text


def _letter(found: re.Match[str]) -> str:
    number = int(found[1])
    is_letter = number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_letter else found[0]


def _is_guarded(text: str) -> bool:
    return text.lstrip(" '").startswith(BEGINS_FORMULA)
