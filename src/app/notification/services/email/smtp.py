"""Mail by SMTP (aiosmtplib): one connection for each message."""

import asyncio
import logging
import ssl
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime, make_msgid, parseaddr
from functools import cache, cached_property
from typing import Any, Final

import aiosmtplib

from src.app.notification.services.senders import Mail, Undelivered
from src.common import clock
from src.core.configs.identity_groups import MessageSettings

logger = logging.getLogger(__name__)

MAX_SUBJECT: Final = 200
QUIT_SECONDS: Final = 2.0
ONE_CLICK: Final = "List-Unsubscribe=One-Click"


class Addresses(UnstructuredHeader):
    """A header of addresses in angle brackets (RFC 2369). Python would encode one that is longer than a line, and then
    no program finds it."""

    def fold(self, *, policy: Policy) -> str:
        """See `BaseHeader`: one line, as it is."""
        named: Any = self
        return f"{named.name}: {self}{policy.linesep}"


class Headers(HeaderRegistry):
    """Classes of headers by name. Python would make a new class for every header of every mail."""

    @cache  # noqa: B019 - there is one of them, and a mail has few headers
    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name)


def _policy() -> "EmailPolicy[EmailMessage]":
    known = Headers()
    held: Any = Addresses  # a mixin: the registry makes the class of it
    known.map_to_type("list-unsubscribe", held)
    return SMTP.clone(cte_type="7bit", header_factory=known)


POLICY: Final = _policy()


class SmtpMail:
    """A `MailSender`.

    ``starttls`` never falls back to plain text, certificates are always checked, and a password is sent only inside
    TLS. No answer in time, a refusal, a broken connection: Undelivered.
    """

    def __init__(self, chosen: MessageSettings) -> None:
        self._settings = chosen
        self._name, self._address = parseaddr(chosen.mail_from)

    async def send(self, mail: Mail) -> None:
        """See `MailSender`. Until the text is on its way, whatever happens means that the mail did not go."""
        chosen = self._settings
        message = self._message(mail)
        if chosen.smtp_user and chosen.smtp_security == "none":
            raise Undelivered("SMTP_USER is set but SMTP_SECURITY is none")
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
        is_under_way = can_leave = False
        try:
            # One limit for all of it: the library's own starts again with every line of the server.
            async with asyncio.timeout(chosen.smtp_timeout_seconds):
                await client.connect()
                await client.mail(self._address)
                await client.rcpt(mail.to)
                is_under_way = True
                await client.data(message.as_bytes())
            can_leave = True
        except aiosmtplib.SMTPResponseException as error:
            can_leave = True
            raise Undelivered(f"SMTP {error.code}", is_final=500 <= error.code < 600) from error
        except (TimeoutError, aiosmtplib.SMTPTimeoutError, aiosmtplib.SMTPServerDisconnected, OSError) as error:
            raise Undelivered(type(error).__name__, may_have_gone=is_under_way) from error
        except (aiosmtplib.SMTPException, ValueError) as error:
            raise Undelivered(type(error).__name__) from error
        finally:
            if can_leave:
                await _quit(client)
            client.close()

    async def close(self) -> None:
        """See `MailSender`. Nothing stays open between messages."""

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Checks certificates and host names. Made once: it reads all certificates of the system, 28 ms."""
        return ssl.create_default_context()

    def _message(self, mail: Mail) -> EmailMessage:
        """The MIME message: plain text and HTML. Raises Undelivered where the address is none."""
        message = EmailMessage(policy=POLICY)
        try:
            message["To"] = Address(addr_spec=mail.to)
        except Exception as error:
            raise Undelivered("not an address", is_final=True) from error
        domain = self._address.rpartition("@")[2]
        message["From"] = Address(self._name, addr_spec=self._address)
        message["Subject"] = one_line(mail.subject)
        message["Date"] = format_datetime(clock.now())
        message["Message-ID"] = f"<{mail.number.lower()}@{domain}>" if mail.number else make_msgid(domain=domain)
        message["Auto-Submitted"] = "auto-generated"
        if mail.opt_out:
            message["List-Unsubscribe"] = f"<{mail.opt_out}>"
            if mail.is_one_click:
                message["List-Unsubscribe-Post"] = ONE_CLICK
        message.set_content(mail.text)
        message.add_alternative(mail.html, subtype="html")
        return message


async def _quit(client: aiosmtplib.SMTP) -> None:
    """Take leave (RFC 5321, 4.1.1.10), where the server has answered all that it was asked: what is said within a text
    would become part of it. Whatever happens now changes nothing about the mail."""
    if not client.is_connected:
        return
    try:
        async with asyncio.timeout(QUIT_SECONDS):
            await client.quit(timeout=QUIT_SECONDS)
    except (TimeoutError, aiosmtplib.SMTPException, OSError, ValueError) as error:
        logger.info("the mail server did not take leave: %s", type(error).__name__)


def one_line(subject: str) -> str:
    """A subject that is one header line whatever was put into it."""
    printable = "".join(character if character.isprintable() else " " for character in subject)
    return " ".join(printable.split())[:MAX_SUBJECT]
