"""A server that stops without losing a request: new connections are refused, open ones are served to their end.

uvicorn alone loses two kinds of requests. Closing a listening socket resets connections that finished their handshake
but are not accepted yet. Closing an idle connection resets a request that is just arriving on it. A proxy must not
repeat either if it was a POST.
"""

import asyncio
import ctypes
import logging
import socket
import struct
import time
from collections.abc import Sequence

from uvicorn.config import Config
from uvicorn.server import Server

logger = logging.getLogger(__name__)

ACCEPT_SECONDS = 0.2  # open handshakes need a round trip, and the loop one turn
CLOSE = (b"connection", b"close")
SO_ATTACH_FILTER = 26  # Linux; Python's socket module does not name it
# A classic BPF program over a TCP header, as (code, jump if true, jump if false, value): drop SYN without ACK.
NO_SYN = (
    (0x30, 0, 0, 13),  # load the byte of the flags
    (0x54, 0, 0, 0x12),  # keep its SYN and ACK
    (0x15, 0, 1, 0x02),  # SYN alone?
    (0x06, 0, 0, 0),  # drop
    (0x06, 0, 0, 0xFFFF_FFFF),  # accept
)


class DrainingServer(Server):
    """uvicorn's server, which drains for at most `drain_seconds` before it shuts down; 0 shuts down at once.

    During the drain every response carries ``Connection: close``, so that a proxy closes its connection. The proxy must
    close idle connections sooner than `drain_seconds`; the drain then ends with the last of them. Stop all workers only
    after `turn_away`: a worker that stops alone leaves the queue of the shared socket to the others.
    """

    def __init__(self, config: Config, *, drain_seconds: float) -> None:
        super().__init__(config)
        self._drain_seconds = drain_seconds

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See uvicorn."""
        if self._drain_seconds:
            await self._drain(sockets or [])
        await super().shutdown(sockets)

    async def _drain(self, sockets: list[socket.socket]) -> None:
        end = time.monotonic() + self._drain_seconds
        self.server_state.default_headers = [*self.server_state.default_headers, CLOSE]
        await asyncio.sleep(ACCEPT_SECONDS)
        for server in self.servers:
            server.close()
        for listening in sockets:
            listening.close()
        while self.server_state.connections and time.monotonic() < end and not self.force_exit:  # noqa: ASYNC110 - uvicorn tells nobody when a connection closes
            await asyncio.sleep(0.05)


def turn_away(sockets: Sequence[socket.socket]) -> None:
    """Let the kernel drop new connections to this socket; they are refused at the client's retry a second later.

    The filter belongs to the socket, not to the process, and stays: no process that shares the socket gets new
    connections. Where it cannot be set (not Linux), connections in their handshake may be lost.
    """
    program = b"".join(struct.pack("HBBI", *step) for step in NO_SYN)
    kept = ctypes.create_string_buffer(program, len(program))
    for listening in sockets:
        try:
            listening.setsockopt(
                socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HP", len(NO_SYN), ctypes.addressof(kept))
            )
        except OSError as error:
            logger.info("new connections cannot be turned away: %s", error.strerror)
