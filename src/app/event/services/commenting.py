"""Members write, edit, remove and report comments on events.

Every change locks the member's row first. So a member who is leaving at that time leaves no comment behind, and if the
same text is sent twice at once, the second request finds the first comment.
"""

import hashlib

from tortoise.exceptions import IntegrityError

from src.app.event.dtos.requests import CommentReportWrite, CommentWrite
from src.app.event.dtos.responses import MyComment
from src.app.event.errors import CommentTwice, EventClosed, EventNotFound, OwnComment, ReportedAlready
from src.app.event.models import CommentReport, CommentStatus, EventComment
from src.app.event.services import comments, moves
from src.app.event.services.locks import lock_own, lock_shown
from src.app.event.services.showing import visible
from src.app.user.services.locks import lock_member
from src.common import clock
from src.common.http.rate_limits import by_name, limiter
from src.common.identity import Identity
from src.core.configs import settings
from src.core.database import after_commit, unit_of_work


async def write(event_id: int, body: CommentWrite, *, by: Identity) -> MyComment:
    """Add a comment. Locks the member. Raises EventNotFound, EventClosed, CommentTwice, TooManyAttempts."""
    await limiter().count(settings().limits.comment, "comment", by_name(by.key))

    async def add() -> EventComment:
        member = await lock_member(by.member_id)
        await _must_be_open(event_id)
        digest = digest_of(body.content)
        if await EventComment.filter(event_id=event_id, user_id=member.id, digest=digest).exists():
            raise CommentTwice
        now = clock.now()
        after_commit(comments.changed)
        return await EventComment.create(
            event_id=event_id, user_id=member.id, content=body.content, digest=digest, created_at=now, updated_at=now
        )

    try:
        return await comments.own(await unit_of_work(add))
    except IntegrityError:  # the event was removed in between
        raise EventNotFound from None


async def edit(event_id: int, comment_id: int, body: CommentWrite, *, by: Identity) -> MyComment:
    """Change the text of the member's own comment while the event takes comments. A hidden comment stays hidden.

    The same text again changes nothing. Locks the member, then the comment. Raises EventNotFound, EventClosed,
    CommentNotFound, CommentTwice, TooManyAttempts.
    """
    await limiter().count(settings().limits.comment, "comment", by_name(by.key))

    async def change() -> EventComment:
        await lock_member(by.member_id)
        comment = await lock_own(event_id, comment_id, user_id=by.member_id)
        await _must_be_open(event_id)
        if comment.content == body.content:
            return comment
        digest = digest_of(body.content)
        same = EventComment.filter(event_id=event_id, user_id=comment.user_id, digest=digest)
        if await same.exclude(id=comment.id).exists():
            raise CommentTwice
        comment.content, comment.digest, comment.updated_at = body.content, digest, clock.now()
        await comment.save(update_fields=["content", "digest", "updated_at"])
        after_commit(comments.changed)
        return comment

    return await comments.own(await unit_of_work(change))


async def remove(event_id: int, comment_id: int, *, by: Identity) -> None:
    """Remove the member's own comment, also after the event has ended. Locks the member, then the comment.

    A comment with open reports, or hidden, is not deleted but becomes REMOVED: staff still see it, and its author
    cannot post the same text again. Raises CommentNotFound, also when repeated.
    """

    async def delete() -> None:
        await lock_member(by.member_id)
        comment = await lock_own(event_id, comment_id, user_id=by.member_id)
        if comment.report_count or comment.status != CommentStatus.SHOWN:
            await moves.move(comment, CommentStatus.REMOVED)
            return
        await comment.delete()
        after_commit(comments.changed)

    await unit_of_work(delete)


async def report(event_id: int, comment_id: int, body: CommentReportWrite, *, by: Identity) -> None:
    """Report a comment to staff. The report that reaches the limit hides the comment until staff decide.

    Locks the member, then the comment, so simultaneous reports are counted one by one. Raises CommentNotFound,
    OwnComment, ReportedAlready, TooManyAttempts.
    """
    await limiter().count(settings().limits.comment, "comment-report", by_name(by.key))

    async def add() -> None:
        member = await lock_member(by.member_id)
        comment = await lock_shown(event_id, comment_id)
        if comment.user_id == member.id:
            raise OwnComment
        if await CommentReport.filter(comment_id=comment.id, reporter_id=member.id).exists():
            raise ReportedAlready
        await CommentReport.create(
            comment_id=comment.id, reporter_id=member.id, reason=body.reason, created_at=clock.now()
        )
        comment.report_count = await CommentReport.filter(comment_id=comment.id, closed_at=None).count()
        await comment.save(update_fields=["report_count"])
        if comment.report_count >= settings().limits.reports_to_hide:
            await moves.move(comment, CommentStatus.REPORTED)

    await unit_of_work(add)


def digest_of(content: str) -> str:
    """Return a hash of the text that ignores white space and case."""
    return hashlib.sha256("".join(content.casefold().split()).encode()).hexdigest()


async def _must_be_open(event_id: int) -> None:
    now = clock.now()
    rows = await visible(now).filter(id=event_id).values_list("takes_comments", "ends_at")
    if not rows:
        raise EventNotFound
    takes_comments, ends_at = rows[0]
    if not takes_comments or ends_at <= now:
        raise EventClosed
