"""``/metrics`` on its own port, served by one process for all that count in the same folder.

Every worker tries to become the server. The holder of ``server.lock`` is it; when it ends, in whatever way, another
takes the port within RETRY_SECONDS. A scrape costs the worker a few milliseconds. The port is for Prometheus, not for
browsers: it listens on METRICS_HOST, loopback by default, and never on the shop's own port.
"""

import asyncio
import contextlib
import fcntl
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from src.core.observing.exposition import CONTENT_TYPE, private_snapshot, rendered
from src.core.observing.families import close_store, declared, fingerprint, open_store
from src.core.observing.gauges import CollectedGauge, Readings, Source, all_readings
from src.core.observing.store import Snapshot, snapshots

logger = logging.getLogger(__name__)

RETRY_SECONDS: Final = 1.0
REQUEST_SECONDS: Final = 5.0
LONGEST_REQUEST: Final = 8_192

PROCESSES: Final = CollectedGauge("shop_processes", "Living processes that count here.")
PROCESSES_EXPECTED: Final = CollectedGauge("shop_processes_expected", "Processes that there should be.")


class Exporter:
    """A process that counts into `folder` and serves scrapes once no other process does. If the folder is unusable it
    counts and serves for this process alone and logs that: observability must not stop the shop's start.
    """

    def __init__(
        self, port: int, *, host: str, folder: Path, sources: Sequence[Source] = (), expected: int = 1
    ) -> None:
        self._port, self._host, self._folder = port, host, folder
        self._expected = expected
        self._sources = list(sources)
        self._is_shared = True
        self._lock = -1
        self._server: asyncio.Server | None = None
        self._waiting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to count, and to wait for the port."""
        try:
            open_store(self._folder)
        except OSError as error:
            self._is_shared = False
            logger.error("metrics of this process alone: %s cannot be used: %s", self._folder, error.strerror or error)
        self._waiting = asyncio.create_task(self._serve_when_free())

    async def stop(self) -> None:
        """Release the port and the folder."""
        if self._waiting is not None:
            self._waiting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._waiting
        if self._server is not None:
            self._server.close()
        for source in self._sources:
            await source.finish()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
        close_store()

    async def _serve_when_free(self) -> None:
        has_told = False
        while True:
            if self._is_next():
                try:
                    self._server = await asyncio.start_server(
                        self._answer, self._host, self._port, limit=LONGEST_REQUEST
                    )
                except OSError as error:
                    if not has_told:
                        logger.error("no metrics yet: port %d on %s: %s", self._port, self._host, error.strerror)
                    has_told = True
                else:
                    return
            await asyncio.sleep(RETRY_SECONDS)

    def _is_next(self) -> bool:
        if not self._is_shared or self._lock >= 0:
            return True
        try:
            handle = os.open(self._folder / "server.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            logger.error("no metrics yet: %s: %s", self._folder, error.strerror)
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock = handle
        return True

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            status, body = await self._body(head)
            writer.write(
                b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                % (status, CONTENT_TYPE.encode(), len(body))
                + body
            )
            async with asyncio.timeout(REQUEST_SECONDS):
                await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError):
            logger.debug("a scrape was given up")
        finally:
            writer.close()

    async def _body(self, head: bytes) -> tuple[bytes, bytes]:
        method, _, rest = head.partition(b" ")
        path = rest.partition(b" ")[0].partition(b"?")[0]
        if path != b"/metrics":
            return b"404 Not Found", b"/metrics\n"
        if method != b"GET":
            return b"405 Method Not Allowed", b"GET\n"
        readings, found = await all_readings(self._sources), self._snapshots()
        alive = sum(snapshot.is_alive for snapshot in found)
        processes: Readings = {PROCESSES: {(): alive}, PROCESSES_EXPECTED: {(): self._expected}}
        return b"200 OK", rendered(found, {**processes, **readings})

    def _snapshots(self) -> list[Snapshot]:
        if self._is_shared:
            try:
                return snapshots(self._folder, fingerprint())
            except OSError as error:
                logger.error("metrics of this process alone: %s: %s", self._folder, error.strerror)
        return [private_snapshot(list(declared.values()))]


async def serve_metrics(
    port: int, *, folder: Path, host: str = "127.0.0.1", sources: Sequence[Source] = (), expected: int = 1
) -> Exporter:
    """Count into `folder` and serve ``/metrics`` on `port` until `Exporter.stop`. Never raises. `expected` is the
    number of processes that count there when all are up.
    """
    exporter = Exporter(port, host=host, folder=folder, sources=sources, expected=expected)
    await exporter.start()
    return exporter
