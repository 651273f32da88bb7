"""Resolve host names with the operating system's resolver."""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

MOST_AT_ONCE: Final = 64


class SystemResolver:
    """A `Resolver`. A lookup occupies a thread until it ends, possibly long after the caller has timed out.

    Therefore lookups have their own pool, with more threads than there can be webhooks, and concurrent lookups of the
    same name share one thread. A name whose DNS servers do not answer occupies one thread and delays no other name.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="outbound-names")
        self._under_way: dict[tuple[str, int], asyncio.Future[list[Any]]] = {}

    async def addresses(self, host: str, port: int) -> list[str]:
        """See `Resolver`."""
        found = await asyncio.shield(self._under_way.get((host, port)) or self._begin(host, port))
        return list(dict.fromkeys(str(address[0]) for *_, address in found))

    def close(self) -> None:
        """Begin no more lookups."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _begin(self, host: str, port: int) -> asyncio.Future[list[Any]]:
        def ended(lookup: asyncio.Future[list[Any]]) -> None:
            del self._under_way[host, port]
            if not lookup.cancelled():
                lookup.exception()  # mark it as retrieved, in case no caller waits any more

        look = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        lookup = asyncio.get_running_loop().run_in_executor(self._threads, look)
        self._under_way[host, port] = lookup
        lookup.add_done_callback(ended)
        return lookup
