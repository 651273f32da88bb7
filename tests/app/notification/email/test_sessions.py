"""Mails that wait for the mail server share its connections; none goes twice, whatever ends a connection."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from src.app.notification.services.email.smtp import CONNECTIONS, MAILS_EACH, SmtpMail
from src.app.notification.services.senders import Late, Mail, Undelivered
from src.common import clock
from tests.app.notification.email.support import LETTER, Relay, serving, to

LETTERS = [replace(LETTER, to=f"buyer{number}@example.com") for number in range(12)]


@dataclass
class Counting(Relay):
    """Notes which connection brought which mail, and how each connection ended. `patience`: after so many mails of one
    connection it says 421 to the next, or hangs up where it is `rude`."""

    patience: int = 1000
    is_rude: bool = False
    refused: str = ""
    by: Counter[object] = field(default_factory=Counter)
    left: int = 0

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        """Take a sender, while patient."""
        if self.by[session.peer] >= self.patience:
            assert server.transport is not None
            asyncio.get_running_loop().call_later(0.0 if self.is_rude else 0.05, server.transport.close)
            await asyncio.sleep(0.02)
            return "421 4.4.2 enough"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        """Take everybody but one."""
        if address == self.refused:
            return "550 5.1.1 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take it, and note who brought it."""
        answer = await super().handle_DATA(server, session, envelope)
        self.by[session.peer] += 1
        return answer

    async def handle_QUIT(self, _: SMTP, __: Session, ___: Envelope) -> str:  # noqa: N802
        """Say goodbye."""
        self.left += 1
        return "221 Bye"


async def sent(sender: SmtpMail, letters: Sequence[Mail] = LETTERS) -> list[object]:
    """Send all at once; how each ended."""
    return await asyncio.gather(*(sender.send(letter) for letter in letters), return_exceptions=True)


def each_once(relay: Relay, letters: Sequence[Mail] = LETTERS) -> bool:
    return Counter(str(mail["To"]) for mail in relay.mails) == Counter(letter.to for letter in letters)


async def test_mails_that_wait_share_few_connections_and_take_leave_once_each() -> None:
    async with serving(Counting(hang=0.01)) as relay:
        assert isinstance(relay, Counting)
        assert await sent(SmtpMail(to(relay.port))) == [None] * len(LETTERS)
        assert each_once(relay)
        assert (len(relay.by), relay.left) == (CONNECTIONS, CONNECTIONS)


@pytest.mark.parametrize("is_rude", [False, True])
async def test_a_server_that_ends_connections_between_mails_gets_each_mail_once(is_rude: bool) -> None:
    async with serving(Counting(hang=0.01, patience=2, is_rude=is_rude)) as relay:
        assert isinstance(relay, Counting)
        assert await sent(SmtpMail(to(relay.port))) == [None] * len(LETTERS)
        assert each_once(relay)
        assert max(relay.by.values()) == 2


async def test_a_connection_carries_a_bounded_number_of_mails() -> None:
    letters = [replace(LETTER, to=f"many{number}@example.com") for number in range(CONNECTIONS * MAILS_EACH + 1)]
    async with serving(Counting()) as relay:
        assert isinstance(relay, Counting)
        assert await sent(SmtpMail(to(relay.port)), letters) == [None] * len(letters)
        assert each_once(relay, letters)
        assert max(relay.by.values()) <= MAILS_EACH
        assert len(relay.by) == CONNECTIONS + 1


async def test_a_refused_mail_neither_stops_nor_takes_the_others_along() -> None:
    async with serving(Counting(hang=0.01, refused=LETTERS[1].to)) as relay:
        ends = await sent(SmtpMail(to(relay.port)))
        others = [letter for letter in LETTERS if letter is not LETTERS[1]]
        assert each_once(relay, others)
    assert isinstance(ends[1], Undelivered)
    assert (ends[1].reason, ends[1].is_final, ends.count(None)) == ("SMTP 550", True, len(others))


async def test_a_mail_whose_time_is_over_at_its_turn_is_not_begun_and_keeps_nobody_waiting() -> None:
    over = replace(LETTER, to="late@example.com", not_after=clock.now() + timedelta(seconds=0.2))
    async with serving(Counting(hang=0.5)) as relay:
        ends = await sent(SmtpMail(to(relay.port)), [*LETTERS[:CONNECTIONS], over, LETTERS[-1]])
        assert each_once(relay, [*LETTERS[:CONNECTIONS], LETTERS[-1]])
    assert [type(end) for end in ends] == [*[type(None)] * CONNECTIONS, Late, type(None)]


async def test_a_mail_that_is_cancelled_while_it_waits_leaves_its_turn_to_the_next() -> None:
    async with serving(Counting(hang=0.2)) as relay:
        sender = SmtpMail(to(relay.port))
        tasks = [asyncio.create_task(sender.send(letter)) for letter in LETTERS[: CONNECTIONS + 2]]
        await asyncio.sleep(0.1)
        tasks[CONNECTIONS].cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(end) for end in ends] == [*[type(None)] * CONNECTIONS, asyncio.CancelledError, type(None)]
        await sender.send(LETTERS[-1])
        assert each_once(relay, [*LETTERS[:CONNECTIONS], LETTERS[CONNECTIONS + 1], LETTERS[-1]])


async def test_a_place_is_free_again_after_a_silent_server() -> None:
    async with serving(Counting(hang=0.6)) as relay:
        sender = SmtpMail(to(relay.port, smtp_timeout_seconds=0.2))
        ends = await sent(sender, LETTERS[: 2 * CONNECTIONS])
        assert all(isinstance(end, Undelivered) and end.may_have_gone for end in ends)
        relay.hang = 0.0
        await sender.send(LETTERS[-1])
        assert LETTERS[-1].to in [str(mail["To"]) for mail in relay.mails]
