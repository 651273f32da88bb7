"""Reads and locking reads of one row. Who writes locks the member first, then the comment."""

from src.app.event.errors import CommentNotFound, EventNotFound
from src.app.event.models import CommentStatus, Event, EventComment


async def lock_event(event_id: int) -> Event:
    """Any event, locked within the caller's transaction. Raises EventNotFound."""
    event = await Event.select_for_update().get_or_none(id=event_id)
    if event is None:
        raise EventNotFound
    return event


async def lock_own(event_id: int, comment_id: int, *, user_id: int | None) -> EventComment:
    """The member's own comment, locked. Raises CommentNotFound, also for somebody else's and one taken back."""
    own = EventComment.select_for_update().filter(user_id=user_id or 0).exclude(status=CommentStatus.REMOVED)
    return _existing(await own.get_or_none(id=comment_id, event_id=event_id))


async def lock_shown(event_id: int, comment_id: int) -> EventComment:
    """A comment that everybody sees, locked. Raises CommentNotFound."""
    shown = EventComment.select_for_update().filter(status=CommentStatus.SHOWN, user_id__isnull=False)
    return _existing(await shown.get_or_none(id=comment_id, event_id=event_id))


async def lock_any(comment_id: int, *, event_id: int | None = None) -> EventComment:
    """A comment, of that event where one is named, locked. Raises CommentNotFound."""
    where = {"id": comment_id} if event_id is None else {"id": comment_id, "event_id": event_id}
    return _existing(await EventComment.select_for_update().get_or_none(**where))


def _existing(comment: EventComment | None) -> EventComment:
    if comment is None:
        raise CommentNotFound
    return comment
