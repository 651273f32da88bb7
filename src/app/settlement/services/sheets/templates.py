"""Empty settlement sheets, with rows to show how they are filled in."""

from src.app.settlement.services.sheets.reading import EXAMPLES, HEADINGS
from src.common.sheets import csv_export
from src.common.sheets.xlsx_writing import XlsxWriter


def as_csv() -> bytes:
    """Return a csv with the headings alone."""
    return csv_export.MARK + csv_export.lines([HEADINGS])


def as_xlsx() -> bytes:
    """Return an xlsx with the headings, and a second sheet with examples."""
    book = XlsxWriter(["정산", "예시"])
    pieces = [book.sheet(HEADINGS), book.sheet(HEADINGS), book.rows(EXAMPLES)]
    return b"".join([*pieces, book.end()])
