"""Read xlsx files with openpyxl: the visible worksheet, with cells as they are displayed."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, BinaryIO, Final

from src.common.sheets.cells import FORMULA, Kind, Marked, is_blank
from src.common.sheets.errors import SheetBroken
from src.common.sheets.number_formats import KOREAN_DATES, KOREAN_TIMES, shown
from src.common.sheets.strict import transitional

Row = tuple[int, list[str]]

ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_COLUMNS: Final = 100


@dataclass(frozen=True, slots=True)
class Chosen:
    """A worksheet: its index, its path in the zip, and its first row that is not empty."""

    place: int
    part: str
    heading: list[str]


def choose(file: BinaryIO, *, is_heading: Callable[[Sequence[str]], bool] | None) -> Chosen:
    """Return the first visible worksheet whose first row is a heading, else the first visible one that is not empty.
    Raises SheetBroken, also if no worksheet is visible."""
    first: Chosen | None = None
    with _opened(file) as book:
        for place, sheet in enumerate(book.worksheets):
            if sheet.sheet_state != "visible":
                continue
            heading = _heading(sheet)
            found = Chosen(place, sheet._worksheet_path, heading)  # noqa: SLF001
            if heading and (is_heading is None or is_heading(heading)):
                return found
            if first is None or (heading and not first.heading):
                first = found
        if first is None:
            raise SheetBroken
        return first


def xlsx_rows(file: BinaryIO, place: int) -> Iterator[Row]:
    """Yield the rows of the worksheet with this index, without empty ones. Raises SheetBroken with the row at which
    reading failed."""
    number = 0
    with _opened(file) as book:
        try:
            sheet = book.worksheets[place]
            width = len(_heading(sheet))
            # One column more than the heading, to notice cells beyond it. No more: a row may claim 16,384 cells.
            for number, cells in enumerate(sheet.iter_rows(max_col=width + 1), start=1):
                texts = [_text(cell) for cell in cells]
                if any(texts):
                    yield number, texts
        except Exception as error:  # openpyxl may raise anything for a file that no office program wrote
            raise SheetBroken(row=number + 1) from error


@contextmanager
def _opened(file: BinaryIO) -> Iterator[Any]:
    import openpyxl  # imports Pillow too, so load it with the first xlsx only

    try:
        with transitional(file) as source:
            book: Any = openpyxl.load_workbook(source, read_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the declared size may be wrong, or huge on purpose
            yield book
            book.close()
    except SheetBroken:
        raise
    except Exception as error:
        raise SheetBroken from error


def _heading(sheet: Any) -> list[str]:
    """Return the first row that is not empty, up to its last cell that is not empty."""
    for cells in sheet.iter_rows(max_col=MAX_COLUMNS):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            return texts[: max(place for place, text in enumerate(texts, start=1) if text)]
    return []


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str) and cell.data_type == "s":
        text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
        return "" if is_blank(text) else text
    return _marked(cell, value)


def _marked(cell: Any, value: Any) -> str:
    if cell.data_type == "f":
        return FORMULA
    if isinstance(value, bool):
        return Marked(str(value), Kind.TRUTH)
    if isinstance(value, (int, float)):
        return _number(cell, value)
    return Marked(value, Kind.ERROR) if isinstance(value, str) else _moment(value)


def _number(cell: Any, value: float) -> str:
    if not cell.has_style:
        return shown(value, "General")
    number = cell.style_array.numFmtId
    if number in KOREAN_DATES or number in KOREAN_TIMES:
        from openpyxl.utils.datetime import from_excel

        moment = from_excel(value, cell.parent.parent.epoch)
        return _moment(moment) if number in KOREAN_DATES else Marked(str(moment), Kind.TIME)
    return shown(value, cell.number_format or "General")


def _moment(value: Any) -> Marked:
    if isinstance(value, datetime):
        return Marked(value.isoformat(" ", "microseconds" if value.microsecond else "seconds"), Kind.DATE)
    return Marked(str(value), Kind.TIME if isinstance(value, (time, timedelta)) else Kind.DATE)
