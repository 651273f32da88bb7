"""Mail by SMTP (aiosmtplib). A connection that sent a mail sends the next one that waits, and takes leave after the
last."""

import asyncio
import logging
import ssl
from collections import deque
from email.utils import parseaddr
from functools import cached_property
from typing import Final

import aiosmtplib

from src.app.notification.services.email import mime
from src.app.notification.services.senders import Late, Mail, Undelivered
from src.common import clock
from src.core.configs.identity_groups import MessageSettings

logger = logging.getLogger(__name__)

QUIT_SECONDS: Final = 2.0
CONNECTIONS: Final = 4
"""Mail servers allow one client few at a time."""
MAILS_EACH: Final = 50
"""Mails that one connection carries: some servers end it after a hundred."""
CLOSING: Final = 421


class Session:
    """A connection to the mail server, opened by its first mail."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client
        self._carried = 0
        self._is_answered = self._is_well = False

    @property
    def may_go_on(self) -> bool:
        """Whether another mail may follow: the last one was taken, and the server is there."""
        return self._is_well and self._client.is_connected and self._carried < MAILS_EACH

    async def carry(self, sender: str, to: str, text: bytes, *, seconds: float) -> None:
        """Send one mail. Raises Undelivered: until the text is on its way, whatever happens means that it did not go.

        One limit of time for all of it: the library's own starts again with every line of the server.
        """
        is_under_way = self._is_answered = self._is_well = False
        try:
            async with asyncio.timeout(seconds):
                if not self._carried:
                    await self._client.connect()
                await self._client.mail(sender)
                await self._client.rcpt(to)
                is_under_way = True
                await self._client.data(text)
        except aiosmtplib.SMTPResponseException as error:
            self._is_answered = True
            raise Undelivered(f"SMTP {error.code}", is_final=500 <= error.code < 600) from error
        except (TimeoutError, aiosmtplib.SMTPTimeoutError, aiosmtplib.SMTPServerDisconnected, OSError) as error:
            raise Undelivered(type(error).__name__, may_have_gone=is_under_way) from error
        except (aiosmtplib.SMTPException, ValueError) as error:
            raise Undelivered(type(error).__name__) from error
        self._carried += 1
        self._is_answered = self._is_well = True

    async def end(self) -> None:
        """Take leave (RFC 5321, 4.1.1.10), where the server has answered all that it was asked: what is said within a
        text would become part of it. Whatever happens now changes nothing about the mails."""
        try:
            if self._is_answered and self._client.is_connected:
                async with asyncio.timeout(QUIT_SECONDS):
                    await self._client.quit(timeout=QUIT_SECONDS)
        except (TimeoutError, aiosmtplib.SMTPException, OSError, ValueError) as error:
            logger.info("the mail server did not take leave: %s", type(error).__name__)
        finally:
            self._client.close()


class SmtpMail:
    """A `MailSender` with at most CONNECTIONS open connections.

    ``starttls`` never falls back to plain text, certificates are always checked, and a password is sent only inside
    TLS. No answer in time, a refusal, a broken connection: Undelivered.
    """

    def __init__(self, chosen: MessageSettings) -> None:
        self._settings = chosen
        self._address = parseaddr(chosen.mail_from)[1]
        self._open = 0
        self._waiting: deque[asyncio.Future[Session | None]] = deque()

    async def send(self, mail: Mail) -> None:
        """See `MailSender`."""
        if self._settings.smtp_user and self._settings.smtp_security == "none":
            raise Undelivered("SMTP_USER is set but SMTP_SECURITY is none")
        text = mime.built(mail, sender=self._settings.mail_from)
        session = await self._turn()
        try:
            if mail.not_after is not None and clock.now() >= mail.not_after:
                raise Late
            if session is not None and not await self._goes_on(session, mail.to, text):
                await session.end()
                session = None
            if session is None:
                session = self._new_session()
                await self._carry(session, mail.to, text)
        finally:
            await self._pass_on(session)

    async def close(self) -> None:
        """See `MailSender`. Nothing stays open when no mail waits."""

    async def _goes_on(self, session: Session, to: str, text: bytes) -> bool:
        """Send by a connection that sent before; False where the server had ended it, and so was told nothing."""
        try:
            await self._carry(session, to, text)
        except Undelivered as error:
            if error.may_have_gone or not _is_gone(error.__cause__):
                raise
            return False
        return True

    async def _carry(self, session: Session, to: str, text: bytes) -> None:
        await session.carry(self._address, to, text, seconds=self._settings.smtp_timeout_seconds)

    async def _turn(self) -> Session | None:
        """Wait for one of CONNECTIONS places; return the connection that is open there, None if there is none."""
        if self._open < CONNECTIONS:
            self._open += 1
            return None
        turn: asyncio.Future[Session | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                await self._pass_on(turn.result())
            raise

    async def _pass_on(self, session: Session | None) -> None:
        """Give place and connection to the mail that waits longest. Where the connection may not go on, or nobody waits
        for it, it ends first."""
        if session is not None and not (session.may_go_on and self._is_awaited()):
            try:
                await session.end()
            finally:
                self._give(None)
        else:
            self._give(session)

    def _is_awaited(self) -> bool:
        return any(not turn.done() for turn in self._waiting)

    def _give(self, session: Session | None) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(session)
                return
        self._open -= 1

    def _new_session(self) -> Session:
        chosen = self._settings
        client = aiosmtplib.SMTP(
            hostname=chosen.smtp_host,
            port=chosen.smtp_port,
            timeout=chosen.smtp_timeout_seconds,
            use_tls=chosen.smtp_security == "tls",
            start_tls=chosen.smtp_security == "starttls",
            tls_context=None if chosen.smtp_security == "none" else self._tls,
            username=chosen.smtp_user or None,
            password=chosen.smtp_password if chosen.smtp_user else None,
        )
        return Session(client)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Checks certificates and host names. Made once: it reads all certificates of the system, 28 ms."""
        return ssl.create_default_context()


def _is_gone(cause: BaseException | None) -> bool:
    """Whether a server had ended the connection when it was asked to take another mail."""
    if isinstance(cause, aiosmtplib.SMTPResponseException):
        return cause.code == CLOSING
    return isinstance(cause, aiosmtplib.SMTPServerDisconnected | ConnectionError)
