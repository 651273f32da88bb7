"""Empty tracking sheets, with a row to show how they are filled in."""

from src.app.fulfilment.dtos.admin.layouts import Layout
from src.app.fulfilment.services.sheets.layouts import EXAMPLES, HEADINGS
from src.common.sheets import csv_export
from src.common.sheets.xlsx_writing import XlsxWriter


def as_csv(layout: Layout) -> bytes:
    """Return a csv with the headings alone."""
    return csv_export.MARK + csv_export.lines([HEADINGS[layout]])


def as_xlsx(layout: Layout) -> bytes:
    """Return an xlsx with the headings, and a second sheet with an example."""
    book = XlsxWriter(["송장", "예시"])
    pieces = [book.sheet(HEADINGS[layout]), book.sheet(HEADINGS[layout]), book.rows([EXAMPLES[layout]])]
    return b"".join([*pieces, book.end()])
