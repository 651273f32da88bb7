"""Read uploaded sheets row by row: xlsx (also Strict Open XML), or csv in the encodings and with the separators that
office programs write.

Every cell is a text: a whole number has no decimal point, a blank cell is the empty text. A cell that a spreadsheet
displays in another form than it stores is `Marked` with the reason.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final, Literal

from src.common.sheets.cells import FORMULA
from src.common.sheets.csv_reading import Encoding, csv_rows, delimiter_of, encodings_of
from src.common.sheets.errors import SheetTooLarge, SheetTypeUnknown
from src.common.sheets.xlsx_reading import choose, xlsx_rows
from src.common.sheets.xlsx_safety import inspect

__all__ = ["FORMULA", "Row", "Sheet", "recognise", "rows_of"]

ZIP: Final = b"PK\x03\x04"

Row = tuple[int, list[str]]
"""The row's number as a spreadsheet displays it, and its cells."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recognised sheet: a csv with its encoding and delimiter, or a worksheet of an xlsx by its index."""

    kind: Literal["xlsx", "csv"]
    encoding: Encoding = "utf-8-sig"
    delimiter: str = ","
    place: int = 0


def recognise(file: BinaryIO, *, max_rows: int, is_heading: Callable[[Sequence[str]], bool] | None = None) -> Sheet:
    """Recognise the sheet by the bytes of the whole file. In an xlsx, choose the first visible worksheet whose first
    row satisfies `is_heading`, else the first visible one that is not empty.

    Raises SheetTypeUnknown, SheetBroken, and SheetTooLarge for more than `max_rows` rows below the first.
    """
    file.seek(0)
    if file.read(len(ZIP)) == ZIP:
        rows = inspect(file)
        chosen = choose(file, is_heading=is_heading)
        if rows.get(chosen.part, 0) > max_rows + 1:
            raise SheetTooLarge(limit=max_rows)
        return Sheet("xlsx", place=chosen.place)
    for encoding in encodings_of(file):
        try:
            sheet = Sheet("csv", encoding, delimiter_of(file, encoding, is_heading=is_heading))
            count = sum(1 for _ in rows_of(file, sheet))
        except UnicodeError:
            continue
        if count > max_rows + 1:
            raise SheetTooLarge(limit=max_rows)
        return sheet
    raise SheetTypeUnknown


def rows_of(file: BinaryIO, sheet: Sheet) -> Iterator[Row]:
    """Yield all rows, with the heading, without empty ones. Raises SheetBroken with the row at which reading failed."""
    if sheet.kind == "xlsx":
        return xlsx_rows(file, sheet.place)
    return csv_rows(file, sheet.encoding, sheet.delimiter)
