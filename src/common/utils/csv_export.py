"""Rows as csv that opens in a spreadsheet: UTF-8 with its mark, and no cell that a spreadsheet would calculate."""

import csv
import io
from collections.abc import Iterable
from typing import Final

MARK: Final = b"\xef\xbb\xbf"
BEGINS_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """The value as text; what a spreadsheet could take for a formula begins with an apostrophe (OWASP, CSV
    injection). Numbers of our own stay numbers."""
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(BEGINS_FORMULA) else text


def lines(rows: Iterable[Iterable[object]]) -> bytes:
    """These rows, each ended by CR LF, every text quoted where it must be."""
    out = io.StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode()
