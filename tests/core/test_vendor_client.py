"""The vendor client beside httpx on its own transport: the same bytes and the same errors, case by case."""

import asyncio
import gzip
import socket
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from src.core.http import Answer, Limits, new_http_client, new_vendor_client
from src.core.vendor_client import VendorClient
from tests.app.outbound.http.test_http_transport import certificate
from tests.conftest import free_port
from tests.factories.lines import OK, Line, deaf, serving

BOTH = pytest.mark.parametrize("over_aiohttp", [False, True], ids=["httpx", "vendor client"])
METHODS = pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])


class OnHttpx:
    """httpx, asked as the vendor client is."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def request(
        self,
        method: str,
        target: str,
        *,
        content: bytes = b"",
        headers: dict[str, str] | None = None,
        limits: Limits | None = None,
    ) -> Answer:
        kind = {"Content-Type": "application/json"} if content else {}
        options: dict[str, Any] = {}
        if limits:
            options["timeout"] = httpx.Timeout(limits.read, connect=limits.connect, pool=limits.pool)
        answer = await self._client.request(
            method, target, content=content or None, headers={**kind, **(headers or {})}, **options
        )
        return Answer(answer.status_code, answer.content)


def client_of(
    port: int, *, over_aiohttp: bool, read: float = 20, scheme: str = "http", host: str = "127.0.0.1"
) -> OnHttpx | VendorClient:
    base_url = f"{scheme}://{host}:{port}"
    if over_aiohttp:
        return new_vendor_client(base_url, read_seconds=read)
    return OnHttpx(new_http_client(base_url, read_seconds=read))


HASTY = Limits(connect=0.2, read=20, pool=20)


async def failure(client: OnHttpx | VendorClient, method: str = "GET", **options: Any) -> type[Exception]:
    content = b'{"amount":900}' if method in {"POST", "PUT"} else b""
    with pytest.raises(httpx.HTTPError) as raised:
        await client.request(method, "/", content=content, **options)
    return type(raised.value)


@BOTH
@METHODS
async def test_who_refuses_got_nothing(over_aiohttp: bool, method: str) -> None:
    async with client_of(free_port(), over_aiohttp=over_aiohttp) as client:
        assert await failure(client, method) is httpx.ConnectError


@BOTH
async def test_who_does_not_take_the_connection_got_nothing(over_aiohttp: bool) -> None:
    with deaf() as port:
        async with client_of(port, over_aiohttp=over_aiohttp) as client:
            assert await failure(client, "POST", limits=HASTY) is httpx.ConnectTimeout


@BOTH
async def test_a_name_that_is_not_known_got_nothing(over_aiohttp: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    async with client_of(443, over_aiohttp=over_aiohttp, scheme="https", host="nobody.example") as client:
        assert await failure(client, "POST") is httpx.ConnectError


@BOTH
async def test_who_says_nothing_in_the_handshake_got_nothing(over_aiohttp: bool) -> None:
    async with serving(Line()) as line, client_of(line.port, over_aiohttp=over_aiohttp, scheme="https") as client:
        assert await failure(client, "POST", limits=HASTY) is httpx.ConnectTimeout
    assert line.requests == []


@BOTH
async def test_who_hangs_up_in_the_handshake_or_is_a_stranger_got_nothing(over_aiohttp: bool, tmp_path: Path) -> None:
    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    tls, _ = certificate(tmp_path, "erp.example")
    rude = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with serving(Line(), tls=tls) as line, rude:
        for port in (rude.sockets[0].getsockname()[1], line.port):
            async with client_of(port, over_aiohttp=over_aiohttp, scheme="https") as client:
                assert await failure(client, "POST") is httpx.ConnectError
    assert line.requests == []


@BOTH
@METHODS
@pytest.mark.parametrize(
    ("answer", "keeps", "expected"),
    [
        (b"", True, httpx.ReadTimeout),
        (b"", False, httpx.RemoteProtocolError),
        (None, False, httpx.ReadError),
        (b"HTTP/1.1 200 OK\r\ncontent-le", True, httpx.ReadTimeout),
        (b"HTTP/1.1 200 OK\r\ncontent-le", False, httpx.RemoteProtocolError),
        (OK[:-1], True, httpx.ReadTimeout),
        (OK[:-1], False, httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{", False, httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n{}\r\n", False, httpx.RemoteProtocolError),
        (b"nonsense\r\n\r\n", False, httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nx: " + b"x" * 200_000 + b"\r\n\r\n", False, httpx.RemoteProtocolError),
    ],
    ids=str,
)
async def test_who_read_the_request_may_have_acted_and_is_not_asked_again(
    over_aiohttp: bool, method: str, answer: bytes | None, keeps: bool, expected: type[Exception]
) -> None:
    async with serving(Line(answer, keeps=keeps)) as line:
        async with client_of(line.port, over_aiohttp=over_aiohttp, read=0.3) as client:
            assert await failure(client, method) is expected
        assert len(line.requests) == 1


@BOTH
@METHODS
@pytest.mark.parametrize(("last", "expected"), [(b"", httpx.RemoteProtocolError), (None, httpx.ReadError)])
async def test_a_request_lost_on_a_kept_connection_is_not_sent_again(
    over_aiohttp: bool, method: str, last: bytes | None, expected: type[Exception]
) -> None:
    line = Line()

    def answer(number: int) -> bytes | None:
        line.keeps = number == 1
        return OK if number == 1 else last

    line.answer = answer
    async with serving(line), client_of(line.port, over_aiohttp=over_aiohttp) as client:
        assert (await client.request("GET", "/")).status_code == 200
        assert await failure(client, method) is expected
    assert (len(line.requests), line.connections) == (2, 1)


@BOTH
@METHODS
async def test_a_server_that_left_an_idle_connection_is_connected_to_anew(over_aiohttp: bool, method: str) -> None:
    async with serving(Line()) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
        await client.request("GET", "/")
        line.hang_up()
        await asyncio.sleep(0.05)
        assert (await client.request(method, "/")).status_code == 200
    assert (len(line.requests), line.connections) == (2, 2)


def parted(request: bytes) -> tuple[bytes, bytes]:
    head, _, body = request.partition(b"\r\n\r\n")
    return head, body


@pytest.mark.parametrize(
    "path",
    [
        "/payments/a%2Fb/cancel",
        "/payments/..%2Fcancel",
        "/payments/%EC%A3%BC%EB%AC%B8%201?storeId=%EA%B0%80+%2B%20",
        "/payments/주문 1?q=주문 1&r=a+b",
        "/payments/a%252Fb?x=%2f%2F",
        "/a+b%2Bc;d=1,2/~!$&'()*@:?a=~!$&'()*@:/;,+%26",
        "/%7Eme/%41?%7E=%41#gone",
        "/a/../b/./c?x=../y",
        "/a//b",
        "/100%",
        "/[x]|{y}^`?[x]|{y}^`",
    ],
)
async def test_the_bytes_of_a_request_are_httpxs(path: str) -> None:
    """Of a target that is quoted already, nothing is quoted again."""
    path = httpx.URL(f"http://shop{path}").raw_path.decode()
    async with serving(Line()) as line:
        for over_aiohttp in (False, True):
            async with client_of(line.port, over_aiohttp=over_aiohttp) as client:
                await client.request("GET", path, headers={"X-Twice": "1"})
                await client.request("POST", path)
                await client.request(
                    "POST", path, content='{"이름":"김민지"}'.encode(), headers={"Idempotency-Key": '"a b"'}
                )
                await client.request("PUT", path, content=b"\x00\xff" * 40_000)
    assert len(line.requests) == 8
    said = [(head.split(b"\r\n")[0], sorted(head.split(b"\r\n")), body) for head, body in map(parted, line.requests)]
    assert said[4:] == said[:4]


async def test_an_error_quotes_nothing_of_address_and_answer() -> None:
    line = Line(b"secret 010-1234-5678\r\n\r\n")
    async with serving(line), client_of(line.port, over_aiohttp=True) as client:
        with pytest.raises(httpx.RemoteProtocolError, match=r"^ClientResponseError$"):
            await client.request("GET", "/payments/1")


async def test_a_header_that_breaks_the_line_is_not_sent() -> None:
    async with serving(Line()) as line, client_of(line.port, over_aiohttp=True) as client:
        assert await failure(client, headers={"X-A": "a\r\nX-B: b"}) is httpx.LocalProtocolError
    assert line.requests == []


@BOTH
async def test_an_answer_is_read_as_it_came(over_aiohttp: bool) -> None:
    body = "가나다".encode() * 500_000
    packed = gzip.compress(body)
    head = f"HTTP/1.1 201 Made So\r\nx-a: 1\r\nx-a: 2\r\ncontent-length: {len(packed)}\r\ncontent-encoding: gzip\r\n"
    head += f"x-long: {'x' * 20_000}\r\n\r\n"
    async with serving(Line(head.encode() + packed)) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
        answer = await client.request("GET", "/")
    assert (answer.status_code, answer.content) == (201, body)


@BOTH
async def test_an_answer_packed_wrongly_is_an_error_of_httpx(over_aiohttp: bool) -> None:
    broken = OK.replace(b"\r\n\r\n", b"\r\ncontent-encoding: gzip\r\n\r\n")
    async with serving(Line(broken)) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
        assert await failure(client) is (httpx.RemoteProtocolError if over_aiohttp else httpx.DecodingError)


@BOTH
async def test_a_redirect_is_an_answer(over_aiohttp: bool) -> None:
    async with serving(Line()) as inner:
        away = f"HTTP/1.1 307 X\r\nlocation: {inner.url}/\r\ncontent-length: 0\r\n\r\n".encode()
        async with serving(Line(away)) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
            assert (await client.request("POST", "/", content=b"{}")).status_code == 307
    assert (len(line.requests), inner.requests) == (1, [])


@BOTH
async def test_a_proxy_of_the_environment_is_not_asked(over_aiohttp: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(Line()) as proxy, serving(Line()) as line:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        async with client_of(line.port, over_aiohttp=over_aiohttp) as client:
            await client.request("GET", "/")
    assert (len(line.requests), proxy.requests) == (1, [])
