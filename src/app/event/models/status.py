"""Where a comment stands, and how it gets there."""

from enum import StrEnum
from typing import Final


class CommentStatus(StrEnum):
    """REPORTED: enough members reported it, so it is hidden until staff decide. HIDDEN: staff hid it."""

    SHOWN = "SHOWN"
    REPORTED = "REPORTED"
    HIDDEN = "HIDDEN"


FLOW: Final = {
    CommentStatus.SHOWN: frozenset({CommentStatus.REPORTED, CommentStatus.HIDDEN}),
    CommentStatus.REPORTED: frozenset({CommentStatus.SHOWN, CommentStatus.HIDDEN}),
    CommentStatus.HIDDEN: frozenset({CommentStatus.SHOWN}),
}
