"""Convert cells to values: the field types of the back-office form, in the spellings of people and spreadsheets."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from src.app.product.dtos import fields as f
from src.app.product.dtos.admin.content import SpecIn
from src.app.product.dtos.notices import KINDS
from src.app.product.models import DisplayStatus, SaleStatus, TaxType
from src.app.product.services.sheets.columns import BY_KEY, CLEARS, DISCOUNTS, DISPLAY, SALE, TAXES
from src.app.product.services.sheets.records import Problem
from src.common.clock import KST
from src.common.dtos.alts import Alt
from src.common.dtos.money import MAX_WON, Won
from src.common.handlers.field_messages import field_problem
from src.common.sheets.cells import Kind, Marked, is_blank, trimmed

SEPARATOR: Final = re.compile(r"[\n|]")
COLON: Final = re.compile(r"(?<!\\):")
NUMBER: Final = re.compile(r"[+-]?0*[0-9]{1,12}(?:\.0+)?")
DAY: Final = re.compile(
    r"(?P<year>[0-9]{4})\s*[-./년]\s*(?P<month>[0-9]{1,2})\s*[-./월]\s*(?P<day>[0-9]{1,2})\s*[.일]?"
    r"(?:(?:\s+|T)(?:(?P<half>오전|오후|AM|PM)\s*)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.(?P<part>[0-9]{1,6}))?)?(?:\s*(?P<after>AM|PM))?)?",
    re.IGNORECASE,
)
LATER: Final = frozenset({"오후", "PM"})
NOON: Final = 12
ERRORS: Final = re.compile(
    r"#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!|CONNECT!|BUSY!)"
    r"(?:\s.*)?",
    re.DOTALL,
)
UNREADABLE: Final = "#VALUE!"
"""Replaces or precedes a refused cell in an error file, so that the cell is refused again until it is corrected."""
POWER: Final = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}")
"""A long number as a spreadsheet writes it into a csv; most of its digits are lost."""
CLEARED: Final[dict[str, Any]] = {"description": "", "detail": "", "specs": [], "images": [], "image_alts": []}
KIND_NAMES: Final = {name: kind for kind, (name, _) in KINDS.items()}


def _number(text: str) -> int:
    """Read a whole number as people write it: ``1,200``, ``１２００``, ``320,000원``, ``\\320,000`` (cp949 shows the
    backslash as a won sign)."""
    plain = unicodedata.normalize("NFKC", trimmed(text)).replace(",", "").replace(" ", "").removesuffix("원")
    plain = plain.removeprefix("₩").removeprefix("\\")
    if not NUMBER.fullmatch(plain):
        raise PydanticCustomError("int_type", "Must be a whole number.")
    return int(plain.partition(".")[0])


def _moment(text: str) -> datetime:
    """Read a time, in Korean time unless it has a zone: ``2026-12-01``, ``2026.12.01 09:00``, ``2026-12-01T00:00:00Z``,
    and the forms of spreadsheets: ``2026-12-01 0:00``, ``2026. 12. 1. 오후 3:30``, ``2026년 12월 1일``."""
    plain = unicodedata.normalize("NFKC", trimmed(text))
    try:
        found = DAY.fullmatch(plain)
        moment = _of_parts(found) if found else datetime.fromisoformat(plain)
    except ValueError:
        raise f.custom(
            "moment", "2026-12-01 09:00:00 형식으로 입력해 주세요.", "Write it as 2026-12-01 09:00:00."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)


def _of_parts(found: re.Match[str]) -> datetime:
    """Build the time from the parts of DAY. Raises ValueError if no calendar or clock has it."""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    half = (found["half"] or found["after"] or "").upper()
    if half:
        if not 1 <= hour <= NOON or (found["half"] and found["after"]):
            raise ValueError(half)
        hour = hour % NOON + (NOON if half in LATER else 0)
    return datetime(year, month, day, hour, minute, second, int((found["part"] or "").ljust(6, "0") or 0))  # noqa: DTZ001 - the caller adds the zone


def _word(words: Mapping[str, Any]) -> Callable[[str], Any]:
    """Return a reader that accepts these Korean words and the English values that they stand for."""
    known = {word.casefold(): value for word, value in words.items()}
    known |= {str(value).casefold(): value for value in words.values()}

    def read(text: str) -> Any:
        plain = unicodedata.normalize("NFKC", trimmed(text)).casefold()
        if plain not in known:
            names = ", ".join(words)
            raise f.custom("word", f"{names} 중 하나여야 합니다.", f"Must be one of {names}.")
        return known[plain]

    return read


def _list(text: str) -> list[str]:
    return [part for part in (trimmed(part) for part in SEPARATOR.split(text.replace("\r", ""))) if part]


def _lines(text: str) -> list[str]:
    """Return a text for each line, empty for ``[비움]`` or ``[clear]``. Blank lines at the end are dropped."""
    lines = [trimmed(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").rstrip().split("\n")]
    return ["" if line.casefold() in CLEARS else line for line in lines]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Read ``name: value`` pairs, one on each line. In a name, ``\\:`` is a colon."""
    pairs = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if is_blank(line):
            continue
        name, *value = COLON.split(line, maxsplit=1)
        if not value:
            raise f.custom(
                "pair", "한 줄에 하나씩 '이름: 값'으로 입력해 주세요.", "Write one 'name: value' on each line."
            )
        pairs.append((re.sub(r"\\([\\:])", r"\1", name.strip()), value[0].strip()))
    return pairs


