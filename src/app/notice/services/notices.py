"""Public reads of notices."""

from typing import Any, Final

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from src.app.notice.dtos.fields import NOTICE_NAMES
from src.app.notice.dtos.requests import NoticeQuery
from src.app.notice.dtos.responses import Neighbour, NoticeRead, NoticeRow
from src.app.notice.errors import NoticeNotFound
from src.app.notice.models import Notice, NoticeCategory, NoticeStatus
from src.common import clock
from src.common.dtos.pages import Page

COLUMNS: Final = ("id", "category", "title", "is_pinned", "published_at", "view_count")


async def page_json(asked: NoticeQuery) -> bytes:
    """Return a page of public notices as JSON, pinned ones first, then newest first. Two queries."""
    found = visible()
    if asked.category is not None:
        found = found.filter(category=asked.category)
    total = await found.count()
    rows: list[dict[str, Any]] = []
    if asked.offset < total:
        ordered = found.order_by("-is_pinned", "-published_at", "-id")
        rows = await ordered.offset(asked.offset).limit(asked.size).values(*COLUMNS)
    items = [NoticeRow(**row, category_name=_name(row)) for row in rows]
    return Page(items=items, total=total, page=asked.page, size=asked.size).model_dump_json().encode()


async def notice_json(notice_id: int) -> bytes:
    """Return a public notice as JSON, with the previous and next one by publication. Three queries.

    Raises NoticeNotFound.
    """
    rows = await visible().filter(id=notice_id).values(*COLUMNS, "body")
    if not rows:
        raise NoticeNotFound
    row = rows[0]
    at = row["published_at"]
    before = visible().filter(Q(published_at__lt=at) | Q(published_at=at, id__lt=notice_id))
    after = visible().filter(Q(published_at__gt=at) | Q(published_at=at, id__gt=notice_id))
    read = NoticeRead(
        **row,
        category_name=_name(row),
        previous=await _first(before.order_by("-published_at", "-id")),
        next=await _first(after.order_by("published_at", "id")),
    )
    return read.model_dump_json().encode()


def visible() -> QuerySet[Notice]:
    """Return the query of notices that are public now."""
    return Notice.filter(status=NoticeStatus.PUBLISHED, published_at__lte=clock.now())


async def _first(found: QuerySet[Notice]) -> Neighbour | None:
    rows = await found.limit(1).values("id", "title")
    return Neighbour(**rows[0]) if rows else None


def _name(row: dict[str, Any]) -> str:
    return NOTICE_NAMES[NoticeCategory(row["category"])]
