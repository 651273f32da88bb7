"""Staff create, change and remove events.

Every change of an existing event locks its row. Every change is audited and invalidates the public reads after the
commit.
"""

from datetime import datetime
from typing import Any, Final

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from src.app.event.dtos.admin import EventAdmin, EventAdminQuery, EventChange, EventCreate
from src.app.event.errors import EventHasComments, EventNotFound, EventPeriodReversed
from src.app.event.models import Event, EventComment
from src.app.event.services.locks import lock_event
from src.app.event.services.showing import comment_counts, phase, picture
from src.app.product.services.editing.images import refuse_missing
from src.common import clock
from src.common.dtos.alts import alt_of
from src.common.dtos.content import plain
from src.common.dtos.pages import Page
from src.common.dtos.warnings import period_warnings
from src.common.http.etags import refuse_stale
from src.common.http.public_invalidation import shown_changed
from src.common.media.uploads import take_path
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work

WRITTEN: Final = ("title", "body", "image_path", "alt", "is_published", "takes_comments", "starts_at", "ends_at")


async def find(asked: EventAdminQuery) -> Page[EventAdmin]:
    """Return a page of events with the given status and title, newest first."""
    found = Event.filter(_in_status(asked.status, clock.now()))
    if asked.q:
        found = found.filter(title__icontains=asked.q)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size)
    return Page(items=await _read(*rows), total=await found.count(), page=asked.page, size=asked.size)


async def one(event_id: int) -> EventAdmin:
    """Return an event, published or not. Raises EventNotFound."""
    rows = await _any(event_id)
    if not rows:
        raise EventNotFound
    return (await _read(*rows))[0]


async def create(body: EventCreate, *, by: Actor) -> EventAdmin:
    """Create an event. Locks its uploaded picture. Raises EventPeriodReversed, UploadNotFound, ImageUnknown."""
    _refuse_reversed(body.starts_at, body.ends_at)
    await refuse_missing([body.image_path] if body.image_path else [])

    async def write() -> Event:
        await take_path(body.image_path)
        now = clock.now()
        event = await Event.create(**body.model_dump(), created_at=now, updated_at=now)
        await _note("event.created", event, by=by, after=_values(event))
        return event

    return (await _read(await unit_of_work(write)))[0]


async def change(event_id: int, body: EventChange, *, version: int, by: Actor) -> EventAdmin:
    """Change an event. Equal values write nothing. Locks an uploaded picture, then the event.

    Raises EventNotFound, StaleEdit, EventPeriodReversed, UploadNotFound, ImageUnknown.
    """
    await refuse_missing([body.image_path] if body.image_path else [])

    async def write() -> Event:
        if body.image_path:
            await take_path(body.image_path)
        event = await lock_event(event_id)
        refuse_stale(event.version, version)
        old = _values(event)
        event.update_from_dict(body.changes())
        _refuse_reversed(event.starts_at, event.ends_at)
        before, after = audit.changed(old, _values(event))
        if after:
            event.version, event.updated_at = event.version + 1, clock.now()
            # Do not write view_count: a worker may be adding to it at the same time.
            await event.save(update_fields=[*after, "version", "updated_at"])
            await _note("event.changed", event, by=by, before=before, after=after)
        return event

    return (await _read(await unit_of_work(write)))[0]


async def remove(event_id: int, *, version: int, by: Actor) -> None:
    """Delete an event without comments. Locks the event.

    Raises EventNotFound (also when repeated), StaleEdit, EventHasComments.
    """

    async def write() -> None:
        event = await lock_event(event_id)
        refuse_stale(event.version, version)
        if count := await EventComment.filter(event_id=event.id).count():
            raise EventHasComments(count=count)
        await event.delete()
        await _note("event.removed", event, by=by, before=_values(event))

    await unit_of_work(write)


def _in_status(status: str, now: datetime) -> Q:
    return {
        "all": Q(),
        "scheduled": Q(is_published=True, starts_at__gt=now),
        "ongoing": Q(is_published=True, starts_at__lte=now, ends_at__gt=now),
        "ended": Q(is_published=True, ends_at__lte=now),
        "unpublished": Q(is_published=False),
    }[status]


def _any(event_id: int) -> QuerySet[Event]:
    return Event.filter(id=event_id)


def _refuse_reversed(starts_at: datetime, ends_at: datetime) -> None:
    if starts_at >= ends_at:
        raise EventPeriodReversed


def _values(event: Event) -> dict[str, Any]:
    return plain({name: getattr(event, name) for name in WRITTEN})


async def _note(action: str, event: Event, *, by: Actor, **sides: Any) -> None:
    await audit.record(action, by=by, target=("event", event.id), **sides)
    shown_changed("events", "event", "event-comments")


async def _read(*rows: Event) -> list[EventAdmin]:
    counts = await comment_counts([row.id for row in rows], hidden_too=True)
    now = clock.now()
    columns = ("id", *WRITTEN, "view_count", "version", "created_at", "updated_at")
    return [
        EventAdmin(
            **{name: getattr(row, name) for name in columns if name != "alt"},
            alt=alt_of(row.alt, row.title),
            own_alt=row.alt,
            **picture(row.image_path),
            status=phase(row.starts_at, row.ends_at, now),
            comment_count=counts.get(row.id, 0),
            warnings=period_warnings(row.ends_at, now),
        )
        for row in rows
    ]
