"""Times of the sandbox in UTC: whole milliseconds since 1970; whole nanoseconds for times that PortOne records."""

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def now_ns() -> int:
    """Nanoseconds since 1970."""
    return time.time_ns()


def rfc3339(ms: int) -> str:
    """Format as `2025-01-02T03:04:05.678Z`, the form in PortOne's examples of webhooks."""
    moment = datetime.fromtimestamp(ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def in_seconds(ns: int) -> str:
    """Format as `2025-01-02T03:04:05Z`: the fraction is cut off, as in times that PortOne got from a PG."""
    return datetime.fromtimestamp(ns // 1_000_000_000, UTC).isoformat().replace("+00:00", "Z")


def in_nanoseconds(ns: int) -> str:
    """Format as `2025-01-02T03:04:05.678901234Z`: nine digits, or eight if the last is zero, as in PortOne's own
    times."""
    fraction = f"{ns % 1_000_000_000:09d}"
    return f"{in_seconds(ns)[:-1]}.{fraction.removesuffix('0')}Z"


def from_rfc3339(text: str) -> int:
    """Milliseconds of an RFC 3339 time with offset. Raises ValueError for any other text and for a time without
    offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("the time has no offset")
    return round(moment.timestamp() * 1000)
