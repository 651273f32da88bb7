"""Mail and SMS in our words. The adapters are beside; nothing else knows how SMTP, SENS or the sandbox speak."""

from dataclasses import dataclass, field
from typing import Protocol


class Undelivered(Exception):
    """The message did not go out, or nobody can say. `reason` is safe to log: no address, no text, no code.

    `may_have_gone`: no answer came, so it may have arrived. It is never sent a second time by itself.
    """

    def __init__(self, reason: str, *, may_have_gone: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_have_gone = may_have_gone


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address, as plain text and the same as HTML."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)


class MailSender(Protocol):
    """Sends mail."""

    async def send(self, mail: Mail) -> None:
        """Hand it over, one try. Raises Undelivered."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...


class SmsSender(Protocol):
    """Sends text messages."""

    async def send(self, to: str, *, text: str) -> None:
        """Hand it over, one try; `to` is a Korean telephone number, hyphens allowed. Raises Undelivered."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Senders:
    """What this process sends with."""

    mail: MailSender
    sms: SmsSender


_senders: Senders | None = None


def use_senders(chosen: Senders | None) -> None:
    """Take these for the process."""
    global _senders  # noqa: PLW0603 - the one place that keeps them
    _senders = chosen


def senders() -> Senders:
    """The senders in use. Raises RuntimeError before there are any."""
    if _senders is None:
        raise RuntimeError("no senders: the lifespan of the app opens them")
    return _senders
