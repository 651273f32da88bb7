"""Field types of the product's inputs."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from src.common.dtos.alts import Alt
from src.common.dtos.fields import ClosedInput, Line, Nfc, OptionalLine
from src.common.dtos.graphemes import is_visible
from src.common.sheets.cells import trimmed

MARKUP: Final = re.compile(r"<[a-zA-Z/!?]")
FIRST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2999, 12, 31, tzinfo=UTC)
REFUSED: Final = frozenset({"Cc", "Cs", "Co", "Cn"})


def custom(kind: str, ko: str, en: str) -> PydanticCustomError:
    """Make a field error with texts in both languages."""
    return PydanticCustomError(kind, en, {"ko": ko, "en": en})


def _plain(value: str) -> str:
    """Normalise line breaks to ``\\n``. Markup is refused instead of silently changed: a page that treats the text as
    HTML would execute it."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if MARKUP.search(value):
        raise custom("markup", "HTML 태그는 사용할 수 없습니다.", "Markup is not allowed: this is plain text.")
    if any(unicodedata.category(letter) in REFUSED for letter in value if letter not in "\n\t"):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    return value


def _known_time(value: datetime) -> datetime:
    if not FIRST <= value <= LAST:
        raise custom("time_range", "날짜가 올바르지 않습니다.", "The time is out of range.")
    return value.astimezone(UTC)


def _has_letter(value: str) -> str:
    if not is_visible(value) or not any(letter.isalpha() for letter in value):
        raise custom("slug_letter", "글자가 하나 이상 있어야 합니다.", "Must hold a letter.")
    return value


def _folded(value: Any) -> Any:
    """Fold all spellings into one. Runs before the length check, because one letter may become eighteen."""
    return unicodedata.normalize("NFKC", value).casefold() if isinstance(value, str) else value


def _slug(value: str) -> str:
    if not all(letter.isalnum() or letter == "-" for letter in value) or value.startswith("-") or value.endswith("-"):
        raise custom(
            "slug_character", "글자, 숫자, 하이픈(-)만 쓸 수 있습니다.", "Only letters, digits and inner hyphens."
        )
    return _has_letter(value)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """Return a key that is equal for names of colours or sizes that a person reads as the same: width and case of the
    letters, and invisible letters at the ends, are ignored (NFKC, casefold)."""
    return trimmed(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()))


def _no_repeats(values: list[Any]) -> list[Any]:
    if len(set(values)) != len(values):
        raise custom("repeated", "같은 값이 두 번 있습니다.", "The same value is there twice.")
    return values


PlainLine = Annotated[Line, AfterValidator(_plain)]
Name = Annotated[PlainLine, Field(max_length=120, examples=["투어 스탠드백"])]
Brand = Annotated[PlainLine, Field(max_length=60, examples=["믹골프(MICGOLF)"])]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,39}$", examples=["01201110"])]
Sku = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._\-]{0,63}$", examples=["01201110-001"])]
Slug = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=110),
    AfterValidator(_slug),
    BeforeValidator(_folded),
    Field(examples=["투어-스탠드백"], description="Letters (Korean too), digits and hyphens, at least one letter."),
]
Text = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_plain), Nfc]
Description = Annotated[Text, Field(max_length=500, examples=["가볍고 튼튼한 투어형 스탠드백"])]
Detail = Annotated[
    Text,
    Field(max_length=20_000, examples=["14분할 탑, 방수 원단"], description="Plain text with line breaks, no markup."),
]
Reason = Annotated[OptionalLine, Field(examples=["시즌 할인"], description="Why, for the log, which is kept for good.")]
Color = Annotated[PlainLine, Field(max_length=40, examples=["블랙"])]
ColorCode = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", examples=["#111111"]), AfterValidator(str.upper)]
Size = Annotated[PlainLine, Field(max_length=40, examples=["9.0인치"])]
ImagePath = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_\-][A-Za-z0-9_.\-]*(/[A-Za-z0-9_\-][A-Za-z0-9_.\-]*)*\.(webp|jpg|jpeg|png|gif|avif|svg)$",
        max_length=200,
        examples=["products/01201110/0-0.svg"],
        description="Path of a stored picture below /media.",
    ),
]

UNNAMED: Final = ""  # so that an error of a path is reported by its position in the list alone


class PictureIn(ClosedInput):
    """A picture with what it shows; without `alt` that stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"path": "products/01201110/0-0.svg", "alt": "옆모습"}]})

    path: ImagePath
    alt: Alt | None = None


def paths_of(images: Sequence[str | PictureIn]) -> list[str]:
    """Return the paths of the pictures, in their order."""
    return [image if isinstance(image, str) else image.path for image in images]


def alts_of(images: Sequence[str | PictureIn]) -> dict[str, str]:
    """Return the alternative texts by path. Pictures without a text are missing."""
    return {one.path: one.alt for one in images if isinstance(one, PictureIn) and one.alt is not None}


def _each_once(images: list[Any]) -> list[Any]:
    _no_repeats(paths_of(images))
    return images


Paths = Annotated[list[ImagePath], Field(max_length=6), AfterValidator(_no_repeats)]
Images = Annotated[
    list[
        Annotated[
            Annotated[ImagePath, Tag(UNNAMED)] | Annotated[PictureIn, Tag("picture")],
            Discriminator(lambda value: UNNAMED if isinstance(value, str) else "picture"),
        ]
    ],
    Field(max_length=6, description="Paths, or pictures with `alt`; a path alone leaves the `alt` as it is."),
    AfterValidator(_each_once),
]
Units = Annotated[int, Field(strict=True, ge=0, le=999_999, examples=[12])]
ExtraPrice = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=100_000_000,
        examples=[20000],
        description="옵션 추가금, in won: what this size costs beyond the product's price. No discount lowers it.",
    ),
]
Moment = Annotated[AwareDatetime, AfterValidator(_known_time), Field(examples=["2026-12-01T00:00:00+09:00"])]
Percent = Annotated[int, Field(strict=True, ge=1, le=100)]
RowIdField = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
CategoryIds = Annotated[
    list[RowIdField],
    Field(min_length=1, max_length=20, examples=[[2, 1]], description="The first is the main one."),
    AfterValidator(_no_repeats),
]
Ids = Annotated[list[RowIdField], Field(min_length=1, max_length=500, examples=[[7, 8]]), AfterValidator(_no_repeats)]
