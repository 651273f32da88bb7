"""The one place where a comment's status changes."""

from src.app.event.models import FLOW, CommentStatus, EventComment
from src.app.event.services import comments
from src.core.database import after_commit


async def move(comment: EventComment, to: CommentStatus, *, reason: str | None = None) -> bool:
    """Set the status of a locked comment along FLOW, with the reason where one is given. False, and nothing is
    written, where it stands there already. Raises ValueError for a hop that FLOW does not have."""
    if comment.status == to:
        return False
    if to not in FLOW[comment.status]:
        raise ValueError(f"a comment does not go from {comment.status} to {to}")
    comment.status = to
    if reason is not None:
        comment.reason = reason
    await comment.save(update_fields=["status", "reason"])
    after_commit(comments.changed)
    return True
