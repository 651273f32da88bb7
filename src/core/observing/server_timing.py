"""Durations of the parts of one request, for its ``Server-Timing`` header (W3C Server Timing).

Only requests whose scope contains `KEY` (None until a part was used) are measured; elsewhere the cost is one look-up
per part.
"""

from typing import Any, Final

from src.core.observing.context import request_scope

KEY: Final = "shop.server_timing"
PARTS: Final = ("db", "redis", "vendor")


class Parts:
    """Seconds and counts by part. Concurrent work counts in full, so the parts may exceed the total."""

    __slots__ = ("counts", "seconds")

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self.counts = dict.fromkeys(PARTS, 0)


def took(part: str, seconds: float) -> None:
    """Add to the current request, if it is measured."""
    scope = request_scope.get()
    if scope is None or KEY not in scope:
        return
    parts: Parts | None = scope[KEY]
    if parts is None:
        parts = scope[KEY] = Parts()
    parts.seconds[part] += seconds
    parts.counts[part] += 1


def header(scope: Any, total: float) -> bytes:
    """Return the header's value: each used part, in milliseconds with its count, and the total."""
    parts: Parts | None = scope[KEY]
    if parts is None:  # most responses come from memory
        return b"total;dur=%.1f" % (total * 1000)
    told = [
        f'{part};dur={parts.seconds[part] * 1000:.1f};desc="{count}", ' for part, count in parts.counts.items() if count
    ]
    return f"{''.join(told)}total;dur={total * 1000:.1f}".encode()
