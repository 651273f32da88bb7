"""Mail, SMS and AlimTalk in our words. The adapters are beside; nothing else knows how SMTP, SENS or the sandbox
speak."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Undelivered(Exception):
    """The message did not go out, or nobody can say. `reason` is safe to log: no address, no text, no code.

    `may_have_gone`: no answer came, so it may have arrived. `is_final`: it did not go, and would not the next time.
    """

    def __init__(self, reason: str, *, may_have_gone: bool = False, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_have_gone = may_have_gone
        self.outcome = "unreachable" if may_have_gone else "declined"
        self.is_final = is_final


class Late(Exception):
    """The mail waited for its turn until its `not_after`. Nothing of it was sent."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to one address, as plain text and the same as HTML. `number` makes its Message-ID: a mail that is sent
    again because no answer came has the same, so that programs show it once. Empty: a new one. `opt_out` is the way out
    of an advertisement, for the program that shows it; `is_one_click`: a POST there is enough (RFC 8058). After
    `not_after` it must not be begun: somebody else may send it then."""

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    html: str = field(repr=False)
    number: str = ""
    opt_out: str = field(default="", repr=False)
    is_one_click: bool = False
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """One AlimTalk: the approved template's code, its text and buttons with the values in them, and what SENS sends as
    SMS where Kakao does not deliver it."""

    to: str = field(repr=False)
    code: str
    text: str = field(repr=False)
    instead: str = field(repr=False)
    buttons: tuple[Mapping[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a message in the end. `code` is the provider's, safe to keep; `at` is when it ended, if told."""

    is_delivered: bool
    code: str = ""
    at: datetime | None = None


class MailSender(Protocol):
    """Sends mail."""

    async def send(self, mail: Mail) -> None:
        """Hand it over, one try. Raises Undelivered, and Late."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...


class SmsSender(Protocol):
    """Sends text messages."""

    async def send(self, to: str, *, text: str, is_ad: bool = False) -> str:
        """Hand it over, one try; `to` is a Korean telephone number, hyphens allowed. Answers what the provider calls
        it. Raises Undelivered."""
        ...

    async def close(self) -> None:
        """Give back what it holds."""
        ...


class TalkSender(Protocol):
    """Sends AlimTalk."""

    async def talk(self, message: Talk) -> str:
        """Hand it over, one try. Answers what the provider calls it. Raises Undelivered."""
        ...


class ResultReader(Protocol):
    """Knows what became of messages to telephones."""

    async def result(self, request_id: str, *, is_talk: bool) -> Result | None:
        """The end of the message that went with this request; None while it is under way. Raises Undelivered where
        nobody answers."""
        ...


@dataclass(frozen=True, slots=True)
class Senders:
    """What this process sends with. `talk` is None where the shop has no AlimTalk channel, `results` where nobody can
    be asked what became of a message."""

    mail: MailSender
    sms: SmsSender
    talk: TalkSender | None = None
    results: ResultReader | None = None


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
