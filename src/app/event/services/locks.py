"""Locking reads of one row. Members' writes lock the member before the comment."""

from src.app.event.errors import CommentNotFound, EventNotFound
from src.app.event.models import CommentStatus, Event, EventComment


async def lock_event(event_id: int) -> Event:
    """Lock an event, published or not, within the caller's transaction. Raises EventNotFound."""
    event = await Event.select_for_update().get_or_none(id=event_id)
    if event is None:
        raise EventNotFound
    return event


async def lock_own(event_id: int, comment_id: int, *, user_id: int | None) -> EventComment:
    """Lock the member's own comment. Raises CommentNotFound, also for another member's and for a removed one."""
    own = EventComment.select_for_update().filter(user_id=user_id or 0).exclude(status=CommentStatus.REMOVED)
    return _existing(await own.get_or_none(id=comment_id, event_id=event_id))


async def lock_shown(event_id: int, comment_id: int) -> EventComment:
    """Lock a public comment. Raises CommentNotFound."""
    shown = EventComment.select_for_update().filter(status=CommentStatus.SHOWN, user_id__isnull=False)
    return _existing(await shown.get_or_none(id=comment_id, event_id=event_id))


async def lock_any(comment_id: int, *, event_id: int | None = None) -> EventComment:
    """Lock a comment in any status, of `event_id` if it is given. Raises CommentNotFound."""
    where = {"id": comment_id} if event_id is None else {"id": comment_id, "event_id": event_id}
    return _existing(await EventComment.select_for_update().get_or_none(**where))


def _existing(comment: EventComment | None) -> EventComment:
    if comment is None:
        raise CommentNotFound
    return comment
