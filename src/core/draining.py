"""A server that ends without losing a request: nobody new comes in, and whoever is inside is served to the end.

uvicorn alone loses two kinds. Closing a listening socket resets the connections whose handshake is done but that
nobody has accepted yet, and closing an idle connection resets the request that is just arriving on it. A proxy may
send neither again if it was a POST.
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

ACCEPT_SECONDS = 0.2  # handshakes under way need a round trip, and the loop must have come round once
CLOSE = (b"connection", b"close")
SO_ATTACH_FILTER = 26  # Linux; Python's socket module does not name it
# A classic BPF program over a TCP header, as (code, jump if true, jump if false, value): drop SYN without ACK.
NO_SYN = (
    (0x30, 0, 0, 13),  # load the byte of the flags
    (0x54, 0, 0, 0x12),  # keep SYN and ACK of them
    (0x15, 0, 1, 0x02),  # SYN alone?
    (0x06, 0, 0, 0),  # drop
    (0x06, 0, 0, 0xFFFF_FFFF),  # take
)


class DrainingServer(Server):
    """uvicorn's server that drains for `drain_seconds` at most before it shuts down; 0 shuts down at once.

    While it drains every answer says ``Connection: close``, so that a proxy leaves by itself. The proxy must give up
    idle connections earlier than after `drain_seconds`; then the drain ends with the last of them. Whoever ends all
    workers calls `turn_away` before: a worker that ends alone leaves the queue of the shared socket to the others.
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
    """Let the kernel drop what begins a new connection here; it is refused when its client asks again a second later.

    The filter belongs to the socket, not to the process, and stays: nobody who shares the socket hears of anybody new.
    Where it cannot be set (not Linux) the few connections of the moment may be lost.
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
