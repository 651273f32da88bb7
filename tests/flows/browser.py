"""A real browser for flows: Chromium, driven through its own debugging pipe, and a front end of one page.

The pipe is file descriptors 3 and 4 with JSON between zero bytes, so nothing else is needed.
"""

import asyncio
import json
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.conftest import free_port

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 30
FRONT = "localhost:5173"


class Tab:
    """One tab, over the debugging pipe."""

    def __init__(self, reader: asyncio.StreamReader, write_to: int) -> None:
        self._reader = reader
        self._write_to = write_to
        self._number = 0
        self._session: dict[str, str] = {}

    async def open(self) -> None:
        target = await self.command("Target.createTarget", url="about:blank")
        session = await self.command("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = {"sessionId": session["sessionId"]}

    async def command(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params, **self._session}
        os.write(self._write_to, json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads((await self._reader.readuntil(b"\0"))[:-1])
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    async def evaluate(self, expression: str) -> Any:
        told = await self.command("Runtime.evaluate", expression=expression, returnByValue=True)
        return told["result"].get("value")

    async def until(self, expression: str) -> Any:
        """The value of the expression, once it has one."""
        async with asyncio.timeout(SECONDS):
            while not (value := await self.evaluate(expression)):  # noqa: ASYNC110 - the page is no task of ours
                await asyncio.sleep(0.1)
        return value


@asynccontextmanager
async def front_end(page: str) -> AsyncIterator[int]:
    """The front end: one page for every path."""
    content = page.encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head.encode() + content)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.transport.abort()
        finally:
            writer.close()

    port = free_port()
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        yield port


@asynccontextmanager
async def browsing(page: str, folder: Path, *more: str) -> AsyncIterator[Tab]:
    """A tab of a new browser, for which FRONT leads to `page`; its profile goes into `folder`, `more` are switches."""
    assert CHROMIUM is not None
    child_reads, we_write = os.pipe()
    we_read, child_writes = os.pipe()
    async with front_end(page) as port:
        here = ", ".join(f"MAP {name} 127.0.0.1" for name in ("localhost", "portone.localhost"))
        rules = f"MAP {FRONT} 127.0.0.1:{port}, {here}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        switches = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--no-proxy-server",
            f"--user-data-dir={folder / 'profile'}",
            f"--host-resolver-rules={rules}",
            "--remote-debugging-pipe",
        ]
        process = await asyncio.create_subprocess_exec(
            "/bin/bash",  # dash knows descriptors of one digit only
            "-c",
            f'exec "$@" 3<&{child_reads} 4>&{child_writes}',
            "bash",
            CHROMIUM,
            *switches,
            *more,
            pass_fds=(child_reads, child_writes),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(child_reads)
        os.close(child_writes)
        reader = asyncio.StreamReader(limit=2**24)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(we_read, "rb")
        )
        try:
            opened = Tab(reader, we_write)
            async with asyncio.timeout(SECONDS):
                await opened.open()
            yield opened
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
            transport.close()
            os.close(we_write)
