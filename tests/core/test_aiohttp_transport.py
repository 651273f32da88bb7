"""aiohttp's connections under httpx: the same bytes and the same errors as httpx's own transport, case by case."""

import asyncio
import gzip
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from src.core.http import new_http_client
from tests.app.outbound.http.test_http_transport import certificate
from tests.conftest import free_port
from tests.factories.lines import OK, Line, deaf, serving

BOTH = pytest.mark.parametrize("over_aiohttp", [False, True], ids=["httpx", "aiohttp"])
METHODS = pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])


def client_of(port: int, *, over_aiohttp: bool, read: float = 20, scheme: str = "http") -> httpx.AsyncClient:
    return new_http_client(f"{scheme}://127.0.0.1:{port}", read_seconds=read, over_aiohttp=over_aiohttp)


async def failure(client: httpx.AsyncClient, method: str = "GET", **options: Any) -> type[Exception]:
    body = {"amount": 900} if method in {"POST", "PUT"} else None
    with pytest.raises(httpx.HTTPError) as raised:
        await client.request(method, "/", json=body, **options)
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
            assert await failure(client, "POST", timeout=httpx.Timeout(20, connect=0.2)) is httpx.ConnectTimeout


@BOTH
async def test_a_name_that_is_not_known_got_nothing(over_aiohttp: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    async with new_http_client("https://nobody.example", read_seconds=1, over_aiohttp=over_aiohttp) as client:
        assert await failure(client, "POST") is httpx.ConnectError


@BOTH
async def test_who_says_nothing_in_the_handshake_got_nothing(over_aiohttp: bool) -> None:
    async with serving(Line()) as line, client_of(line.port, over_aiohttp=over_aiohttp, scheme="https") as client:
        assert await failure(client, "POST", timeout=httpx.Timeout(20, connect=0.2)) is httpx.ConnectTimeout
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
        assert (await client.get("/")).status_code == 200
        assert await failure(client, method) is expected
    assert (len(line.requests), line.connections) == (2, 1)


@BOTH
@METHODS
async def test_a_server_that_left_an_idle_connection_is_connected_to_anew(over_aiohttp: bool, method: str) -> None:
    async with serving(Line()) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
        await client.get("/")
        line.hang_up()
        await asyncio.sleep(0.05)
        assert (await client.request(method, "/")).status_code == 200
    assert (len(line.requests), line.connections) == (2, 2)


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
    async with serving(Line()) as line:
        for over_aiohttp in (False, True):
            async with client_of(line.port, over_aiohttp=over_aiohttp) as client:
                await client.get(path, headers={"X-Twice": "1"})
                await client.post(path)
                await client.post(path, json={"이름": "김민지"}, headers={"Idempotency-Key": '"a b"'})
                await client.put(path, content=b"\x00\xff" * 40_000)
    assert len(line.requests) == 8
    assert line.requests[4:] == line.requests[:4]


@BOTH
async def test_a_query_of_json_arrives_as_it_is(over_aiohttp: bool) -> None:
    async with serving(Line()) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
        await client.get("/payments", params={"requestBody": '{"from":"2026-11-20T03:00:00.000+09:00","q":"주문 &=/"}'})
    assert line.requests[0].startswith(
        b"GET /payments?requestBody=%7B%22from%22%3A%222026-11-20T03%3A00%3A00.000%2B09%3A00%22%2C%22q%22%3A%22"
        b"%EC%A3%BC%EB%AC%B8+%26%3D%2F%22%7D HTTP/1.1\r\n"
    )


async def test_an_error_quotes_nothing_of_address_and_answer() -> None:
    line = Line(b"secret 010-1234-5678\r\n\r\n")
    async with serving(line), client_of(line.port, over_aiohttp=True) as client:
        with pytest.raises(httpx.RemoteProtocolError, match=r"^ClientResponseError$"):
            await client.get("/payments/1")


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
        answer = await client.get("/")
    assert (answer.status_code, answer.reason_phrase, answer.http_version) == (201, "Made So", "HTTP/1.1")
    assert answer.headers.get_list("x-a") == ["1", "2"]
    assert answer.content == body


@BOTH
async def test_an_answer_packed_wrongly_is_an_error_of_httpx(over_aiohttp: bool) -> None:
    broken = OK.replace(b"\r\n\r\n", b"\r\ncontent-encoding: gzip\r\n\r\n")
    async with serving(Line(broken)) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
        assert await failure(client) is httpx.DecodingError


@BOTH
async def test_a_redirect_is_an_answer(over_aiohttp: bool) -> None:
    async with serving(Line()) as inner:
        away = f"HTTP/1.1 307 X\r\nlocation: {inner.url}/\r\ncontent-length: 0\r\n\r\n".encode()
        async with serving(Line(away)) as line, client_of(line.port, over_aiohttp=over_aiohttp) as client:
            assert (await client.post("/", json={})).status_code == 307
    assert (len(line.requests), inner.requests) == (1, [])


@BOTH
async def test_a_proxy_of_the_environment_is_not_asked(over_aiohttp: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(Line()) as proxy, serving(Line()) as line:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        async with client_of(line.port, over_aiohttp=over_aiohttp) as client:
            await client.get("/")
    assert (len(line.requests), proxy.requests) == (1, [])
