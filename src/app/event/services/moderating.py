"""Staff show, hide and delete comments.

Every decision locks the comment, closes its open reports and is audited. The audit log contains no text of members,
because it outlives their account.
"""

from typing import Final

from src.app.event.dtos.admin import (
    CommentAdmin,
    CommentAdminQuery,
    CommentBulkDecision,
    CommentDecision,
    DecisionOutcome,
    ReportRead,
)
from src.app.event.errors import CommentNotFound
from src.app.event.models import CommentReport, CommentStatus, EventComment
from src.app.event.services import authors, comments, moves
from src.app.event.services.locks import lock_any
from src.app.user.services.account.public_profile import people
from src.common import clock
from src.common.dtos.pages import Items, Page
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import after_commit, unit_of_work

MOST_REPORTS: Final = 1000


async def find(asked: CommentAdminQuery) -> Page[CommentAdmin]:
    """Return a page of comments of all events, in any status unless one is given."""
    found = EventComment.all()
    if asked.event_id is not None:
        found = found.filter(event_id=asked.event_id)
    if asked.status is not None:
        found = found.filter(status=asked.status)
    if asked.reported:
        found = found.filter(report_count__gt=0)
    order = ("-report_count", "-id") if asked.reported else ("-id",)
    rows = await found.order_by(*order).offset((asked.page - 1) * asked.size).limit(asked.size)
    return Page(items=await _read(*rows), total=await found.count(), page=asked.page, size=asked.size)


async def decide(event_id: int, comment_id: int, body: CommentDecision, *, by: Actor) -> CommentAdmin:
    """Show or hide a comment. The same decision again writes nothing, unless it closes new reports.

    For a comment that its author removed, only its reports are closed. Raises CommentNotFound.
    """
    return (await _read(await _decide(comment_id, body, by=by, event_id=event_id)))[0]


async def decide_all(body: CommentBulkDecision, *, by: Actor) -> Items[DecisionOutcome]:
    """Apply the same decision to each comment in its own transaction. A missing comment does not affect the others."""
    outcomes = []
    for comment_id in dict.fromkeys(body.ids):
        try:
            await _decide(comment_id, body, by=by)
        except CommentNotFound as error:
            outcomes.append(DecisionOutcome(id=comment_id, outcome="failed", code=error.code))
        else:
            outcomes.append(DecisionOutcome(id=comment_id, outcome="done", code=None))
    return Items(items=outcomes)


async def remove(event_id: int, comment_id: int, *, by: Actor, reason: str) -> None:
    """Delete a comment and its reports. Locks the comment. Raises CommentNotFound, also when repeated."""

    async def delete() -> None:
        comment = await lock_any(comment_id, event_id=event_id)
        await comment.delete()
        before = {"event_id": event_id, "user_id": comment.user_id, "status": comment.status}
        await audit.record(
            "event.comment_removed", by=by, target=("event_comment", comment_id), before=before, reason=reason
        )
        after_commit(comments.changed)

    await unit_of_work(delete)


async def reports_of(event_id: int, comment_id: int) -> Items[ReportRead]:
    """Return the newest MOST_REPORTS reports of a comment, newest first. Raises CommentNotFound."""
    if not await EventComment.filter(id=comment_id, event_id=event_id).exists():
        raise CommentNotFound
    rows = await CommentReport.filter(comment_id=comment_id).order_by("-id").limit(MOST_REPORTS)
    return Items(
        items=[
            ReportRead(
                id=row.id,
                reporter_id=row.reporter_id,
                reason=row.reason,
                created_at=row.created_at,
                is_open=row.closed_at is None,
            )
            for row in rows
        ]
    )


async def _decide(comment_id: int, body: CommentDecision, *, by: Actor, event_id: int | None = None) -> EventComment:
    async def write() -> EventComment:
        comment = await lock_any(comment_id, event_id=event_id)
        before = {"status": comment.status, "reports": comment.report_count}
        is_gone = comment.status == CommentStatus.REMOVED
        moved = not is_gone and await moves.move(comment, body.status, reason=body.reason)
        if not moved and not comment.report_count:
            return comment
        await CommentReport.filter(comment_id=comment.id, closed_at=None).update(closed_at=clock.now())
        comment.report_count = 0
        await comment.save(update_fields=["report_count"])
        await audit.record(
            "event.comment_decided",
            by=by,
            target=("event_comment", comment.id),
            before=before,
            after={"status": comment.status, "reports": 0},
            reason=body.reason,
        )
        return comment

    return await unit_of_work(write)


async def _read(*rows: EventComment) -> list[CommentAdmin]:
    known = await people(row.user_id for row in rows)
    return [
        CommentAdmin(
            **comments.read({name: getattr(row, name) for name in comments.COLUMNS}),
            author=authors.shown(known.get(row.user_id or 0)),
            event_id=row.event_id,
            user_id=row.user_id,
            status=row.status,
            report_count=row.report_count,
            reason=row.reason,
        )
        for row in rows
    ]
