"""Read a settlement sheet into rows. All functions block: call them in a thread."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import BinaryIO, Final

from src.app.settlement.errors import StatementAmountInvalid, StatementDayInvalid, StatementPaymentMissing
from src.common.dtos.day_range import FIRST_DAY, LAST_DAY
from src.common.exceptions import AppError
from src.common.sheets.cells import trimmed
from src.common.sheets.errors import SheetHeaderWrong
from src.common.sheets.reading import recognise, rows_of

MAX_ROWS: Final = 20_000
HEADINGS: Final = ("결제번호", "구분", "거래금액", "수수료", "정산일")
EXAMPLES: Final = (
    ("01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "결제", "52500", "1675", "2026-11-26"),
    ("01KAG6Q6X9ZP4M3C2B1A0ZYXWV", "취소", "-10000", "-319", "2026-11-27"),
)
# The words of a heading without blanks, in small letters: ours, and those of payment companies.
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "payment": ("결제번호", "가맹점주문번호", "상점주문번호", "주문번호", "payment_id", "paymentid", "orderid"),
    "kind": ("구분", "거래구분", "상태", "거래상태", "kind", "type", "status"),
    "amount": ("거래금액", "결제금액", "승인금액", "금액", "amount"),
    "fee": ("수수료", "총수수료", "정산수수료", "fee"),
    "vat": ("수수료부가세", "부가세", "vat"),
    "day": ("정산일", "정산예정일", "지급일", "입금일", "payout_on", "settledate", "settlementdate"),
}
NEEDED: Final = (("payment", "결제번호"), ("amount", "거래금액"), ("fee", "수수료"), ("day", "정산일"))
BACK: Final = ("취소", "환불", "부분취소", "매입취소", "cancel", "cancelled", "refund", "partial_cancel")
NUMBER: Final = re.compile(r"-?[0-9]{1,12}(?:\.0+)?")
DAY: Final = re.compile(r"([0-9]{4})[-./]?([0-9]{2})[-./]?([0-9]{2})(?:[ T].*)?")
LONGEST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the provider says of one movement: signed won (below 0 for money that went back), its fee with VAT, and the
    day of the payout."""

    payment_id: str
    amount: int
    fee: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row by its number as a spreadsheet shows it: what it says, or why it is refused."""

    number: int
    cells: tuple[str, ...]
    payment_id: str = ""
    stated: Stated | None = None
    error: AppError | None = None


def first_look(file: BinaryIO) -> None:
    """Read the kind and the heading of a sheet. Raises SheetTypeUnknown, SheetBroken, SheetTooLarge,
    SheetHeaderWrong."""
    sheet = recognise(file, max_rows=MAX_ROWS, is_heading=is_heading)
    _, cells = next(rows_of(file, sheet), (0, []))
    places_of(cells)


def read(file: BinaryIO) -> list[SheetRow]:
    """Read the whole sheet. Raises as `first_look`."""
    sheet = recognise(file, max_rows=MAX_ROWS, is_heading=is_heading)
    rows = rows_of(file, sheet)
    _, cells = next(rows, (0, []))
    places = places_of(cells)
    return [_row(number, values, places) for number, values in islice(rows, MAX_ROWS)]


def is_heading(cells: Sequence[str]) -> bool:
    """Return whether this row begins a settlement sheet."""
    words = {_word(cell) for cell in cells}
    return bool(words & {*COLUMNS["payment"]}) and bool(words & {*COLUMNS["fee"]})


def places_of(cells: Sequence[str]) -> dict[str, int]:
    """Return the place of each column that the sheet has; of several words of one meaning the first in COLUMNS. Other
    columns are passed over. Raises SheetHeaderWrong for one that is missing."""
    words = [_word(cell) for cell in cells]
    found = {key: next((words.index(word) for word in known if word in words), None) for key, known in COLUMNS.items()}
    if missing := [name for key, name in NEEDED if found[key] is None]:
        raise SheetHeaderWrong(missing=missing, unknown=[], repeated=[])
    return {key: place for key, place in found.items() if place is not None}


def _row(number: int, cells: Sequence[str], places: Mapping[str, int]) -> SheetRow:
    values = {key: _text(cells[place]) if place < len(cells) else "" for key, place in places.items()}
    shown, payment_id = tuple(values.get(key, "") for key in COLUMNS), values["payment"][:LONGEST]
    try:
        return SheetRow(number=number, cells=shown, payment_id=payment_id, stated=_stated(payment_id, values))
    except AppError as error:
        return SheetRow(number=number, cells=shown, payment_id=payment_id, error=error)


def _stated(payment_id: str, values: Mapping[str, str]) -> Stated:
    if not payment_id:
        raise StatementPaymentMissing
    amount, fee = _won(values["amount"]), _won(values["fee"])
    fee += _won(values["vat"]) if values.get("vat") else 0
    if amount == 0:
        raise StatementAmountInvalid(value=values["amount"][:LONGEST])
    is_back = amount < 0 or _word(values.get("kind", "")) in BACK
    if is_back and amount > 0:  # told by a word instead of a sign, and so is its fee
        amount, fee = -amount, -fee
    return Stated(payment_id=payment_id, amount=amount, fee=fee, day=_day(values["day"]))


def _won(text: str) -> int:
    digits = text.replace(",", "").replace("원", "").replace(" ", "")
    if not NUMBER.fullmatch(digits):
        raise StatementAmountInvalid(value=text[:LONGEST])
    return int(digits.partition(".")[0])


def _day(text: str) -> date:
    found = DAY.fullmatch(text)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_DAY <= day <= LAST_DAY:
        raise StatementDayInvalid(value=text[:LONGEST])
    return day


def _text(cell: str) -> str:
    return unicodedata.normalize("NFKC", trimmed(str(cell)))


def _word(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
