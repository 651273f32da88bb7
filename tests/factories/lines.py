"""A server on loopback that misbehaves on the line as a test says, and keeps every byte that it was sent."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


@dataclass
class Line:
    """What each request is answered with: bytes, and whether the connection stays open after them.

    `answer` may be a function of the number of the request, from 1. None hangs up by a reset.
    """

    answer: bytes | Callable[[int], bytes | None] | None = OK
    keeps: bool = True
    wait_seconds: float = 0
    port: int = 0
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    open_now: int = 0
    most_open: int = 0
    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open_now += 1
        self.most_open = max(self.most_open, self.open_now)
        self.writers.append(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while await self._answered(reader, writer) and self.keeps:
                pass
        self.open_now -= 1
        writer.close()

    async def _answered(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        _, _, told = head.lower().partition(b"content-length: ")
        body = await reader.readexactly(int(told.split(b"\r\n")[0])) if told else b""
        self.requests.append(head + body)
        answer = self.answer(len(self.requests)) if callable(self.answer) else self.answer
        await asyncio.sleep(self.wait_seconds)
        if answer is None:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False
        writer.write(answer)
        await writer.drain()
        return True

    def hang_up(self) -> None:
        """Close every connection, as a server does with idle ones."""
        for writer in self.writers:
            writer.close()


@asynccontextmanager
async def serving(line: Line, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[Line]:
    """The line, served on a port of its own."""
    server = await asyncio.start_server(line.handle, "127.0.0.1", 0, ssl=tls)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        line.hang_up()


@contextmanager
def deaf() -> Iterator[int]:
    """A port that takes no more connections, and refuses none: connecting to it waits."""
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(4):
            one = stack.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(listening.getsockname())
        yield listening.getsockname()[1]
