"""Events and comments as the shop and its staff see them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.event.models import CommentStatus
from src.common.clock import KoreanTime
from src.common.dtos.alts import AltRead, OwnAlt
from src.common.dtos.warnings import WarningRead
from src.common.media.addresses import PictureSize, Slices
from src.common.media.shapes import UPLOAD

Phase = Literal["scheduled", "ongoing", "ended"]
ROW: JsonDict = {
    "id": 2,
    "title": "봄맞이 라운드 사진 이벤트",
    "image_url": UPLOAD["url"],
    "alt": "봄맞이 라운드 사진 이벤트",
    "image_sizes": UPLOAD["sizes"],
    "slices": [],
    "starts_at": "2026-11-01T00:00:00+09:00",
    "ends_at": "2026-12-01T00:00:00+09:00",
    "status": "ongoing",
    "view_count": 340,
    "comment_count": 12,
}
COMMENT: JsonDict = {
    "id": 9,
    "author": "smi****",
    "content": "이번 라운드가 기다려집니다 ⛳",
    "created_at": "2026-11-20T10:00:00+09:00",
    "is_edited": False,
}
MINE: JsonDict = {**COMMENT, "status": "SHOWN"}
ADMIN_COMMENT: JsonDict = {
    **COMMENT,
    "event_id": 2,
    "user_id": 7,
    "status": "REPORTED",
    "report_count": 5,
    "reason": "",
}
COUNTS: JsonDict = {"all": 9, "ongoing": 3, "ended": 6}
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


class Shown(BaseModel):
    """An answer's part."""

    model_config = ConfigDict(frozen=True)


class EventRow(Shown):
    """An event in a list."""

    model_config = ConfigDict(json_schema_extra={"examples": [ROW]})

    id: int
    title: str
    image_url: str | None
    alt: AltRead
    image_sizes: list[PictureSize] = Field(
        description="As WebP for `srcset`, the narrowest first; empty for a drawing."
    )
    slices: Slices
    starts_at: KoreanTime
    ends_at: KoreanTime
    status: Phase
    view_count: int = Field(description="Some seconds old.")
    comment_count: int


class Counts(Shown):
    """How many events each tab has."""

    all: int
    ongoing: int
    ended: int


class EventPage(Shown):
    """One page of a tab, and what all tabs hold."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [ROW], "total": 9, "page": 1, "size": 10, "counts": COUNTS}]}
    )

    items: list[EventRow]
    total: int
    page: int
    size: int
    counts: Counts


class EventRead(EventRow):
    """An event. `accepts_comments`: members may write now."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**ROW, "body": "댓글로 ...", "accepts_comments": True}]})

    body: str
    accepts_comments: bool


class CommentRead(Shown):
    """A comment. `author` is never the whole name; of a member who left it says so, and `content` is empty."""

    model_config = ConfigDict(json_schema_extra={"examples": [COMMENT]})

    id: int
    author: str
    content: str
    created_at: KoreanTime
    is_edited: bool


class MyComment(CommentRead):
    """One of my comments. Others see it while it is SHOWN."""

    model_config = ConfigDict(json_schema_extra={"examples": [MINE]})

    status: CommentStatus


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
