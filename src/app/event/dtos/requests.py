"""What callers ask of events, and what members and staff write."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from src.app.event.models import CommentStatus
from src.common.dtos import graphemes
from src.common.dtos.alts import Alt
from src.common.dtos.content import Moment, OptionalReason, PicturePath, Reason, SomeChange, Text, Title
from src.common.dtos.fields import ClosedInput, Line, Nfc, OptionalLine, RowId
from src.common.dtos.pages import PageNumber, PageQuery, PageSize

Status = Literal["all", "ongoing", "ended"]
Sort = Literal["popular", "newest"]
LONGEST: Final = 500
REFUSED: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""They turn the writing around for whatever follows on the page."""


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
EventTitle = Annotated[Title, Field(examples=["봄맞이 라운드 사진 이벤트"])]
EventText = Annotated[Text, Field(examples=["댓글로 응원을 남겨 주세요."], description="Plain text.")]


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


class EventAdminQuery(PageQuery):
    """Every event, the newest first. `q` is looked for in the title."""

    status: Literal["all", "scheduled", "ongoing", "ended", "unpublished"] = "all"
    q: Annotated[OptionalLine, Field(max_length=100)] = ""


class EventCreate(ClosedInput):
    """An event."""

    title: EventTitle
    body: EventText
    image_path: PicturePath = ""
    alt: Alt = ""
    is_published: bool = False
    takes_comments: bool = True
    starts_at: Moment
    ends_at: Moment


class EventChange(SomeChange):
    """What is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_published": True}]})

    title: EventTitle | None = None
    body: EventText | None = None
    image_path: PicturePath | None = None
    alt: Alt | None = None
    is_published: bool | None = None
    takes_comments: bool | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class CommentAdminQuery(ClosedInput):
    """Comments, the newest first. `reported`: those with unanswered reports, the most reported first."""

    page: PageNumber = 1
    size: PageSize = 20
    event_id: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    status: CommentStatus | None = None
    reported: bool = False


class CommentDecision(ClosedInput):
    """Show a comment or hide it. Either answers the reports of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "HIDDEN", "reason": "광고성 댓글"}]})

    status: Literal[CommentStatus.SHOWN, CommentStatus.HIDDEN]
    reason: Reason


class CommentBulkDecision(CommentDecision):
    """The same for many."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ids": [4, 9], "status": "HIDDEN", "reason": "광고성 댓글"}]}
    )

    ids: Annotated[list[RowId], Field(min_length=1, max_length=100)]


class WithReason(ClosedInput):
    """Why, for the log."""

    reason: OptionalReason = ""


class ExportQuery(ClosedInput):
    """Personal data is left out for staff without `pii:read`, or where `masked=true` is asked for. Each person who is
    shown is in the access log, with `reason`."""

    masked: bool = False
    reason: OptionalReason = ""