def pair_line(name: str, value: str) -> str:
    """Write a pair in the form that `_pairs` reads."""
    escaped = name.replace("\\", "\\\\").replace(":", "\\:")
    return f"{escaped}: {value}"


Count = Annotated[int, Field(ge=0, le=1_000_000)]
Paths = Annotated[list[str], Field(min_length=1, max_length=20), AfterValidator(f._no_repeats)]  # noqa: SLF001
READ: Final[dict[str, tuple[Callable[[str], Any] | None, TypeAdapter[Any]]]] = {
    "product_code": (trimmed, TypeAdapter(f.Code)),
    "name": (None, TypeAdapter(f.Name)),
    "slug": (None, TypeAdapter(f.Slug)),
    "brand": (None, TypeAdapter(f.Brand)),
    "description": (None, TypeAdapter(f.Description)),
    "detail": (None, TypeAdapter(f.Detail)),
    "categories": (_list, TypeAdapter(Paths)),
    "origin_price": (_number, TypeAdapter(Won)),
    "discount_option": (_word(DISCOUNTS), TypeAdapter(str)),
    "discount": (_number, TypeAdapter(Annotated[int, Field(ge=1, le=MAX_WON)])),
    "discount_starts_at": (_moment, TypeAdapter(f.Moment)),
    "discount_ends_at": (_moment, TypeAdapter(f.Moment)),
    "sale_status": (_word(SALE), TypeAdapter(SaleStatus)),
    "display_status": (_word(DISPLAY), TypeAdapter(DisplayStatus)),
    "tax_type": (_word(TAXES), TypeAdapter(TaxType)),
    "specs": (
        lambda text: [{"name": name, "value": value} for name, value in _pairs(text)],
        TypeAdapter(Annotated[list[SpecIn], Field(max_length=50)]),
    ),
    "notice_kind": (_word(KIND_NAMES), TypeAdapter(str)),
    "notice": (lambda text: dict(_pairs(text)), TypeAdapter(dict[str, str])),
    "version": (_number, TypeAdapter(Annotated[int, Field(ge=1, le=2_000_000_000)])),
    "color": (trimmed, TypeAdapter(f.Color)),
    "color_code": (trimmed, TypeAdapter(f.ColorCode)),
    "images": (_list, TypeAdapter(f.Paths)),
    "image_alts": (_lines, TypeAdapter(Annotated[list[Alt], Field(max_length=6)])),
    "size": (trimmed, TypeAdapter(f.Size)),
    "sku": (trimmed, TypeAdapter(f.Sku)),
    "extra_price": (_number, TypeAdapter(f.ExtraPrice)),
    "stock": (_number, TypeAdapter(Count)),
    "stock_base": (_number, TypeAdapter(Count)),
}
NOTHING: Final = object()
REFUSED: Final[dict[Kind, tuple[str, str]]] = {
    Kind.FORMULA: ("수식은 사용할 수 없습니다. 값으로 붙여 넣어 주세요.", "Formulas are not taken. Paste the value."),
    Kind.ERROR: (
        "오류 값이 있는 셀입니다. 값을 다시 입력해 주세요.",
        "The cell holds an error. Enter the value again.",
    ),
    Kind.TRUTH: (
        "참/거짓(TRUE/FALSE) 값이 있는 셀입니다. 텍스트로 입력해 주세요.",
        "The cell holds TRUE or FALSE. Enter a text.",
    ),
    Kind.DATE: (
        "날짜로 바뀐 셀입니다. 셀 서식을 텍스트로 바꾼 뒤 다시 입력해 주세요.",
        "The cell was turned into a date. Format it as text and enter it again.",
    ),
    Kind.TIME: (
        "시간으로 바뀐 셀입니다. 셀 서식을 텍스트로 바꾼 뒤 다시 입력해 주세요.",
        "The cell was turned into a time. Format it as text and enter it again.",
    ),
    Kind.SEEN: (
        "표시 형식 때문에 보이는 값과 저장된 값이 다릅니다. 셀 서식을 텍스트로 바꾼 뒤 다시 입력해 주세요.",
        "Its format shows another value than the cell holds. Format it as text and enter it again.",
    ),
    Kind.SHARE: (
        "백분율이나 분수 서식의 셀입니다. 셀 서식을 바꾼 뒤 다시 입력해 주세요.",
        "The cell is formatted as a percentage or a fraction. Change its format and enter it again.",
    ),
    Kind.DIGITS: (
        "15자리를 넘는 숫자는 그대로 저장되지 않습니다. 셀 서식을 텍스트로 바꾼 뒤 다시 입력해 주세요.",
        "Numbers beyond 15 digits are not kept as they are. Format the cell as text and enter it again.",
    ),
}
"""The texts that refuse a cell of a special kind, such as a formula, in a column that does not take it."""


