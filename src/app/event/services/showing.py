"""Public reads of events: those that are published and have begun."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from src.app.event.dtos.requests import EventQuery, Sort
from src.app.event.dtos.responses import Counts, EventPage, EventRead, EventRow, Phase
from src.app.event.errors import EventNotFound
from src.app.event.models import CommentStatus, Event, EventComment
from src.app.product.services.media import media_url, picture_sizes, picture_slices
from src.common import clock
from src.common.dtos.alts import alt_of

COLUMNS: Final = ("id", "title", "image_path", "alt", "starts_at", "ends_at", "view_count")
ORDERS: Final[dict[Sort, tuple[str, ...]]] = {
    "popular": ("-view_count", "-starts_at", "-id"),
    "newest": ("-starts_at", "-id"),
}


async def page_json(asked: EventQuery) -> bytes:
    """Return a page of a tab with the counts of all tabs, as JSON. Four queries."""
    now = clock.now()
    begun = visible(now)
    total, ended = await begun.count(), await begun.filter(ends_at__lte=now).count()
    counts = Counts(all=total, ongoing=total - ended, ended=ended)
    if asked.status != "all":
        begun = begun.filter(ends_at__lte=now) if asked.status == "ended" else begun.filter(ends_at__gt=now)
    rows = await begun.order_by(*ORDERS[asked.sort]).offset(asked.offset).limit(asked.size).values(*COLUMNS)
    comments = await comment_counts([row["id"] for row in rows])
    page = EventPage(
        items=[EventRow(**_plain(row, now), comment_count=comments.get(row["id"], 0)) for row in rows],
        total=counts.model_dump()[asked.status],
        page=asked.page,
        size=asked.size,
        counts=counts,
    )
    return page.model_dump_json().encode()


async def event_json(event_id: int) -> bytes:
    """Return an event as JSON. Two queries. Raises EventNotFound."""
    now = clock.now()
    rows = await visible(now).filter(id=event_id).values(*COLUMNS, "body", "takes_comments")
    if not rows:
        raise EventNotFound
    row = rows[0]
    accepts = row.pop("takes_comments") and row["ends_at"] > now
    comments = await comment_counts([event_id])
    read = EventRead(**_plain(row, now), comment_count=comments.get(event_id, 0), accepts_comments=accepts)
    return read.model_dump_json().encode()


def visible(now: datetime) -> QuerySet[Event]:
    """Return the query of events that are public at `now`."""
    return Event.filter(is_published=True, starts_at__lte=now)


async def comment_counts(event_ids: Iterable[int], *, hidden_too: bool = False) -> dict[int, int]:
    """Return the number of public comments per event, or of all with `hidden_too`. Events without any are missing.

    One query.
    """
    found = EventComment.filter(event_id__in=list(event_ids) or [0])
    if not hidden_too:
        found = found.filter(status=CommentStatus.SHOWN, user_id__isnull=False)
    rows = await found.annotate(comments=Count("id")).group_by("event_id").values_list("event_id", "comments")
    return {int(event_id): int(comments) for event_id, comments in rows}


def phase(starts_at: datetime, ends_at: datetime, now: datetime) -> Phase:
    """Return the phase of the half-open period ``[starts_at, ends_at)`` at `now`."""
    if now < starts_at:
        return "scheduled"
    return "ongoing" if now < ends_at else "ended"


def picture(path: str) -> dict[str, Any]:
    """Return the URL, sizes and slices of an event's picture."""
    return {
        "image_url": media_url(path) if path else None,
        "image_sizes": picture_sizes(path),
        "slices": picture_slices(path),
    }


def _plain(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    status = phase(row["starts_at"], row["ends_at"], now)
    alt = alt_of(row["alt"], row["title"])
    return {**row, **picture(row.pop("image_path")), "alt": alt, "status": status}
