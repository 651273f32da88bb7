"""Read an uploaded sheet once into a file with a line per product, and check its form and size before any save.

All functions block: call them in a thread. Except for the product codes, memory does not grow with the file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO, Final

import orjson

from src.app.product.errors import ImportTooManyProducts
from src.app.product.services.sheets.blocks import Heading, blocks_of, code_of, heading_of, is_heading, wish_of
from src.app.product.services.sheets.records import ProductRow
from src.common.sheets.cells import Kind, Marked
from src.common.sheets.errors import SheetHeaderWrong, SheetTooLarge
from src.common.sheets.reading import Row, Sheet, recognise, rows_of
from src.common.work.tasks import TaskInterrupted
from src.core.configs import settings

BATCH: Final = 50
BATCH_ROWS: Final = 300
LOOK_EVERY: Final = 500


@dataclass(slots=True)
class Outline:
    """A description of a sheet. `cells` is its first row; `split` holds the codes whose rows are not consecutive."""

    sheet: Sheet
    cells: list[str]
    heading: Heading
    products: int = 0
    rows: int = 0
    split: set[str] = field(default_factory=set)


def first_look(file: BinaryIO) -> Outline:
    """Read the sheet's kind and heading. Raises SheetTypeUnknown, SheetBroken, SheetTooLarge, SheetHeaderWrong."""
    sheet = recognise(file, max_rows=settings().imports.max_rows, is_heading=is_heading)
    _, cells = next(rows_of(file, sheet), (0, []))
    return Outline(sheet, cells, heading_of(cells))


def unroll(file: BinaryIO, into: BinaryIO, *, must_stop: Callable[[], bool]) -> Outline:
    """Write each product's rows as a line into `into`. Raises the errors of `first_look`, ImportTooManyProducts, and
    TaskInterrupted if `must_stop` returns true."""
    outline = first_look(file)
    limits = settings().imports
    seen: set[str] = set()
    rows = islice(rows_of(file, outline.sheet), 1, None)
    for block in blocks_of(_counted(rows, outline, must_stop), outline.heading):
        code = code_of(block, outline.heading)
        if code in seen and code[:1] != "#":  # a spreadsheet error such as #N/A is no product code
            outline.split.add(code)
        seen.add(code)
        outline.products += 1
        if outline.products > limits.max_products:
            raise ImportTooManyProducts(limit=limits.max_products)
        into.write(orjson.dumps(block, default=_marked, option=orjson.OPT_PASSTHROUGH_SUBCLASS) + b"\n")
    if not outline.products:
        raise SheetHeaderWrong(missing=["상품코드"], unknown=[], repeated=[])
    into.seek(0)
    return outline


def _counted(rows: Iterator[Row], outline: Outline, must_stop: Callable[[], bool]) -> Iterator[Row]:
    for number, row in enumerate(rows, start=1):
        outline.rows = number
        if number > settings().imports.max_rows:
            raise SheetTooLarge(limit=settings().imports.max_rows)
        if number % LOOK_EVERY == 0 and must_stop():
            raise TaskInterrupted
        yield row


def next_wishes(lines: BinaryIO, outline: Outline) -> list[ProductRow]:
    """Return the next products, at most BATCH, and fewer once they have BATCH_ROWS rows. Empty at the end."""
    wishes: list[ProductRow] = []
    rows = 0
    while len(wishes) < BATCH and rows < BATCH_ROWS and (line := lines.readline()):
        block = rows_in(line)
        is_split = code_of(block, outline.heading) in outline.split
        wishes.append(wish_of(block, outline.heading, is_split=is_split))
        rows += len(block)
    return wishes


def rows_in(line: bytes) -> list[Row]:
    """Read the rows of a product from a line of `unroll`."""
    return [
        (number, [cell if isinstance(cell, str) else Marked(cell[1], Kind(cell[0])) for cell in cells])
        for number, cells in orjson.loads(line)
    ]


def _marked(cell: Any) -> list[str]:
    if not isinstance(cell, Marked):
        raise TypeError
    return [cell.kind.value, str(cell)]


def skip(lines: BinaryIO, count: int) -> None:
    """Skip this many products."""
    for _ in range(count):
        lines.readline()
