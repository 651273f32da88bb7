"""The pool of a vendor client: how many connections, how long, and what is given back."""

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

from src.core.http import Answer, Limits, new_vendor_client
from src.core.vendor_client import VendorClient
from tests.app.outbound.http.test_http_transport import certificate
from tests.factories.lines import OK, Line, serving


def client_of(base_url: str, **options: Any) -> VendorClient:
    values = {"connections": 100, "keepalive_seconds": 15, "context": ssl.create_default_context(), **options}
    return VendorClient(base_url, headers={}, limits=Limits(connect=5, read=20, pool=10), **values)


@asynccontextmanager
async def opened(line: Line, **options: Any) -> AsyncIterator[Callable[..., Any]]:
    async with client_of(line.url, **options) as made:

        async def ask(*, pool: float = 10) -> Answer:
            return await made.request("GET", "/", limits=Limits(connect=5, read=20, pool=pool))

        yield ask


async def test_it_keeps_no_cookies() -> None:
    async with (
        serving(Line(OK.replace(b"\r\n\r\n", b"\r\nset-cookie: a=b; path=/\r\n\r\n"))) as line,
        opened(line) as ask,
    ):
        await ask()
        await ask()
    assert b"cookie" not in line.requests[1].lower()


async def test_a_connection_is_kept_as_long_as_told() -> None:
    async with serving(Line()) as line, opened(line, keepalive_seconds=0.2) as ask:
        await ask()
        await ask()
        assert line.connections == 1
        await asyncio.sleep(0.5)
        assert line.open_now == 0
        await ask()
    assert line.connections == 2


async def test_idle_connections_end_before_the_servers_end_them() -> None:
    made = new_vendor_client("http://127.0.0.1", read_seconds=1)
    connector = made._opened().connector
    assert connector is not None
    assert (connector.limit, connector._keepalive_timeout) == (100, 15)
    await made.aclose()


async def test_the_pool_has_no_more_connections_than_told_and_waits_no_longer_than_told() -> None:
    async with serving(Line(wait_seconds=0.1)) as line, opened(line, connections=2) as ask:
        await asyncio.gather(*(ask() for _ in range(6)))
        assert (line.most_open, len(line.requests)) == (2, 6)
        asked = [asyncio.create_task(ask()) for _ in range(2)]
        await asyncio.sleep(0.02)
        with pytest.raises(httpx.PoolTimeout):
            await ask(pool=0.01)
        await asyncio.gather(*asked)
    assert len(line.requests) == 8


async def test_given_up_requests_give_their_place_back() -> None:
    async with serving(Line(b"")) as line, opened(line, connections=2) as ask:
        for reading in (b"", OK[:-1]):
            line.answer = reading
            for _ in range(3):
                asked = [asyncio.create_task(ask()) for _ in range(3)]
                await asyncio.sleep(0.02)
                for one in asked:
                    one.cancel()
                assert {type(found) for found in await asyncio.gather(*asked, return_exceptions=True)} == {
                    asyncio.CancelledError
                }
        await asyncio.sleep(0.02)
        assert line.open_now == 0
        line.answer = OK
        assert [one.status_code for one in await asyncio.gather(*(ask() for _ in range(4)))] == [200] * 4


def test_it_is_made_outside_of_a_loop_and_leaves_nothing_open() -> None:
    """Each time in a loop of its own, as commands do."""
    faults: list[Any] = []

    async def once(client: VendorClient | None) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, fault: faults.append(fault))
        async with serving(Line()) as line:
            if client is not None:
                client._base_url = line.url
                assert (await client.request("GET", "/")).status_code == 200
                await client.aclose()
        gc.collect()

    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        for _ in range(2):
            client = new_vendor_client("", read_seconds=5)
            asyncio.run(once(client))
            unused = new_vendor_client("", read_seconds=5)
            asyncio.run(unused.aclose())
    assert faults == []
    assert [str(one.message) for one in warned if "client session" in str(one.message)] == []


async def test_tls_is_for_the_name_and_the_connection_is_kept(tmp_path: Path) -> None:
    tls, trust = certificate(tmp_path, "localhost")
    async with serving(Line(), tls=tls) as line, client_of(f"https://localhost:{line.port}", context=trust) as client:
        for _ in range(3):
            assert (await client.request("POST", "/", content=b"{}")).json() == {}
    assert (len(line.requests), line.connections) == (3, 1)
