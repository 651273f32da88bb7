"""Messages on the wire: to the address that was checked and to no other, with the name, bounded in every way."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from src.app.outbound.errors import OutboundAddressRefused
from src.app.outbound.services.http.addresses import Rules
from src.app.outbound.services.http.http_transport import HttpTransport
from src.app.outbound.services.http.resolver import SystemResolver
from src.app.outbound.services.http.transport import Message, Unsent
from src.common import clock
from src.core.configs.outbound_groups import OutboundSettings
from tests.app.outbound.support import LOCAL, PUBLIC, STRICT, Names, over_http

pytestmark = pytest.mark.usefixtures("shop_settings")
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class Machine:
    """A server on loopback that writes the same answer to everybody, or nothing at all."""

    answer: bytes | None = b"HTTP/1.1 204 No Content\r\n\r\n"
    port: int = 0
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = int(head.lower().split("content-length: ")[1].split("\r\n")[0])
            self.bodies.append(await reader.readexactly(length))
            self.heads.append(head)
            if self.answer is None:
                await reader.read()  # until the other side gives up
            else:
                writer.write(self.answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            self.heads.append("broken")
        finally:
            writer.close()


@asynccontextmanager
async def serving(machine: Machine, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Machine]:
    server = await asyncio.start_server(machine.handle, "127.0.0.1", 0, ssl=tls)
    machine.port = server.sockets[0].getsockname()[1]
    try:
        yield machine
    finally:
        server.close()


def message(url: str) -> Message:
    return Message(url, b'{"type":"webhook.test"}', {"Content-Type": "application/json", "webhook-id": "msg_1"})


async def test_a_message_goes_to_the_address_that_was_checked_and_keeps_the_name() -> None:
    names = Names(erp_example=[["127.0.0.1"]])
    async with serving(Machine()) as machine, over_http(LOCAL, names) as transport:
        answer = await transport.post(message(f"http://erp.example:{machine.port}/hooks?x=1"))

    assert answer.status == 204
    head = machine.heads[0].lower()
    assert head.startswith("post /hooks?x=1 http/1.1\r\n")
    assert f"\r\nhost: erp.example:{machine.port}\r\n" in head
    assert "\r\nwebhook-id: msg_1\r\n" in head
    assert machine.bodies == [b'{"type":"webhook.test"}']
    assert names.asked == ["erp.example"]


async def test_a_name_that_turns_private_after_it_was_entered_gets_nothing() -> None:
    """DNS rebinding: public when staff enter it, loopback when it is sent to."""
    async with serving(Machine()) as machine:
        names = Names(evil_example=[[PUBLIC], ["127.0.0.1"]])
        rules = Rules((), frozenset(), http=True, ports=None)
        async with over_http(rules, names) as transport:
            url = f"http://evil.example:{machine.port}/"
            assert await transport.check(url) == url
            with pytest.raises(Unsent, match="address refused"):
                await transport.post(message(url))
    assert (names.asked, machine.heads) == (["evil.example"] * 2, [])


async def test_a_name_is_looked_up_once_for_a_try() -> None:
    """Whatever it would stand for a moment later, the connection goes to what was checked."""
    async with serving(Machine()) as machine:
        names = Names(erp_example=[["127.0.0.1"], ["10.0.0.1"]])
        async with over_http(LOCAL, names) as transport:
            assert (await transport.post(message(f"http://erp.example:{machine.port}/"))).status == 204
            with pytest.raises(Unsent, match="address refused"):
                await transport.post(message(f"http://erp.example:{machine.port}/"))
    assert len(machine.heads) == 1


async def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    names = Names(mixed_example=[[PUBLIC, "10.0.0.1"]], none_example=[[]])
    async with over_http(STRICT, names) as transport:
        with pytest.raises(OutboundAddressRefused):
            await transport.check("https://mixed.example/")
        for unknown in ("https://none.example/", "https://nobody.example/"):
            with pytest.raises(OutboundAddressRefused):
                await transport.check(unknown)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://127。0。0。1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://0.0.0.0/",
        "https://10.0.0.1/",
        "https://[fe80::1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://localhost/",
    ],
)
async def test_private_machines_are_refused_by_the_resolver_of_the_system_too(url: str) -> None:
    transport = HttpTransport(OutboundSettings(), rules=STRICT, resolver=SystemResolver())
    with pytest.raises(OutboundAddressRefused):
        await transport.check(url)
    with pytest.raises(Unsent, match="address refused"):
        await transport.post(message(url))
    await transport.close()


async def test_the_next_address_is_tried_where_nobody_listens() -> None:
    names = Names(erp_example=[["127.0.0.2", "127.0.0.1"]])
    async with serving(Machine()) as machine, over_http(LOCAL, names) as transport:
        assert (await transport.post(message(f"http://erp.example:{machine.port}/"))).status == 204
    async with over_http(LOCAL, names) as transport:
        with pytest.raises(Unsent, match="ConnectError"):
            await transport.post(message(f"http://erp.example:{machine.port}/"))


async def test_a_redirect_is_an_answer_and_its_target_is_not_asked() -> None:
    async with serving(Machine()) as inner:
        away = f"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:{inner.port}/\r\ncontent-length: 0\r\n\r\n".encode()
        async with serving(Machine(away)) as machine, over_http(LOCAL, Names(a_example=[["127.0.0.1"]])) as transport:
            assert (await transport.post(message(f"http://a.example:{machine.port}/"))).status == 307
    assert (len(machine.heads), inner.heads) == (1, [])


async def test_only_the_beginning_of_a_huge_answer_is_read() -> None:
    huge = b"HTTP/1.1 200 OK\r\ncontent-length: 9000000000\r\n\r\n" + "가".encode() * 400_000
    async with serving(Machine(huge)) as machine, over_http(LOCAL, Names(a_example=[["127.0.0.1"]])) as transport:
        answer = await transport.post(message(f"http://a.example:{machine.port}/"))
    assert answer.status == 200
    assert answer.beginning == "가" * 341 + "\ufffd"


async def test_an_answer_with_zero_bytes_can_be_kept() -> None:
    odd = b"HTTP/1.1 400 X\r\ncontent-length: 3\r\n\r\na\x00\xff"
    async with serving(Machine(odd)) as machine, over_http(LOCAL, Names(a_example=[["127.0.0.1"]])) as transport:
        answer = await transport.post(message(f"http://a.example:{machine.port}/"))
    assert answer.beginning == "a\ufffd\ufffd"


@pytest.mark.parametrize("answer", [None, b"HTTP/1.1 200", b"nonsense\r\n\r\n", b""])
async def test_no_answer_is_unsent(answer: bytes | None) -> None:
    chosen = OutboundSettings(timeout_seconds=0.5)
    transport = HttpTransport(chosen, rules=LOCAL, resolver=Names(a_example=[["127.0.0.1"]]))
    async with serving(Machine(answer)) as machine:
        with pytest.raises(Unsent, match=r"^(timeout|ReadTimeout|RemoteProtocolError)$"):
            await transport.post(message(f"http://a.example:{machine.port}/"))
    await transport.close()


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(Machine()) as proxy, serving(Machine()) as machine:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with over_http(LOCAL, Names(a_example=[["127.0.0.1"]])) as transport:
            assert (await transport.post(message(f"http://a.example:{machine.port}/"))).status == 204
    assert (len(machine.heads), proxy.heads) == (1, [])


@pytest.mark.parametrize(
    ("status", "header", "expected"),
    [
        (503, "120", timedelta(seconds=120)),
        (429, "7200", timedelta(hours=1)),
        (429, "9" * 5000, None),
        (503, "Fri, 20 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        (503, "Fri, 20 Nov 2026 11:10:00 GMT", None),
        (503, "0", None),
        (503, "-5", None),
        (503, "soon", None),
        (500, "120", None),
        (200, "120", None),
    ],
)
async def test_retry_after_is_a_moment_within_the_hour(status: int, header: str, expected: timedelta | None) -> None:
    answer = f"HTTP/1.1 {status} X\r\nretry-after: {header}\r\ncontent-length: 0\r\n\r\n".encode()
    async with serving(Machine(answer)) as machine, over_http(LOCAL, Names(a_example=[["127.0.0.1"]])) as transport:
        with clock.as_of(NOON):
            told = await transport.post(message(f"http://a.example:{machine.port}/"))
    assert told.wait_until == (None if expected is None else NOON + expected)


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for this name alone, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = signed.public_bytes(serialization.Encoding.PEM)
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "both.pem").write_bytes(pem + private)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "both.pem")
    client = ssl.create_default_context(cadata=pem.decode())
    return server, client


def noting(into: list[str | None]) -> Callable[[ssl.SSLObject | ssl.SSLSocket, str | None, ssl.SSLContext], None]:
    def note(_socket: ssl.SSLObject | ssl.SSLSocket, name: str | None, _context: ssl.SSLContext) -> None:
        into.append(name)

    return note


async def test_tls_is_for_the_name_though_the_connection_is_to_the_address(tmp_path: Path) -> None:
    server, trust = certificate(tmp_path, "erp.example")
    asked_for: list[str | None] = []
    server.sni_callback = noting(asked_for)
    rules = Rules((ip_network("127.0.0.0/8"),), frozenset(), http=False, ports=None)
    names = Names(erp_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    transport = HttpTransport(OutboundSettings(), rules=rules, resolver=names, trust=trust)
    async with serving(Machine(), tls=server) as machine:
        assert (await transport.post(message(f"https://erp.example:{machine.port}/"))).status == 204
        # Another name at the same address and port: neither the certificate nor the open connection serves it.
        with pytest.raises(Unsent, match="ConnectError"):
            await transport.post(message(f"https://other.example:{machine.port}/"))
    await transport.close()
    assert (asked_for, len(machine.heads)) == (["erp.example", "other.example"], 1)
