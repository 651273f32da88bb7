"""Errors of the event domain."""

from typing import Any, ClassVar

from src.common.exceptions import Conflict, NotFound, Unprocessable


class EventNotFound(NotFound):
    """Also for one that is not published, or begins later."""

    code = "EVENT_NOT_FOUND"
    ko, en = "이벤트를 찾을 수 없습니다.", "The event was not found."


class EventClosed(Conflict):
    """It is over, or takes no comments."""

    code = "EVENT_CLOSED"
    ko, en = "댓글을 쓸 수 있는 기간이 아닙니다.", "The event takes no comments now."


class EventHasComments(Conflict):
    """`count` comments would go with it. Take the event off the shop instead (`is_published: false`)."""

    code = "EVENT_HAS_COMMENTS"
    ko, en = "댓글이 {count}개 있어 삭제할 수 없습니다.", "The event has {count} comments and cannot be removed."
    sample: ClassVar[dict[str, Any]] = {"count": 3}


class EventPeriodReversed(Unprocessable):
    code = "EVENT_PERIOD_REVERSED"
    ko, en = "종료 시각은 시작 시각보다 늦어야 합니다.", "The end must be after the start."


class CommentNotFound(NotFound):
    """Also for somebody else's."""

    code = "COMMENT_NOT_FOUND"
    ko, en = "댓글을 찾을 수 없습니다.", "The comment was not found."


class CommentTwice(Conflict):
    code = "COMMENT_REPEATED"
    ko, en = "같은 내용의 댓글을 이미 등록했습니다.", "You have written the same comment already."


class ReportedAlready(Conflict):
    code = "REPORTED_ALREADY"
    ko, en = "이미 신고한 댓글입니다.", "You have reported this comment already."


class OwnComment(Conflict):
    code = "OWN_COMMENT"
    ko, en = "자신의 댓글은 신고할 수 없습니다.", "You cannot report your own comment."
