"""A server that ends serves everybody who is inside and turns the others away, over real connections."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from uvicorn import Config

from src.core.draining import DrainingServer, turn_away

GET = b"GET / HTTP/1.1\r\nHost: shop\r\n\r\n"
SECONDS = 20.0  # many times what anything here takes

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Served:
    """A server of its own, what it serves, and its one listening socket."""

    server: DrainingServer
    listening: socket.socket
    address: tuple[str, int]
    serving: "asyncio.Task[None]"
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self) -> Connection:
        """A new connection."""
        return await asyncio.open_connection(*self.address)


@asynccontextmanager
async def served(*, drain_seconds: float) -> AsyncIterator[Served]:
    """A running server whose requests are answered once `go_on` is set."""
    told: list[Served] = []

    async def app(scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
        await told[0].go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})

    listening = socket.create_server(("127.0.0.1", 0))
    config = Config(app, lifespan="off", log_config=None, ws="none", timeout_keep_alive=60, timeout_graceful_shutdown=1)
    server = DrainingServer(config, drain_seconds=drain_seconds)
    # Not `serve`, which would take this process's signals.
    made = Served(server, listening, listening.getsockname(), asyncio.create_task(server._serve([listening])))
    told.append(made)
    made.go_on.set()
    while not server.started:  # noqa: ASYNC110 - uvicorn sets no event
        await asyncio.sleep(0.01)
    try:
        yield made
    finally:
        made.go_on.set()
        server.should_exit = True
        await asyncio.wait_for(made.serving, SECONDS)


async def ask(connection: Connection) -> str:
    """The head of the answer to one request on this connection, in lower case."""
    reader, writer = connection
    writer.write(GET)
    return await head_of(reader)


async def head_of(reader: asyncio.StreamReader) -> str:
    """The head of the next answer, in lower case."""
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), SECONDS)
    assert await asyncio.wait_for(reader.readexactly(2), SECONDS) == b"ok"
    return head.decode().lower()


async def is_draining(one: Served) -> None:
    """Wait until the server has closed its door."""
    while one.listening.fileno() != -1:  # noqa: ASYNC110 - as above
        await asyncio.sleep(0.01)


async def test_an_idle_connection_is_kept_and_told_to_leave_by_its_next_answer() -> None:
    async with served(drain_seconds=SECONDS) as one:
        kept = await one.connect()
        assert "connection: close" not in await ask(kept)

        one.server.should_exit = True
        await is_draining(one)
        assert not one.serving.done()

        assert "connection: close" in await ask(kept)
        assert await asyncio.wait_for(kept[0].read(), SECONDS) == b""
        await asyncio.wait_for(one.serving, SECONDS)  # at once, and not at the end of the drain


async def test_who_is_connected_but_not_yet_accepted_is_served() -> None:
    async with served(drain_seconds=SECONDS) as one:
        clients = [socket.create_connection(one.address) for _ in range(20)]  # the loop stands still
        for client in clients:
            client.sendall(GET)
        one.server.should_exit = True
        answers = []
        for client in clients:
            client.setblocking(False)
            reader, writer = await asyncio.open_connection(sock=client)
            answers.append(await head_of(reader))
            writer.close()
        assert all(answer.startswith("http/1.1 200") for answer in answers)
        assert len(answers) == 20


async def test_a_request_under_way_is_answered_and_nobody_new_comes_in() -> None:
    async with served(drain_seconds=SECONDS) as one:
        one.go_on.clear()
        busy = await one.connect()
        busy[1].write(GET)
        while not one.server.server_state.tasks:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)

        one.server.should_exit = True
        await is_draining(one)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.wait_for(one.connect(), SECONDS)
        one.go_on.set()

        assert (await head_of(busy[0])).startswith("http/1.1 200")
        busy[1].close()


async def test_newcomers_are_dropped_and_then_refused_never_reset() -> None:
    """A connection that begins in the last moment would be reset with its request; so it does not come about."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        before = await asyncio.open_connection(*listening.getsockname())
        turn_away([listening])
        late = asyncio.create_task(asyncio.open_connection(*listening.getsockname()))
        await asyncio.sleep(0)
        accepted, _ = listening.accept()
        with accepted:
            listening.setblocking(False)
            with pytest.raises(BlockingIOError):
                listening.accept()
            before[1].write(b"still served")
            await before[1].drain()
            assert accepted.recv(100) == b"still served"
        listening.close()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.wait_for(late, SECONDS)
        before[1].close()


async def test_a_client_that_never_leaves_is_waited_for_no_longer_than_the_drain() -> None:
    async with served(drain_seconds=0.3) as one:
        idle = await one.connect()
        await ask(idle)
        one.server.should_exit = True
        await asyncio.wait_for(one.serving, SECONDS)
        assert await asyncio.wait_for(idle[0].read(), SECONDS) == b""


async def test_without_a_drain_it_ends_at_once() -> None:
    async with served(drain_seconds=0) as one:
        idle = await one.connect()
        assert "connection: close" not in await ask(idle)
        one.server.should_exit = True
        await asyncio.wait_for(one.serving, SECONDS)
