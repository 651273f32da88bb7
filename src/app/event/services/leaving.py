"""What the event domain holds of a member: as the member's own copy, and how it goes when the member leaves."""

from pydantic import JsonValue

from src.app.event.models import CommentReport, EventComment
from src.app.event.services import comments
from src.common.clock import korean
from src.core.database import after_commit, unit_of_work


async def comments_of(user_id: int) -> JsonValue:
    """What the member wrote and reported, for the member's export."""
    written: list[JsonValue] = [
        {"event_id": row.event_id, "content": row.content, "created_at": korean(row.created_at)}
        for row in await EventComment.filter(user_id=user_id).order_by("id")
    ]
    reported: list[JsonValue] = [
        {"reported_comment_id": row.comment_id, "reason": row.reason, "created_at": korean(row.created_at)}
        for row in await CommentReport.filter(reporter_id=user_id).order_by("id")
    ]
    return [*written, *reported]


async def forget(user_id: int) -> int:
    """Take a former member off comments and reports, with the words: nobody can tell what of them was personal. The
    rows stay, so that counts and decisions do. How many comments they were. For ``user.withdrawn``; repeatable."""

    async def write() -> int:
        await CommentReport.filter(reporter_id=user_id).update(reporter_id=None, reason="")
        after_commit(comments.changed)
        return await EventComment.filter(user_id=user_id).update(user_id=None, content="", digest="")

    return await unit_of_work(write)
