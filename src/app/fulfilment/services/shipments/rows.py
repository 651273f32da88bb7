"""Read the rows of 발송처리 before anything is looked up."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from src.app.fulfilment.dtos.admin.shipments import ShipmentRow
from src.app.fulfilment.errors import LineTwice
from src.app.fulfilment.models import ShipmentMethod
from src.app.shipping.services.couriers.book import CourierBook, Parcel
from src.common.exceptions import AppError


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One row as it was asked for: its place in the request, the parcel that it names (None without a number), and what
    the row itself is refused for."""

    place: int
    row: ShipmentRow
    parcel: Parcel | None = None
    error: AppError | None = None


def read(rows: Sequence[ShipmentRow], book: CourierBook) -> list[Asked]:
    """Return the rows in their order, each with its parcel or with what it is refused for."""
    twice = _twice(rows)
    return [
        Asked(place=place, row=row, error=LineTwice(line_no=row.line_no))
        if row.line_no in twice
        else _parcel(place, row, book)
        for place, row in enumerate(rows)
    ]


def _parcel(place: int, row: ShipmentRow, book: CourierBook) -> Asked:
    if row.method != ShipmentMethod.PARCEL:
        return Asked(place=place, row=row)
    try:
        return Asked(place=place, row=row, parcel=book.parcel(row.courier, row.tracking_no))
    except AppError as error:
        return Asked(place=place, row=row, error=error)


def _twice(rows: Sequence[ShipmentRow]) -> set[str]:
    """Return the lines that stand in several rows, but for those that are split: each row with its units and another
    number."""
    counts = Counter(row.line_no for row in rows)
    numbers_of: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        if row.units is not None:
            numbers_of[row.line_no].add((row.courier, row.tracking_no))
    return {line_no for line_no, count in counts.items() if count > 1 and len(numbers_of[line_no]) < count}
