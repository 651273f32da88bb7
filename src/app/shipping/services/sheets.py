"""The list of surcharges as a sheet: a row per range of zipcodes, xlsx or csv, both ways."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from src.app.shipping.dtos.admin.rules import MAX_FEE, MAX_SURCHARGES
from src.app.shipping.models import SurchargeArea
from src.app.shipping.services.fees import Surcharge
from src.common.dtos.fields import FIRST_ZIPCODE, LAST_ZIPCODE
from src.common.sheets import csv_export
from src.common.sheets.cells import Kind, Marked, trimmed
from src.common.sheets.errors import SheetHeaderWrong
from src.common.sheets.reading import recognise, rows_of
from src.common.sheets.xlsx_writing import XlsxWriter

HEADINGS: Final = {
    "area": "구분",
    "name": "지역명",
    "zipcode_from": "우편번호 시작",
    "zipcode_to": "우편번호 끝",
    "fee": "추가배송비",
}
NEEDED: Final = ("area", "zipcode_from", "fee")
AREAS: Final = {"제주": SurchargeArea.JEJU, "도서산간": SurchargeArea.ISLAND}
AREA_WORDS: Final = {area: word for word, area in AREAS.items()}
READ_AS: Final = {**AREAS, "JEJU": SurchargeArea.JEJU, "ISLAND": SurchargeArea.ISLAND}
LONGEST_NAME: Final = 50
ZIPCODE_DIGITS: Final = 5
NAMES: Final = {"".join(word.split()).casefold(): key for key, ko in HEADINGS.items() for word in (key, ko)}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error of a row: the column's heading, empty for the whole row, and the text in both languages."""

    row: int
    column: str
    ko: str
    en: str


@dataclass(slots=True)
class Reading:
    """The ranges of a sheet, the number of its rows, and what is wrong with them."""

    zones: list[Surcharge] = field(default_factory=list)
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)


def read(file: BinaryIO) -> Reading:
    """Read a sheet; blocks. A fee of 0 takes the zipcodes out of the list; an empty end is a single zipcode.

    Zipcodes that a spreadsheet shortened to four digits get their zero back. A zipcode in two rows is a problem of the
    second. Raises SheetTypeUnknown, SheetBroken, SheetTooLarge (above 3,000 rows) and SheetHeaderWrong.
    """
    sheet = recognise(file, max_rows=MAX_SURCHARGES, is_heading=_is_heading)
    rows = rows_of(file, sheet)
    places = _places(next(rows, (0, []))[1])
    found, reading = dict[int, Surcharge](), Reading()
    for number, cells in rows:
        reading.rows += 1
        given = {key: cells[place] if place < len(cells) else "" for key, place in places.items()}
        if zone := _zone(number, given, reading.problems):
            found[number] = zone
    _refuse_repeated(found, reading.problems)
    reading.problems.sort(key=lambda problem: problem.row)
    reading.zones = list(found.values())
    return reading


def as_csv(zones: Sequence[Surcharge]) -> bytes:
    """Return the list as csv in UTF-8 with its mark. `read` takes it back."""
    return csv_export.MARK + csv_export.lines([list(HEADINGS.values()), *map(_cells, zones)])


def as_xlsx(zones: Sequence[Surcharge]) -> bytes:
    """Return the list as xlsx, every cell a text. `read` takes it back."""
    book = XlsxWriter(["추가배송비"])
    pieces = [book.sheet(list(HEADINGS.values())), book.rows([[str(cell) for cell in _cells(zone)] for zone in zones])]
    return b"".join([*pieces, book.end()])


def _cells(zone: Surcharge) -> list[str | int]:
    return [AREA_WORDS[zone.area], zone.name, zone.zipcode_from, zone.zipcode_to, zone.fee]


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKC", text)
    return "".join("".join(letter for letter in letters if unicodedata.category(letter) != "Cf").split())


def _is_heading(cells: Sequence[str]) -> bool:
    return any(NAMES.get(_plain(cell).casefold()) == "zipcode_from" for cell in cells)


def _places(cells: Sequence[str]) -> dict[str, int]:
    keys = [NAMES.get(_plain(cell).casefold()) for cell in cells]
    unknown = [cell.strip()[:40] for cell, key in zip(cells, keys, strict=True) if cell.strip() and key is None]
    repeated = sorted({HEADINGS[key] for key in keys if key and keys.count(key) > 1})
    missing = [HEADINGS[key] for key in NEEDED if key not in keys]
    if unknown or repeated or missing:
        raise SheetHeaderWrong(missing=missing, unknown=unknown[:20], repeated=repeated)
    return {key: place for place, key in enumerate(keys) if key}