def _takes(key: str, kind: Kind) -> bool:
    """Return whether the column accepts such a cell: a time column accepts dates, and a number column accepts numbers
    that are only formatted differently."""
    prepare, _ = READ[key]
    return (prepare is _moment and kind is Kind.DATE) or (prepare is _number and kind is Kind.SEEN)


def _refused_kind(text: str, key: str) -> Kind | None:
    if isinstance(text, Marked):
        return None if _takes(key, text.kind) else text.kind
    plain = trimmed(text)
    if plain.startswith("#") and ERRORS.fullmatch(plain):
        return Kind.ERROR
    return Kind.DIGITS if "E+" in plain and POWER.fullmatch(plain) else None


def shown_again(text: str, key: str) -> str:
    """Return a cell as the error file shows it. A cell refused for its kind is refused again when it is uploaded."""
    if not isinstance(text, Marked) or _takes(key, text.kind):
        return text
    if text.kind in (Kind.FORMULA, Kind.ERROR):
        return UNREADABLE if text.kind is Kind.FORMULA else str(text)
    return f"{UNREADABLE} {text}"


def value_of(text: str, *, key: str, row: int, problems: list[Problem]) -> Any:
    """Return the value of a cell, or NOTHING for a blank or wrong cell. A wrong cell is added to `problems`."""
    if is_blank(text):
        return NOTHING
    if kind := _refused_kind(text, key):
        problems.append(Problem(row, key, *REFUSED[kind]))
        return NOTHING
    if trimmed(text).casefold() in CLEARS:
        if BY_KEY[key].may_clear:
            return CLEARED.get(key)
        problems.append(Problem(row, key, "비울 수 없는 항목입니다.", "This cannot be cleared."))
        return NOTHING
    prepare, adapter = READ[key]
    try:
        return adapter.validate_python(str(text) if prepare is None else prepare(text))
    except (ValidationError, PydanticCustomError) as error:
        problems.append(_problem(error, key=key, row=row))
        return NOTHING


def _problem(error: ValidationError | PydanticCustomError, *, key: str, row: int) -> Problem:
    if isinstance(error, ValidationError):
        entry: dict[str, Any] = dict(error.errors(include_url=False, include_input=False)[0])
    else:
        entry = {"loc": (), "type": error.type, "ctx": error.context}
    ko, en = (field_problem(entry, language)["message"] for language in ("ko", "en"))
    return Problem(row, key, ko, en)
