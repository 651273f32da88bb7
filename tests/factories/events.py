"""Events and comments."""

from datetime import timedelta
from typing import Any

from src.app.event.models import Event, EventComment
from src.app.event.services.commenting import digest_of
from src.common import clock


async def make_event(title: str = "봄맞이 이벤트", *, starts: int = -1, ends: int = 1, **over: Any) -> Event:
    """A published event from `starts` to `ends`, in days from now."""
    now = clock.now()
    return await Event.create(
        title=title,
        body=f"{title} 안내",
        starts_at=now + timedelta(days=starts),
        ends_at=now + timedelta(days=ends),
        created_at=now,
        updated_at=now,
        **{"is_published": True, **over},
    )


async def make_comment(event: Event, user_id: int | None, content: str = "응원합니다", **over: Any) -> EventComment:
    """A comment of that member."""
    now = clock.now()
    return await EventComment.create(
        event_id=event.id,
        user_id=user_id,
        content=content,
        digest=digest_of(content) if user_id else "",
        created_at=now,
        updated_at=now,
        **over,
    )
