"""Uploaded sheets as rows of texts, one at a time, whatever they are: xlsx, csv in UTF-8 (with its mark or without),
csv in cp949 as Korean Excel writes it.

Every cell is a text: a whole number without its point, a date as ``2026-12-01 09:00:00``, an empty cell as nothing.
A formula is FORMULA: its value is not known to be what somebody saw.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, Final, Literal

from src.common.utils.csv_export import plain, referenced
from src.common.utils.sheets.errors import SheetBroken, SheetTooLarge, SheetTypeUnknown
from src.common.utils.sheets.xlsx_safety import inspect

FORMULA: Final = "\0formula"
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
ZIP: Final = b"PK\x03\x04"
MAX_COLUMNS: Final = 100
LONGEST_ROW: Final = 1_000_000

Row = tuple[int, list[str]]
"""The row's number as a spreadsheet shows it, and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was found to be one. `encoding` is empty for xlsx."""

    kind: Literal["xlsx", "csv"]
    encoding: Literal["", "utf-8-sig", "cp949"]


def recognise(file: BinaryIO, *, max_rows: int) -> Sheet:
    """What the file is, by its bytes; reads all of it. Raises SheetTypeUnknown, SheetBroken, and SheetTooLarge for more
    than `max_rows` rows below the first."""
    file.seek(0)
    begin = file.read(len(ZIP))
    if begin == ZIP:
        inspect(file, max_rows=max_rows)
        return Sheet("xlsx", "")
    for encoding in ("utf-8-sig", "cp949"):
        sheet = Sheet("csv", encoding)
        try:
            count = sum(1 for _ in rows_of(file, sheet))
        except UnicodeDecodeError:
            continue
        if count > max_rows + 1:
            raise SheetTooLarge(limit=max_rows)
        return sheet
    raise SheetTypeUnknown


def rows_of(file: BinaryIO, sheet: Sheet) -> Iterator[Row]:
    """Its rows from the first one on, those without anything left out. Raises SheetBroken where reading ends."""
    file.seek(0)
    return _of_xlsx(file) if sheet.kind == "xlsx" else _of_csv(file, sheet.encoding)


class _Lines:
    """The lines of a csv. `since` counts the letters of the row that is being read: SheetBroken beyond LONGEST_ROW,
    before a row of millions of cells is in memory."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.since = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(LONGEST_ROW):
            self.since += len(line)
            if self.since >= LONGEST_ROW:
                raise csv.Error("a row without end")
            yield line


def _of_csv(file: BinaryIO, encoding: str) -> Iterator[Row]:
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    lines, number = _Lines(text), 0
    try:
        for number, cells in enumerate(csv.reader(lines, strict=True), start=1):
            lines.since = 0
            if any(cells):
                values = map(referenced, cells) if encoding == "cp949" else cells
                yield number, [plain(value) for value in values]
    except csv.Error as error:
        raise SheetBroken(row=number + 1) from error
    finally:
        text.detach()


def _of_xlsx(file: BinaryIO) -> Iterator[Row]:
    import openpyxl  # brings Pillow along, which no worker needs before its first xlsx

    number = 0
    try:
        book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be wrong, or a bomb
        heading = next((row for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True) if any(row)), ())
        width = max((place for place, value in enumerate(heading, start=1) if value), default=0)
        # One more than the heading, to see what stands beside it: a row may claim sixteen thousand cells.
        for number, cells in enumerate(sheet.iter_rows(max_col=width + 1), start=1):
            texts = [_text(cell) for cell in cells]
            if any(texts):
                yield number, texts
        book.close()
    except Exception as error:  # the reader fails in any way at all on what no office program wrote
        raise SheetBroken(row=number + 1) from error


def _text(cell: Any) -> str:
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, str):
        return ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds" if value.microsecond else "seconds")
    return "" if value is None else str(value)
