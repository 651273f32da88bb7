"""Requests of the public routes for events and comments."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from src.common.dtos import graphemes
from src.common.dtos.fields import ClosedInput, Line, Nfc
from src.common.dtos.pages import PageQuery, PageSize

Status = Literal["all", "ongoing", "ended"]
Sort = Literal["popular", "newest"]
LONGEST: Final = 500
REFUSED: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Bidirectional control characters, which change the text direction of the page after them, and U+FEFF."""


def _comment(value: str) -> str:
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any((ord(letter) < 32 and letter != "\n") or 127 <= ord(letter) < 160 or letter in REFUSED for letter in value):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    if any(0xD800 <= ord(letter) < 0xE000 or ord(letter) & 0xFFFE == 0xFFFE for letter in value):
        raise PydanticCustomError("control_character", "control characters are not allowed")
    if not graphemes.is_visible(value):
        raise PydanticCustomError(
            "nothing_to_see", "nothing to see", {"ko": "내용을 입력해 주세요.", "en": "Please write something."}
        )
    if graphemes.count(value) > LONGEST:
        context: dict[str, Any] = {
            "ko": f"댓글은 {LONGEST}자까지 쓸 수 있습니다.",
            "en": f"A comment has {LONGEST} characters at most.",
        }
        raise PydanticCustomError("comment_too_long", "too long", context)
    return value


CommentText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST * graphemes.LONGEST),
    AfterValidator(_comment),
    Nfc,
    Field(examples=["이번 라운드가 기다려집니다 ⛳"], description="1 to 500 characters as a reader sees them."),
]


class EventQuery(PageQuery):
    """Events that have begun. `popular`: the most read first."""

    size: PageSize = 10
    status: Status = "all"
    sort: Sort = "popular"


class CommentQuery(PageQuery):
    """Comments, the newest first."""

    size: PageSize = 5


class CommentWrite(ClosedInput):
    """What a member writes."""

    content: CommentText


class CommentReportWrite(ClosedInput):
    """Why the comment should go."""

    reason: Annotated[Line, Field(examples=["광고입니다"])]
