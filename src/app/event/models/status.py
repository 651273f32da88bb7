"""Statuses of a comment and their transitions."""

from enum import StrEnum
from typing import Final


class CommentStatus(StrEnum):
    """REPORTED: enough members reported it, so it is hidden until staff decide. HIDDEN: staff hid it. REMOVED: its
    author took it back while somebody had something against it; staff still see it, and it cannot be written again."""

    SHOWN = "SHOWN"
    REPORTED = "REPORTED"
    HIDDEN = "HIDDEN"
    REMOVED = "REMOVED"


FLOW: Final = {
    CommentStatus.SHOWN: frozenset({CommentStatus.REPORTED, CommentStatus.HIDDEN, CommentStatus.REMOVED}),
    CommentStatus.REPORTED: frozenset({CommentStatus.SHOWN, CommentStatus.HIDDEN, CommentStatus.REMOVED}),
    CommentStatus.HIDDEN: frozenset({CommentStatus.SHOWN, CommentStatus.REMOVED}),
    CommentStatus.REMOVED: frozenset(),
}
