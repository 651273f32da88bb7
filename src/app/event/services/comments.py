"""Queries of comments for members and guests."""

from typing import Any, Final

from src.app.event.dtos.requests import CommentQuery
from src.app.event.dtos.responses import CommentRead, MyComment
from src.app.event.errors import EventNotFound
from src.app.event.models import CommentStatus, EventComment
from src.app.event.services import authors
from src.app.event.services.showing import visible
from src.app.user.services.account.public_profile import people
from src.common import clock
from src.common.dtos.pages import Page
from src.common.identity import Identity

COLUMNS: Final = ("id", "user_id", "content", "created_at", "updated_at")

_revision = 0


def revision() -> int:
    """Return a number that rises with every change of a comment in this worker.

    It is part of the cache keys of comments, so the author sees a new comment at once and other entries stay cached.
    """
    return _revision


def changed() -> None:
    """Raise the revision. Call it after the commit of a change."""
    global _revision  # noqa: PLW0603 - the one place that keeps it
    _revision += 1


async def page_json(event_id: int, asked: CommentQuery) -> bytes:
    """Return a page of the public comments of an event as JSON, newest first. Four queries. Raises EventNotFound."""
    if not await visible(clock.now()).filter(id=event_id).exists():
        raise EventNotFound
    found = EventComment.filter(event_id=event_id, status=CommentStatus.SHOWN, user_id__isnull=False)
    total = await found.count()
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size).values(*COLUMNS)
    known = await people(row["user_id"] for row in rows)
    items = [CommentRead(**read(row), author=authors.shown(known.get(row["user_id"]))) for row in rows]
    return Page(items=items, total=total, page=asked.page, size=asked.size).model_dump_json().encode()


async def mine(event_id: int, asked: CommentQuery, *, by: Identity) -> Page[MyComment]:
    """Return a page of the member's own comments on an event, newest first: hidden ones too, removed ones not."""
    found = EventComment.filter(event_id=event_id, user_id=by.member_id or 0).exclude(status=CommentStatus.REMOVED)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    author = await _author(by.member_id)
    items = [_own(row, author) for row in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size)


async def own(row: EventComment) -> MyComment:
    """Return a comment as its author sees it."""
    return _own(row, await _author(row.user_id))


def read(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that all comment responses share."""
    return {
        "id": row["id"],
        "content": row["content"],
        "created_at": row["created_at"],
        "is_edited": row["updated_at"] != row["created_at"],
    }


async def _author(user_id: int | None) -> str:
    return authors.shown((await people([user_id])).get(user_id or 0))


def _own(row: EventComment, author: str) -> MyComment:
    return MyComment(**read({name: getattr(row, name) for name in COLUMNS}), author=author, status=row.status)
