"""How the shop takes leave of a mail server: QUIT at the end, and never a sent mail that counts as unsent."""

import asyncio
from dataclasses import dataclass, field

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from src.app.notification.services.email.smtp import SmtpMail
from src.app.notification.services.senders import Undelivered
from tests.app.notification.email.support import LETTER, Relay, serving, to


@dataclass
class Polite(Relay):
    """Notes who takes leave, and answers as rudely as a test wants it."""

    answer: str = "221 Bye"
    silent: float = 0.0
    left: list[str] = field(default_factory=list)

    async def handle_QUIT(self, _: SMTP, __: Session, ___: Envelope) -> str:  # noqa: N802
        """Say goodbye."""
        self.left.append("QUIT")
        await asyncio.sleep(self.silent)
        return self.answer


@pytest.mark.fault("A14")
async def test_each_connection_ends_with_quit() -> None:
    relay = Polite()
    async with serving(relay):
        await SmtpMail(to(relay.port)).send(LETTER)
        await SmtpMail(to(relay.port)).send(LETTER)
    assert (len(relay.mails), relay.left) == (2, ["QUIT", "QUIT"])


@pytest.mark.fault("A14")
@pytest.mark.parametrize("refusal", [{"at_recipient": "550 5.1.1 unknown"}, {"at_data": "451 4.3.0 later"}])
async def test_a_refusal_ends_with_quit_too(refusal: dict[str, str]) -> None:
    relay = Polite(**refusal)  # type: ignore[arg-type]
    async with serving(relay):
        with pytest.raises(Undelivered):
            await SmtpMail(to(relay.port)).send(LETTER)
    assert (relay.mails, relay.left) == ([], ["QUIT"])


@pytest.mark.fault("A14")
@pytest.mark.parametrize("rude", [{"answer": "500 never"}, {"silent": 30.0}, {"answer": "nonsense"}])
async def test_a_server_that_does_not_take_leave_has_the_mail_all_the_same(rude: dict[str, object]) -> None:
    relay = Polite(**rude)  # type: ignore[arg-type]
    async with serving(relay):
        await SmtpMail(to(relay.port)).send(LETTER)
        assert (len(relay.mails), relay.left) == (1, ["QUIT"])
