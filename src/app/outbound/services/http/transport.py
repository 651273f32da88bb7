"""Interfaces for sending a signed message to a receiver. `http_transport` and `resolver` implement them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Unsent(Exception):
    """No answer came; the receiver may still have got the message. `reason` is a short text for the log and staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Message:
    """A message to `url`: the exact body, and the headers in addition to those of HTTP."""

    url: str
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. `beginning` is its first 1 KB at most, as text; `wait_until` comes from its Retry-After."""

    status: int
    beginning: str = ""
    wait_until: datetime | None = None


class Resolver(Protocol):
    """Resolves a host name to its current addresses."""

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return all addresses in the order to try them. Raises OSError if there is none."""
        ...

    def close(self) -> None:
        """Release its resources."""
        ...


class Transport(Protocol):
    """Sends one message in one try."""

    async def check(self, url: str) -> str:
        """Return the normalised URL to store. Raises OutboundUrlInvalid, OutboundAddressRefused."""
        ...

    async def post(self, message: Message) -> Answer:
        """Send the message and return the answer, whatever its status. Raises Unsent, within the timeout of a try."""
        ...

    async def close(self) -> None:
        """Release its resources."""
        ...
