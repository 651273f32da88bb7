"""Field types of content that staff write for the shop: texts, image paths, moments, reasons."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Annotated, Any, ClassVar, Final, Self

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from src.common.clock import korean
from src.common.dtos.fields import REFUSED_CATEGORIES, ClosedInput, Line, Nfc, OptionalLine

FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2999, 12, 31, tzinfo=UTC)
PICTURE: Final = re.compile(r"[A-Za-z0-9_\-]+(/[A-Za-z0-9_\-]+)*\.(svg|png|jpg|jpeg|webp|gif)")


def _text(value: str) -> str:
    """Lines end with one character, whatever the system that they were written on."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if any(letter not in "\n\t" and unicodedata.category(letter) in REFUSED_CATEGORIES for letter in value):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    return value


def _picture(value: str) -> str:
    if value and not PICTURE.fullmatch(value):
        raise PydanticCustomError(
            "picture_path",
            "the path of an uploaded picture",
            {
                "ko": "업로드한 이미지의 경로여야 합니다. (예: events/1.webp)",
                "en": "Must be the path of an uploaded picture, as in events/1.webp.",
            },
        )
    return value


def _in_range(value: datetime) -> datetime:
    if not FIRST <= value <= LAST:
        raise PydanticCustomError(
            "moment_range",
            "out of range",
            {"ko": "2000년부터 2999년까지만 쓸 수 있습니다.", "en": "Must be between the years 2000 and 2999."},
        )
    return value.astimezone(UTC)


Moment = Annotated[
    AwareDatetime, AfterValidator(_in_range), Field(examples=["2026-12-01T00:00:00+09:00"], description="With offset.")
]
Title = Annotated[Line, Field(max_length=120)]
Words = OptionalLine
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), Field(max_length=20_000), AfterValidator(_text), Nfc
]
LongText = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), Field(max_length=100_000), AfterValidator(_text), Nfc
]
PicturePath = Annotated[OptionalLine, Field(max_length=200, examples=["events/1.webp"]), AfterValidator(_picture)]
WHY: Final = "Why, for the log, which is kept for good: no names, numbers or addresses of members."
Reason = Annotated[Line, Field(examples=["광고성 댓글"], description=WHY)]
OptionalReason = Annotated[OptionalLine, Field(examples=["광고성 댓글"], description=WHY)]
Position = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the audit log keeps them."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return korean(value)
    return value.isoformat() if isinstance(value, date) else value


class SomeChange(ClosedInput):
    """A PATCH: what is left out stays. At least one field besides the reason; a null is no value of a column that has
    none, so it counts as an error where `nullable` does not name the field."""

    nullable: ClassVar[frozenset[str]] = frozenset()

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set - {"reason"}:
            raise PydanticCustomError(
                "nothing_to_change",
                "nothing to change",
                {"ko": "변경할 항목이 없습니다.", "en": "There is nothing to change."},
            )
        for name in self.model_fields_set - self.nullable:
            if getattr(self, name) is None:
                raise PydanticCustomError(
                    "null_not_allowed",
                    "null is not allowed",
                    {"ko": f"{name} 항목은 비울 수 없습니다.", "en": f"{name} cannot be null."},
                )
        return self

    def changes(self) -> dict[str, object]:
        """The columns that were named, with their new values."""
        return self.model_dump(include=self.model_fields_set - {"reason"})
