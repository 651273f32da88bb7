"""A TCP relay in front of the database, so that a test can take the database away from the shop alone."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.concurrency.servers import Database
from tests.conftest import free_port


class Relay:
    """Passes bytes on while it is open; closed, it tears every connection and accepts none."""

    def __init__(self, database: Database) -> None:
        self._to = database.address
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def url(self, database: Database) -> str:
        """The database's address by way of the relay."""
        return database.url.replace(f"@{self._to.host}:{self._to.port}/", f"@127.0.0.1:{self.port}/")

    async def open(self) -> None:
        """Let connections through."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)

    async def close(self) -> None:
        """The database is gone."""
        if self._server is not None:
            self._server.close()
            self._server = None
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.wait(set(self._tasks))

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._relay(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_writer = None
        try:
            far_reader, far_writer = await asyncio.open_connection(self._to.host, self._to.port)
            await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))
        finally:
            for one in (writer, far_writer):
                if one is not None:
                    one.transport.abort()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(65_536):
            writer.write(chunk)
            await writer.drain()
    writer.transport.abort()


@asynccontextmanager
async def relay(database: Database) -> AsyncIterator[Relay]:
    """An open relay to the database."""
    made = Relay(database)
    await made.open()
    try:
        yield made
    finally:
        await made.close()
