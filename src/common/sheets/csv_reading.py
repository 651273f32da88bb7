"""Read csv files as people and Excel save them: UTF-8 with one, two or no byte order marks, UTF-16 with or without one,
or cp949; separated by commas, semicolons or tabs, with or without a ``sep=`` line."""

import csv
import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import BinaryIO, Final, Literal

from src.common.sheets.cells import is_blank
from src.common.sheets.csv_export import plain, referenced
from src.common.sheets.errors import SheetBroken

Encoding = Literal["utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"]
Row = tuple[int, list[str]]

LONGEST_ROW: Final = 1_000_000
BEGIN: Final = 4096
MARK: Final = "\ufeff"
MARKS_16: Final = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS: Final = ",;\t"
SEPARATOR: Final = re.compile(r'"?sep=(.)"?[,;\t]*[\r\n]*', re.IGNORECASE)


def encodings_of(file: BinaryIO) -> tuple[Encoding, ...]:
    """Return the possible encodings of the file, the likely one first."""
    file.seek(0)
    begin = file.read(BEGIN)
    if begin.startswith(MARKS_16):
        return ("utf-16",)
    wide: tuple[Encoding, ...] = ("utf-16-le", "utf-16-be")
    found = tuple(encoding for encoding in wide if b"\0" in begin and _begins_so(begin, encoding))
    return (*found, "utf-8-sig", "cp949")


def _begins_so(begin: bytes, encoding: str) -> bool:
    """Return True if the first line is readable in this encoding."""
    text = begin[: len(begin) // 2 * 2].decode(encoding, "replace")
    first = re.split(r"[\r\n]", text.lstrip(MARK), maxsplit=1)[0]
    is_readable = all(letter.isprintable() or letter == "\t" for letter in first)
    return is_readable and "\ufffd" not in first and any(mark in first for mark in DELIMITERS)


def delimiter_of(file: BinaryIO, encoding: Encoding, *, is_heading: Callable[[Sequence[str]], bool] | None) -> str:
    """Return the delimiter: that of a ``sep=`` line, else the one with which the first row is a heading, else the one
    that gives the most cells. Raises UnicodeDecodeError, and SheetBroken if no first row can be read."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        if said := SEPARATOR.fullmatch(text.readline(BEGIN).lstrip(MARK)):
            return said[1]
    finally:
        text.detach()
    best, most, problem = "", (False, -1), SheetBroken()
    for delimiter in DELIMITERS:
        try:
            rows = csv_rows(file, encoding, delimiter)
            _, cells = next(rows, (0, []))
            rows.close()  # detaches the file from its text wrapper
        except SheetBroken as error:
            problem = error
            continue
        rank = (is_heading is not None and is_heading(cells), len(cells))
        if rank > most:
            best, most = delimiter, rank
    if not best:
        raise problem
    return best


class _Lines:
    """The lines of a csv, without byte order marks at the beginning and without a ``sep=`` line. `since` counts the
    characters of the current row: a row that does not end is refused before millions of cells are in memory."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.since = 0

    def __iter__(self) -> Iterator[str]:
        first = self._text.readline(LONGEST_ROW).lstrip(MARK)
        if first and not SEPARATOR.fullmatch(first):
            self._count(first)
            yield first
        while line := self._text.readline(LONGEST_ROW):
            self._count(line)
            yield line

    def _count(self, line: str) -> None:
        self.since += len(line)
        if self.since >= LONGEST_ROW:
            raise csv.Error("a row without end")


def csv_rows(file: BinaryIO, encoding: Encoding, delimiter: str) -> Generator[Row, None, None]:
    """Yield the rows, without empty ones. Raises UnicodeDecodeError, and SheetBroken with the row at which reading
    failed."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    lines, number = _Lines(text), 0
    try:
        for number, cells in enumerate(csv.reader(lines, strict=True, delimiter=delimiter), start=1):
            lines.since = 0
            values = ["" if is_blank(value) else plain(value) for value in cells]
            if any(values):
                yield number, [referenced(value) for value in values] if encoding == "cp949" else values
    except csv.Error as error:
        raise SheetBroken(row=number + 1) from error
    finally:
        text.detach()
