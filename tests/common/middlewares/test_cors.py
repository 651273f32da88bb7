"""The short way of `Cors` sends what Starlette's middleware would send."""

from typing import Any

import pytest
from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

from src.common.middlewares.cors import Cors

Pairs = list[tuple[bytes, bytes]]


async def answer(kind: type[CORSMiddleware], asked: Pairs, answered: Any, method: str = "GET") -> tuple[int, Pairs]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": 200}
        await send(start if answered is None else {**start, "headers": answered})
        await send({"type": "http.response.body", "body": b"x"})

    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    async def receive() -> Any:
        raise AssertionError("nothing reads a body")

    middleware = kind(app, allow_origins=["https://shop.example"], allow_credentials=True, expose_headers=["ETag"])
    await middleware({"type": "http", "method": method, "path": "/", "headers": asked}, receive, send)
    assert messages[1]["body"] in (b"x", b"OK") or messages[0]["status"] == 400
    return messages[0]["status"], sorted(messages[0]["headers"])


@pytest.mark.parametrize(
    "answered", [None, [], [(b"vary", b"Accept")], [(b"etag", b'"1"'), (b"vary", b"a"), (b"vary", b"b")]]
)
@pytest.mark.parametrize(
    "asked",
    [[], [(b"host", b"x")], [(b"origin", b"https://shop.example")], [(b"origin", b"https://elsewhere.example")]],
)
async def test_headers_are_starlettes(asked: Pairs, answered: Any) -> None:
    given = None if answered is None else list(answered)
    found = await answer(Cors, asked, answered)
    assert found == await answer(CORSMiddleware, asked, given)
    assert any(name == b"vary" and b"Origin" in value for name, value in found[1])


async def test_a_preflight_is_starlettes() -> None:
    asked = [(b"origin", b"https://elsewhere.example"), (b"access-control-request-method", b"POST")]
    found = await answer(Cors, asked, [], "OPTIONS")
    assert found == await answer(CORSMiddleware, asked, [], "OPTIONS")
    assert found[0] == 400
