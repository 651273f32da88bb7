"""A real SMTP server on loopback, as strict, slow or rude as a test wants it."""

import asyncio
import ssl
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from src.app.notification.services.senders import Mail
from src.core.configs.identity_groups import MessageSettings

CREDENTIALS = ("shop", "s3cret-of-the-relay")
LETTER = Mail(to="minji@example.com", subject="[믹골프] 인증번호", text="번호: 123456\n", html="<p>번호: 123456</p>")


@dataclass
class Relay:
    """What a server was given, and how it answers."""

    port: int = 0
    at_recipient: str = ""
    at_data: str = ""
    hang: float = 0.0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    signed_in: list[bytes] = field(default_factory=list)

    async def handle_RCPT(self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802
        """Take or refuse a recipient."""
        if self.at_recipient:
            return self.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse the message."""
        await asyncio.sleep(self.hang)
        if self.at_data:
            return self.at_data
        assert isinstance(envelope.content, bytes)
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.mails.append(parsed)
        self.envelopes.append(envelope)
        return "250 OK"

    def authenticate(self, _: SMTP, __: Session, ___: Envelope, ____: str, data: Any) -> AuthResult:
        """Know one user."""
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login)
        is_right = (data.login.decode(), data.password.decode()) == CREDENTIALS
        return AuthResult(success=is_right, handled=False)


@asynccontextmanager
async def serving(
    relay: Relay,
    *,
    offers: ssl.SSLContext | None = None,
    inside: ssl.SSLContext | None = None,
    needs_auth: bool = False,
) -> AsyncIterator[Relay]:
    """Serve on loopback. `offers`: STARTTLS with this certificate; `inside`: TLS from the first byte."""

    def protocol() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it does not see that the connection itself may be TLS
            return SMTP(
                relay,
                tls_context=offers,
                require_starttls=offers is not None,
                authenticator=relay.authenticate,
                auth_required=needs_auth,
                auth_require_tls=False,
            )

    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0, ssl=inside)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()


@asynccontextmanager
async def talking(lines: list[bytes], *, pause: float = 0.0) -> AsyncIterator[int]:
    """A server that says these bytes with pauses and then nothing more; the port."""

    async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            for line in lines:
                writer.write(line)
                await writer.drain()
                await asyncio.sleep(pause)
            await asyncio.sleep(60)
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def to(port: int, **changes: Any) -> MessageSettings:
    """Settings of a plain relay on this port."""
    values = {"mail_adapter": "smtp", "smtp_port": port, "smtp_security": "none", "smtp_timeout_seconds": 30.0}
    return MessageSettings(**{**values, **changes})


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's context for 127.0.0.1, and the file of its certificate, which nobody trusts by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
