"""Responses about events and comments."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from src.app.event.models import CommentStatus
from src.common.clock import KoreanTime
from src.common.dtos.alts import AltRead
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
COUNTS: JsonDict = {"all": 9, "ongoing": 3, "ended": 6}


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
