"""Events, their comments, and reports of comments."""

from src.app.event.models.comment import EventComment
from src.app.event.models.event import Event
from src.app.event.models.report import CommentReport
from src.app.event.models.status import FLOW, CommentStatus

__all__ = ["FLOW", "CommentReport", "CommentStatus", "Event", "EventComment"]