def _zone(row: int, given: dict[str, str], problems: list[Problem]) -> Surcharge | None:
    """Return the range of a row, None after adding what is wrong with it to `problems`."""
    values: dict[str, Any] = {}
    for key, (reader, ko, en) in READERS.items():
        cell = given.get(key, "")
        if isinstance(cell, Marked) and cell.kind is not Kind.SEEN:
            problems.append(Problem(row, HEADINGS[key], *NO_TEXT))
        elif (value := reader(str(cell))) is None:
            problems.append(Problem(row, HEADINGS[key], ko, en))
        else:
            values[key] = value
    if len(values) < len(READERS):
        return None
    last = values["zipcode_to"] or values["zipcode_from"]
    if values["zipcode_from"] > last:
        ko, en = "끝 우편번호가 시작 우편번호보다 작습니다.", "The range ends before it begins."
        problems.append(Problem(row, HEADINGS["zipcode_to"], ko, en))
        return None
    area = values["area"]
    return Surcharge(values["name"] or AREA_WORDS[area], values["zipcode_from"], last, values["fee"], area)


def _area(cell: str) -> SurchargeArea | None:
    return READ_AS.get(_plain(cell).upper())


def _name(cell: str) -> str | None:
    name = trimmed(cell)
    return name if len(name) <= LONGEST_NAME else None


def _end(cell: str) -> str | None:
    """Return the last zipcode of a range, empty for a range of one."""
    return _zipcode(cell) if _plain(cell) else ""


def _zipcode(cell: str) -> str | None:
    digits = _plain(cell)
    if not (digits.isascii() and digits.isdigit()) or not ZIPCODE_DIGITS - 1 <= len(digits) <= ZIPCODE_DIGITS:
        return None
    zipcode = digits.zfill(ZIPCODE_DIGITS)
    return zipcode if FIRST_ZIPCODE <= zipcode <= LAST_ZIPCODE else None


def _won(cell: str) -> int | None:
    digits = _plain(cell).replace(",", "").removesuffix("원").removesuffix(".0")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= len(str(MAX_FEE))
    return int(digits) if is_number and int(digits) <= MAX_FEE else None


NO_TEXT: Final = (
    "값이 아닌 셀입니다. 텍스트로 다시 입력해 주세요.",
    "The cell holds no plain value. Enter it as text.",
)
BAD_ZIPCODE: Final = (
    f"{FIRST_ZIPCODE}부터 {LAST_ZIPCODE}까지의 우편번호여야 합니다.",
    f"Must be a zipcode from {FIRST_ZIPCODE} to {LAST_ZIPCODE}.",
)
READERS: Final[dict[str, tuple[Callable[[str], Any], str, str]]] = {
    "area": (_area, "제주 또는 도서산간이어야 합니다.", "Must be 제주 (JEJU) or 도서산간 (ISLAND)."),
    "name": (_name, f"{LONGEST_NAME}자까지 입력할 수 있습니다.", f"At most {LONGEST_NAME} letters."),
    "zipcode_from": (_zipcode, *BAD_ZIPCODE),
    "zipcode_to": (_end, *BAD_ZIPCODE),
    "fee": (_won, f"0부터 {MAX_FEE:,}까지의 금액(원)이어야 합니다.", f"Must be won from 0 to {MAX_FEE:,}."),
}
"""How a cell of each column is read, and what is wrong where the reader returns None."""


def _refuse_repeated(found: dict[int, Surcharge], problems: list[Problem]) -> None:
    """Add a problem for each row with a zipcode that a row before it in the order of zipcodes has."""
    ordered: list[tuple[int, Any]] = sorted(found.items(), key=lambda each: (each[1].zipcode_from, each[0]))
    reach, reach_row = "", 0
    for row, zone in ordered:
        if zone.zipcode_from <= reach:
            ko, en = f"{reach_row}행과 우편번호가 겹칩니다.", f"Row {reach_row} has some of these zipcodes."
            problems.append(Problem(row, HEADINGS["zipcode_from"], ko, en))
        if zone.zipcode_to > reach:
            reach, reach_row = zone.zipcode_to, row
