"""The shop's clock. Internal times are in UTC with time zone; Korean time is used only for input and output."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import PlainSerializer

KST = ZoneInfo("Asia/Seoul")

_as_of: ContextVar[datetime | None] = ContextVar("as_of", default=None)


def now() -> datetime:
    """Return the current time in UTC, or the moment of `as_of` inside it."""
    return _as_of.get() or datetime.now(UTC)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let `now` return `moment` (with time zone) in this context and in tasks started from it. For jobs run by hand
    and tests."""
    token = _as_of.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _as_of.reset(token)


def korean_day(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of a Korean calendar day and of the next one, in UTC."""
    start = datetime.combine(day, time(), KST)
    return start.astimezone(UTC), (start + timedelta(days=1)).astimezone(UTC)


def korean(moment: datetime) -> str:
    """Format as RFC 3339 with +09:00, to the second."""
    return moment.astimezone(KST).isoformat(timespec="seconds")


KoreanTime = Annotated[datetime, PlainSerializer(korean, return_type=str, when_used="json")]
