"""Read a tracking sheet into rows that can be sent. All functions block: call them in a thread."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from src.app.fulfilment.dtos.admin.shipments import ShipmentRow
from src.app.fulfilment.errors import CellUnreadable, MethodUnknown, UnitsInvalid
from src.app.fulfilment.models import ShipmentMethod
from src.app.fulfilment.services.sheets.layouts import METHODS, Heading, heading_of, is_heading, word_of
from src.app.order.errors import LineNotFound
from src.common.exceptions import AppError
from src.common.ids import ORDER_NO_PATTERN, as_typed
from src.common.sheets.cells import Kind, Marked, trimmed
from src.common.sheets.reading import recognise, rows_of

MAX_ROWS: Final = 5000
MAX_UNITS: Final = 999
ORDER_NO: Final = re.compile(ORDER_NO_PATTERN)
LINE_NO: Final = re.compile(rf"{ORDER_NO_PATTERN.rstrip('$')}-[0-9]{{2,3}}$")
LONGEST: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, the line or the whole order that it names, what is sent of it, or
    why it is refused. `wish` has the order's number in place of a line's where the row names an order only."""

    number: int
    target: str
    wish: ShipmentRow | None = None
    error: AppError | None = None

    @property
    def order_no(self) -> str:
        """The number of the order, or what stands in its place."""
        return self.target.rpartition("-")[0] if LINE_NO.fullmatch(self.target) else self.target

    @property
    def is_whole_order(self) -> bool:
        """Whether it names an order and no line: everything that was not sent yet is meant."""
        return ORDER_NO.fullmatch(self.target) is not None


@dataclass(frozen=True, slots=True)
class TrackingSheet:
    """A sheet that was read."""

    heading: Heading
    rows: Sequence[SheetRow]


def first_look(file: BinaryIO) -> Heading:
    """Read the kind and the heading of a sheet. Raises SheetTypeUnknown, SheetBroken, SheetTooLarge,
    SheetHeaderWrong."""
    sheet = recognise(file, max_rows=MAX_ROWS, is_heading=is_heading)
    _, cells = next(rows_of(file, sheet), (0, []))
    return heading_of(cells)


def read(file: BinaryIO) -> TrackingSheet:
    """Read the whole sheet. Raises as `first_look`."""
    sheet = recognise(file, max_rows=MAX_ROWS, is_heading=is_heading)
    rows = rows_of(file, sheet)
    _, cells = next(rows, (0, []))
    heading = heading_of(cells)
    return TrackingSheet(heading, [_row(number, values, heading) for number, values in islice(rows, MAX_ROWS)])


def _row(number: int, cells: Sequence[str], heading: Heading) -> SheetRow:
    target = ""
    try:
        values = {key: _cell(cells, place) for key, place in heading.places.items()}
        target = _typed(values.get("line_no") or values.get("order_no", ""))
        return SheetRow(number=number, target=target, wish=_wish(target, values))
    except AppError as error:
        return SheetRow(number=number, target=target, error=error)


def _cell(cells: Sequence[str], place: int) -> str:
    """Return the text of a cell. Raises CellUnreadable for one that a spreadsheet calculates or has cut: digits that it
    no longer knows cannot be guessed."""
    cell = cells[place] if place < len(cells) else ""
    if isinstance(cell, Marked) and cell.kind not in (Kind.SEEN, Kind.TRUTH):
        raise CellUnreadable(column=place + 1)
    return unicodedata.normalize("NFKC", trimmed(str(cell)))


def _typed(text: str) -> str:
    return str(as_typed(text))[:LONGEST]


def _wish(target: str, values: dict[str, str]) -> ShipmentRow:
    if not LINE_NO.fullmatch(target) and not ORDER_NO.fullmatch(target):
        raise LineNotFound(line_no=target)
    method = METHODS.get(word_of(values.get("method", "")))
    if method is None:
        raise MethodUnknown(method=values["method"][:LONGEST])
    is_parcel = method == ShipmentMethod.PARCEL
    return ShipmentRow.model_construct(
        line_no=target,
        units=_units(values.get("units", "")),
        method=method,
        courier=values["courier"][:LONGEST] if is_parcel else "",
        tracking_no=values["tracking_no"][:LONGEST] if is_parcel else "",
    )


def _units(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:10]) <= MAX_UNITS:
        raise UnitsInvalid(units=text[:LONGEST])
    return int(text)
