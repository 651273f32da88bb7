"""Cells as values: the field types of the back-office's form, and the spellings that people and spreadsheets use."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from src.app.product.dtos import fields as f
from src.app.product.dtos.admin_requests import SpecIn
from src.app.product.dtos.notices import KINDS
from src.app.product.models import DisplayStatus, SaleStatus
from src.app.product.services.sheets.columns import BY_KEY, CLEARS, DISCOUNTS, DISPLAY, SALE
from src.app.product.services.sheets.records import Problem
from src.common.handlers.field_messages import field_problem
from src.common.utils.clock import KST
from src.common.utils.money import MAX_WON, Won
from src.common.utils.sheets.reading import FORMULA

SEPARATOR: Final = re.compile(r"[\n|]")
COLON: Final = re.compile(r"(?<!\\):")
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(?:\.0+)?")
DAY_MARKS: Final = re.compile(r"(?<=[0-9])[./](?=[0-9])")
CLEARED: Final[dict[str, Any]] = {"description": "", "detail": "", "specs": [], "images": []}
KIND_NAMES: Final = {name: kind for kind, (name, _) in KINDS.items()}


def _number(text: str) -> int:
    """A whole number as people write it: ``1,200``, ``１２００``, ``320,000원``."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removesuffix("원").removeprefix("₩")
    if not NUMBER.fullmatch(plain):
        raise PydanticCustomError("int_type", "Must be a whole number.")
    return int(plain.partition(".")[0])


def _moment(text: str) -> datetime:
    """A Korean time unless it says another: ``2026-12-01``, ``2026.12.01 09:00``, ``2026-12-01T00:00:00Z``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    day, _, rest = plain.partition(" ")
    try:
        moment = datetime.fromisoformat(f"{DAY_MARKS.sub('-', day)} {rest}".strip())
    except ValueError:
        raise f.custom(
            "moment", "2026-12-01 09:00:00 형식으로 입력해 주세요.", "Write it as 2026-12-01 09:00:00."
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=KST)


def _word(words: Mapping[str, Any]) -> Callable[[str], Any]:
    """One of these Korean words, or the English one that it stands for."""
    known = {word.casefold(): value for word, value in words.items()}
    known |= {str(value).casefold(): value for value in words.values()}

    def read(text: str) -> Any:
        plain = unicodedata.normalize("NFKC", text).strip().casefold()
        if plain not in known:
            names = ", ".join(words)
            raise f.custom("word", f"{names} 중 하나여야 합니다.", f"Must be one of {names}.")
        return known[plain]

    return read


def _list(text: str) -> list[str]:
    return [part for part in (part.strip() for part in SEPARATOR.split(text.replace("\r", ""))) if part]


def _pairs(text: str) -> list[tuple[str, str]]:
    """``name: value`` on each line."""
    pairs = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            continue
        name, *value = COLON.split(line, maxsplit=1)
        if not value:
            raise f.custom(
                "pair", "한 줄에 하나씩 '이름: 값'으로 입력해 주세요.", "Write one 'name: value' on each line."
            )
        pairs.append((re.sub(r"\\([\\:])", r"\1", name.strip()), value[0].strip()))
    return pairs


def pair_line(name: str, value: str) -> str:
    """As `_pairs` reads it."""
    escaped = name.replace("\\", "\\\\").replace(":", "\\:")
    return f"{escaped}: {value}"


Count = Annotated[int, Field(ge=0, le=1_000_000)]
Paths = Annotated[list[str], Field(min_length=1, max_length=20), AfterValidator(f._no_repeats)]  # noqa: SLF001
READ: Final[dict[str, tuple[Callable[[str], Any] | None, TypeAdapter[Any]]]] = {
    "product_code": (str.strip, TypeAdapter(f.Code)),
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
    "specs": (
        lambda text: [{"name": name, "value": value} for name, value in _pairs(text)],
        TypeAdapter(Annotated[list[SpecIn], Field(max_length=50)]),
    ),
    "notice_kind": (_word(KIND_NAMES), TypeAdapter(str)),
    "notice": (lambda text: dict(_pairs(text)), TypeAdapter(dict[str, str])),
    "version": (_number, TypeAdapter(Annotated[int, Field(ge=1, le=2_000_000_000)])),
    "color": (None, TypeAdapter(f.Color)),
    "color_code": (str.strip, TypeAdapter(f.ColorCode)),
    "images": (_list, TypeAdapter(f.Images)),
    "size": (None, TypeAdapter(f.Size)),
    "sku": (str.strip, TypeAdapter(f.Sku)),
    "stock": (_number, TypeAdapter(Count)),
    "stock_base": (_number, TypeAdapter(Count)),
}
NOTHING: Final = object()


def value_of(text: str, *, key: str, row: int, problems: list[Problem]) -> Any:
    """The value of a cell, NOTHING for an empty one or one that is wrong, which is then among `problems`."""
    if not text.strip():
        return NOTHING
    if text == FORMULA:
        ko, en = "수식은 사용할 수 없습니다. 값으로 붙여 넣어 주세요.", "Formulas are not taken. Paste the value."
        problems.append(Problem(row, key, ko, en))
        return NOTHING
    if text.strip().casefold() in CLEARS:
        if BY_KEY[key].may_clear:
            return CLEARED.get(key)
        problems.append(Problem(row, key, "비울 수 없는 항목입니다.", "This cannot be cleared."))
        return NOTHING
    prepare, adapter = READ[key]
    try:
        return adapter.validate_python(text if prepare is None else prepare(text))
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
