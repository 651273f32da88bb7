"""Deprecation of operations (docs/versions.md): a mark on the route, shown in every response and in the document.

``Deprecation`` is RFC 9745, ``Sunset`` RFC 8594, ``Link`` with ``successor-version`` RFC 5829.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import format_datetime
from typing import Any, Final, TypeVar

from starlette.types import Message, Receive, Scope, Send

C = TypeVar("C", bound=Callable[..., Any])
Handle = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]

KOREA: Final = timezone(timedelta(hours=9))
SHORTEST: Final = timedelta(days=180)
_ENDING: Final = "__ending__"


@dataclass(frozen=True, slots=True)
class Ending:
    """Deprecation of one operation. `since` is the first Korean day on which it should not be used, `until` the first
    day on which it may be removed, `instead` the path to use. Raises ValueError for days less than SHORTEST apart."""

    since: date
    until: date
    instead: str

    def __post_init__(self) -> None:
        if self.until - self.since < SHORTEST:
            raise ValueError(f"clients have at least {SHORTEST.days} days: {self.since} to {self.until}")

    def headers(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that every response carries."""
        since, until = (datetime.combine(day, time(), KOREA).astimezone(UTC) for day in (self.since, self.until))
        return (
            ("Deprecation", f"@{int(since.timestamp())}"),
            ("Sunset", format_datetime(until, usegmt=True)),
            ("Link", f'<{self.instead}>; rel="successor-version"'),
        )

    def words(self) -> str:
        """Return the sentence that the document shows."""
        return f"Deprecated since {self.since}, may be gone from {self.until}: use `{self.instead}`."


def ends(*, since: date, until: date, instead: str) -> Callable[[C], C]:
    """Mark the endpoint of a deprecated route. Put it below the router's decorator. Raises ValueError as `Ending`
    does."""

    def mark(call: C) -> C:
        setattr(call, _ENDING, Ending(since, until, instead))
        return call

    return mark


def ending_of(call: Any) -> Ending | None:
    """Return the mark that `ends` put on the endpoint, or None."""
    found: Ending | None = getattr(call, _ENDING, None)
    return found


def telling(handle: Handle, ending: Ending) -> Handle:
    """Wrap `handle` so that every response has the headers of `ending`, also errors and cached responses."""
    added = [(name.lower().encode(), value.encode()) for name, value in ending.headers()]

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_ending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *added]
            await send(message)

        await handle(scope, receive, with_ending)

    return told
