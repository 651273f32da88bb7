"""A TCP relay in front of the database, so that a test can disconnect only the shop from the database.

It parses the client's commands, and can cut one connection at an exact point of a transaction, or stop forwarding.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, Literal

from tests.concurrency.servers import Database
from tests.conftest import free_port

Point = Literal["before", "in", "late", "after"]
"""The point at which a transaction is cut. `before`: at the statement that contains `having`. `in`: at COMMIT, which
the server never gets. `late`: at COMMIT, which the server gets later. `after`: after the server's COMMIT, before the
client gets the answer."""

# Commands of the protocol: a text, a text to be kept under a number, and the number of a kept text with its values.
QUERY, PREPARE, EXECUTE = b"\x03", b"\x16", b"\x17"
PREPARED: Final = 9
"""Bytes of the first packet of an answer to PREPARE until the end of the number: head, status 0, number."""
LATE_SECONDS: Final = 0.5


@dataclass
class Cut:
    """Cut connections `times` times, at `point` of transactions with a statement that contains `having`."""

    point: Point
    having: bytes
    times: int = 1
    is_alone: bool = False
    done: int = 0

    def takes(self) -> bool:
        """Count one cut and return True; return False once `times` is reached."""
        if self.done >= self.times:
            return False
        self.done += 1
        return True


@dataclass
class _Link:
    """One connection. `is_marked`: a statement of the open transaction contained `having`. `is_deaf`: answers are no
    longer forwarded. `prepared`: the texts that the server keeps, by their numbers; `asked`: the one that waits for
    its number."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter | None = None
    is_marked: bool = False
    is_deaf: bool = field(default=False)
    prepared: dict[bytes, bytes] = field(default_factory=dict)
    asked: bytes = b""

    def text_of(self, body: bytes) -> bytes:
        """Return the text of the statement that this command runs, empty for a command that runs none."""
        kind = body[:1]
        if kind == PREPARE:
            self.asked = body[1:]
        return body[1:] if kind == QUERY else self.prepared.get(body[1:5], b"") if kind == EXECUTE else b""

    def hear(self, chunk: bytes) -> None:
        """Keep the number that the server gave to the text that was asked for last."""
        if self.asked and len(chunk) >= PREPARED:
            if chunk[4] == 0:
                self.prepared[chunk[5:PREPARED]] = self.asked
            self.asked = b""


class Relay:
    """Forward bytes while open. Closing it aborts all connections; then none is accepted."""

    def __init__(self, database: Database) -> None:
        self._to = database.address
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._cut: Cut | None = None
        self._speaks = asyncio.Event()
        self._speaks.set()

    def url(self, database: Database) -> str:
        """Return the database's URL through the relay."""
        return database.url.replace(f"@{self._to.host}:{self._to.port}/", f"@127.0.0.1:{self.port}/")

    async def open(self) -> None:
        """Accept connections."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    async def close(self) -> None:
        """Abort all connections and accept no more, as if the database were down."""
        if self._server is not None:
            self._server.close()
            self._server = None
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(set(self._tasks))

    def cut(self, point: Point, having: str, *, times: int = 1, alone: bool = False) -> Cut:
        """Cut the next transactions with a statement that contains `having`; `done` of the result counts the cuts.

        With `alone`, the statement commits by itself, so it is cut like a COMMIT.
        """
        self._cut = Cut(point, having.encode(), times, alone)
        return self._cut

    def fall_silent(self) -> None:
        """Stop forwarding. Connections stay open and new ones are accepted."""
        self._speaks.clear()

    def speak(self) -> None:
        """Forward what waits, and continue forwarding."""
        self._speaks.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._relay(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link(writer)
        try:
            await self._speaks.wait()
            far_reader, link.server = await asyncio.open_connection(self._to.host, self._to.port)
            await asyncio.gather(self._commands(reader, link), self._answers(far_reader, link))
        finally:
            for one in (link.client, link.server):
                if one is not None:
                    one.transport.abort()

    async def _commands(self, reader: asyncio.StreamReader, link: _Link) -> None:
        assert link.server is not None
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(4)
                body = await reader.readexactly(int.from_bytes(head[:3], "little"))
                await self._speaks.wait()
                if not await self._is_cut(body, link):
                    link.server.write(head + body)
                    await link.server.drain()
        if not link.is_deaf:
            link.server.transport.abort()

    async def _answers(self, reader: asyncio.StreamReader, link: _Link) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(65_536):
                await self._speaks.wait()
                if link.is_deaf:
                    break
                link.hear(chunk)
                link.client.write(chunk)
                await link.client.drain()
        link.client.transport.abort()

    async def _is_cut(self, body: bytes, link: _Link) -> bool:
        """Return True if the connection was cut, so that this command must not be forwarded."""
        cut = self._cut
        text = link.text_of(body)
        if cut is None or not text:
            return False
        if text == b"BEGIN":
            link.is_marked = False
        elif cut.having in text and cut.point == "before" and cut.takes():
            return await _torn(link)
        elif cut.having in text and cut.is_alone and cut.takes():
            return await _torn_at_commit(cut.point, link)
        elif cut.having in text:
            link.is_marked = True
        elif text == b"COMMIT" and link.is_marked and cut.takes():
            return await _torn_at_commit(cut.point, link)
        return False


async def _torn(link: _Link) -> bool:
    assert link.server is not None
    link.client.transport.abort()
    link.server.transport.abort()
    return True


async def _torn_at_commit(point: Point, link: _Link) -> bool:
    """Cut at COMMIT: the client gets no answer; the server gets COMMIT at once, later, or never. Return True if the
    command must not be forwarded."""
    if point == "after":
        link.is_deaf = True  # COMMIT is forwarded; its answer closes the connection instead of reaching the client
        return False
    if point == "late":
        link.is_deaf = True
        link.client.transport.abort()
        await asyncio.sleep(LATE_SECONDS)
        return False
    return await _torn(link)


@asynccontextmanager
async def relay(database: Database) -> AsyncIterator[Relay]:
    """Yield an open relay to the database."""
    made = Relay(database)
    await made.open()
    try:
        yield made
    finally:
        await made.close()
