"""How a signed message reaches a receiver, in our words. The adapter is in `http_transport`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Unsent(Exception):
    """No answer came. `reason` is a word for the log and for staff; the message may have arrived all the same."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to `url`: the body as it goes out, its headers beside those of HTTP."""

    url: str
    body: bytes = field(repr=False)
    headers: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """`beginning` is at most 1 KB of the answer as text; `wait_until` is what a Retry-After asked for."""

    status: int
    beginning: str = ""
    wait_until: datetime | None = None


class Resolver(Protocol):
    """Finds the addresses that a name stands for right now."""

    async def addresses(self, host: str, port: int) -> list[str]:
        """Every address, in the order to try. Raises OSError where there is none."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


class Transport(Protocol):
    """Sends one message, one try."""

    async def check(self, url: str) -> str:
        """The URL as it is to be kept. Raises OutboundUrlInvalid, OutboundAddressRefused."""
        ...

    async def post(self, message: Message) -> Answer:
        """Any answer, whatever its status. Raises Unsent within the time that a try may take."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...
