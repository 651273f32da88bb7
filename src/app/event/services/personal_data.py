"""A member's data in the event domain: comments and reports of comments."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import JsonValue

from src.app.event.models import CommentReport, CommentStatus, EventComment
from src.app.event.services import comments
from src.common.clock import korean
from src.common.records.retention import Rule, batches
from src.core.database import after_commit, unit_of_work


async def export(member_id: int) -> Mapping[str, Any]:
    """Return the member's comments, then their reports, each oldest first."""
    written: list[JsonValue] = [
        {"event_id": row.event_id, "content": row.content, "created_at": korean(row.created_at)}
        for row in await EventComment.filter(user_id=member_id).order_by("id")
    ]
    reported: list[JsonValue] = [
        {"reported_comment_id": row.comment_id, "reason": row.reason, "created_at": korean(row.created_at)}
        for row in await CommentReport.filter(reporter_id=member_id).order_by("id")
    ]
    return {"event_comments": [*written, *reported]}


async def erase(member_id: int) -> int:
    """Erase the member and the text from their comments and reports; return the number of comments changed.

    The whole text goes, because any of it may be personal. The rows stay for counts and decisions. A repeat changes
    nothing.
    """

    async def write() -> int:
        await CommentReport.filter(reporter_id=member_id).update(reporter_id=None, reason="")
        after_commit(comments.changed)
        return await EventComment.filter(user_id=member_id).update(user_id=None, content="", digest="")

    return await unit_of_work(write)


async def _empty_reports(ids: Sequence[int], before: datetime) -> int:
    due = CommentReport.filter(id__in=ids, closed_at__lte=before).exclude(reason="")
    return await unit_of_work(lambda: due.update(reason=""))


async def _empty_removed(ids: Sequence[int], before: datetime) -> int:
    due = EventComment.filter(id__in=ids, status=CommentStatus.REMOVED, updated_at__lte=before).exclude(content="")
    return await unit_of_work(lambda: due.update(content="", digest="", user_id=None))


RULES: Final = (
    Rule(
        retention="dispute",
        table="event_comment_report",
        subject="처리된 신고의 사유 / Reasons of reports that staff closed",
        find=lambda before: batches(CommentReport.filter(closed_at__lte=before).exclude(reason="")),
        erase=_empty_reports,
    ),
    Rule(
        retention="dispute",
        table="event_comment",
        subject="작성자가 지운 댓글 / Comments that their authors removed",
        find=lambda before: batches(
            EventComment.filter(status=CommentStatus.REMOVED, updated_at__lte=before).exclude(content="")
        ),
        erase=_empty_removed,
    ),
)
