"""Requests and responses of the staff routes for events and comments."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from src.app.event.dtos.responses import COMMENT, ROW, CommentRead, Phase, Shown
from src.app.event.models import CommentStatus
from src.common.clock import KoreanTime
from src.common.dtos.alts import Alt, AltRead, OwnAlt
from src.common.dtos.content import Moment, OptionalReason, PicturePath, Reason, SomeChange, Text, Title
from src.common.dtos.fields import ClosedInput, OptionalLine, RowId
from src.common.dtos.pages import PageNumber, PageQuery, PageSize
from src.common.dtos.warnings import WarningRead
from src.common.media.addresses import PictureSize, Slices
from src.common.media.shapes import UPLOAD

EventTitle = Annotated[Title, Field(examples=["봄맞이 라운드 사진 이벤트"])]
EventText = Annotated[Text, Field(examples=["댓글로 응원을 남겨 주세요."], description="Plain text.")]


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


ADMIN_COMMENT: JsonDict = {
    **COMMENT,
    "event_id": 2,
    "user_id": 7,
    "status": "REPORTED",
    "report_count": 5,
    "reason": "",
}
ADMIN_EVENT: JsonDict = {
    **ROW,
    "body": "댓글로 응원을 남겨 주세요.",
    "image_path": UPLOAD["path"],
    "own_alt": "",
    "is_published": True,
    "takes_comments": True,
    "version": 2,
    "created_at": "2026-10-20T10:00:00+09:00",
    "updated_at": "2026-10-20T10:00:00+09:00",
    "warnings": [],
}


class EventAdmin(Shown):
    """An event as staff see it."""

    model_config = ConfigDict(json_schema_extra={"examples": [ADMIN_EVENT]})

    id: int
    title: str
    body: str
    image_path: str
    own_alt: OwnAlt
    image_url: str | None
    alt: AltRead
    image_sizes: list[PictureSize]
    slices: Slices
    is_published: bool
    takes_comments: bool
    starts_at: KoreanTime
    ends_at: KoreanTime
    status: Phase
    view_count: int
    comment_count: int = Field(description="Hidden ones included, and reported ones that their authors took back.")
    version: int
    created_at: KoreanTime
    updated_at: KoreanTime
    warnings: list[WarningRead]


class CommentAdmin(CommentRead):
    """A comment as staff see it."""

    model_config = ConfigDict(json_schema_extra={"examples": [ADMIN_COMMENT]})

    event_id: int
    user_id: int | None
    status: CommentStatus
    report_count: int
    reason: str = Field(description="Why staff hid or showed it.")


class ReportRead(Shown):
    """A member's report of a comment."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 1,
                    "reporter_id": 8,
                    "reason": "광고입니다",
                    "created_at": "2026-11-20T10:00:00+09:00",
                    "is_open": True,
                }
            ]
        }
    )

    id: int
    reporter_id: int | None
    reason: str
    created_at: KoreanTime
    is_open: bool


class DecisionOutcome(Shown):
    """What became of one comment."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"id": 4, "outcome": "done", "code": None}]})

    id: int
    outcome: Literal["done", "failed"]
    code: str | None
