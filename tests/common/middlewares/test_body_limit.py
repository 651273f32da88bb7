"""A body over the limit is refused, by what is declared or by what comes."""

from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from src.common.middlewares.body_limit import BodyLimit

CHUNKED = (b"transfer-encoding", b"chunked")


async def status_of(headers: list[tuple[bytes, bytes]], *chunks: bytes, path: str = "/") -> int:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "http.request" and message["more_body"]:
            pass
        status = 200 if message["type"] == "http.request" else 400
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    coming = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    coming.append({"type": "http.request", "body": b"", "more_body": False})
    sent: list[Any] = []

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    limited = BodyLimit(app, limit=10, own={"/large": 20, "/below/": 15})
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b""}
    await limited(scope, receive, send)
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("declared", "path", "status"),
    [
        (b"10", "/", 200),
        (b"11", "/", 413),
        (b"-1", "/", 413),
        (b"1e1", "/", 413),
        (b"9" * 5000, "/", 413),
        (b"20", "/large", 200),
        (b"21", "/large", 413),
        (b"15", "/below/x", 200),
        (b"16", "/below/x", 413),
    ],
)
async def test_a_declared_length_decides(declared: bytes, path: str, status: int) -> None:
    assert await status_of([(b"content-length", declared)], path=path) == status


async def test_undeclared_bytes_are_counted() -> None:
    assert await status_of([CHUNKED], b"12345", b"12345") == 200
    assert await status_of([CHUNKED], b"12345", b"123456") == 413
    assert await status_of([CHUNKED], b"x" * 20, path="/large") == 200
    assert await status_of([CHUNKED], b"x" * 21, path="/large") == 413
    assert await status_of([(b"content-length", b"3"), CHUNKED], b"x" * 11) == 413


async def test_without_a_body_nothing_is_refused() -> None:
    assert await status_of([]) == 200
