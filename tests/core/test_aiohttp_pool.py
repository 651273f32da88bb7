"""The pool of aiohttp's connections under httpx: how many, how long, and what is given back."""

import asyncio
import gc
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from src.core.aiohttp_transport import AiohttpTransport
from src.core.http import new_http_client
from tests.app.outbound.http.test_http_transport import certificate
from tests.factories.lines import OK, Line, serving


def transport(**options: Any) -> AiohttpTransport:
    values = {"connections": 100, "keepalive_seconds": 15, "context": ssl.create_default_context(), **options}
    return AiohttpTransport(**values)


def asking(line: Line, **extensions: float) -> httpx.Request:
    limits = {"connect": 5.0, "read": 20.0, "write": 20.0, "pool": 10.0, **extensions}
    return httpx.Request("GET", line.url, extensions={"timeout": limits})


@asynccontextmanager
async def opened(**options: Any) -> AsyncIterator[Callable[..., Any]]:
    made = transport(**options)

    async def ask(line: Line, **extensions: float) -> httpx.Response:
        answer = await made.handle_async_request(asking(line, **extensions))
        try:
            await answer.aread()
        finally:
            await answer.aclose()
        return answer

    yield ask
    await made.aclose()


async def test_it_keeps_no_cookies() -> None:
    """Those that httpx keeps are its own."""
    async with serving(Line(OK.replace(b"\r\n\r\n", b"\r\nset-cookie: a=b; path=/\r\n\r\n"))) as line, opened() as ask:
        assert (await ask(line)).headers["set-cookie"] == "a=b; path=/"
        await ask(line)
    assert b"cookie" not in line.requests[1].lower()


async def test_a_connection_is_kept_as_long_as_told() -> None:
    async with serving(Line()) as line, opened(keepalive_seconds=0.2) as ask:
        await ask(line)
        await ask(line)
        assert line.connections == 1
        await asyncio.sleep(0.5)
        assert line.open_now == 0
        await ask(line)
    assert line.connections == 2


async def test_idle_connections_end_before_the_servers_end_them() -> None:
    made = new_http_client("http://127.0.0.1", read_seconds=1, over_aiohttp=True)._transport
    assert isinstance(made, AiohttpTransport)
    connector = made._opened().connector
    assert connector is not None
    assert (connector.limit, connector._keepalive_timeout) == (100, 15)
    await made.aclose()


async def test_the_pool_has_no_more_connections_than_told_and_waits_no_longer_than_told() -> None:
    async with serving(Line(wait_seconds=0.1)) as line, opened(connections=2) as ask:
        await asyncio.gather(*(ask(line) for _ in range(6)))
        assert (line.most_open, len(line.requests)) == (2, 6)
        asked = [asyncio.create_task(ask(line)) for _ in range(2)]
        await asyncio.sleep(0.02)
        with pytest.raises(httpx.PoolTimeout):
            await ask(line, pool=0.01)
        await asyncio.gather(*asked)
    assert len(line.requests) == 8


async def test_given_up_requests_give_their_place_back() -> None:
    async with serving(Line(b"")) as line, opened(connections=2) as ask:
        for reading in (b"", OK[:-1]):
            line.answer = reading
            for _ in range(3):
                asked = [asyncio.create_task(ask(line)) for _ in range(3)]
                await asyncio.sleep(0.02)
                for one in asked:
                    one.cancel()
                assert {type(found) for found in await asyncio.gather(*asked, return_exceptions=True)} == {
                    asyncio.CancelledError
                }
        await asyncio.sleep(0.02)
        assert line.open_now == 0
        line.answer = OK
        assert [one.status_code for one in await asyncio.gather(*(ask(line) for _ in range(4)))] == [200] * 4


async def test_an_answer_that_nobody_reads_to_the_end_closes_its_connection() -> None:
    made = transport(connections=1)
    async with serving(Line(OK[:-1])) as line:
        for _ in range(3):
            answer = await made.handle_async_request(asking(line))
            await answer.aclose()
            await answer.stream.aclose()  # type: ignore[union-attr]
    await made.aclose()
    assert line.connections == 3


def test_it_is_made_outside_of_a_loop_and_leaves_nothing_open() -> None:
    """Each time in a loop of its own, as commands do."""
    faults: list[Any] = []

    async def once(client: httpx.AsyncClient | None) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
        async with serving(Line()) as line:
            if client is not None:
                assert (await client.get(line.url)).status_code == 200
                await client.aclose()
        gc.collect()

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for _ in range(2):
            client = new_http_client("", read_seconds=5, over_aiohttp=True)
            asyncio.run(once(client))
            unused = new_http_client("", read_seconds=5, over_aiohttp=True)
            asyncio.run(unused.aclose())
    assert faults == []
    assert [str(one.message) for one in warned if "client session" in str(one.message)] == []


async def test_tls_is_for_the_name_and_the_connection_is_kept(tmp_path: Path) -> None:
    tls, trust = certificate(tmp_path, "localhost")
    async with serving(Line(), tls=tls) as line, httpx.AsyncClient(transport=transport(context=trust)) as client:
        for _ in range(3):
            assert (await client.post(f"https://localhost:{line.port}/", json={})).json() == {}
    assert (len(line.requests), line.connections) == (3, 1)
