"""The only module that changes a comment's status."""

from src.app.event.models import FLOW, CommentStatus, EventComment
from src.app.event.services import comments
from src.core.database import after_commit


async def move(comment: EventComment, to: CommentStatus, *, reason: str | None = None) -> bool:
    """Move a locked comment to the status `to`, and store the reason if one is given.

    Return False and write nothing if the comment already has this status. Raises ValueError for a transition that FLOW
    does not allow.
    """
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
