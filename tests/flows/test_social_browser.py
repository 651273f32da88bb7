"""The whole social sign-in in a real browser: a front end's page, the provider's consent page, a click, and back.

Runs where a Chromium is installed and is skipped elsewhere. The browser is driven through Chromium's own debugging pipe
(file descriptors 3 and 4, JSON between zero bytes), so nothing else is needed.
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

import httpx
import pytest

from src.core.configs import Settings
from tests.conftest import free_port

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SECONDS = 30
FRONT = "localhost:5173"
PAGE = """<!doctype html><meta charset="utf-8"><title>front end</title><body><script type="module">
const api = "http://localhost:PORT/api/v1";
const call = (path, options = {}) => fetch(api + path, {credentials: "include", ...options});
const json = (body) => ({method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body)});
const [, word, provider] = location.pathname.split("/");
if (word === "start") {
  location = (await (await call(`/oauth/${provider}/authorize?return_to=/cart`)).json()).authorize_url;
} else {
  const back = Object.fromEntries(new URLSearchParams(location.search));
  const body = Object.fromEntries(["code", "state", "error"].filter((n) => back[n]).map((n) => [n, back[n]]));
  const first = await call(`/oauth/${provider}`, json(body));
  const told = await first.json();
  const again = await call(`/oauth/${provider}`, json(body));
  const me = await call("/me", {headers: {Authorization: `Bearer ${told.access_token}`}});
  const refreshed = await call("/auth/refresh", {method: "POST"});
  window.result = {
    status: first.status, told, again: (await again.json()).code, name: (await me.json()).name ?? null,
    refreshed: refreshed.status, visible: document.cookie,
  };
}
</script>"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here (apt-get install chromium)")


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
async def front_end(api_port: int) -> AsyncIterator[int]:
    """The front end: one page for every path."""
    page = PAGE.replace("PORT", str(api_port)).encode()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\nConnection: close\r\n\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(head.encode() + page)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.transport.abort()
        finally:
            writer.close()

    port = free_port()
    server = await asyncio.start_server(serve, "127.0.0.1", port)
    async with server:
        yield port


@pytest.fixture
async def tab(client: httpx.AsyncClient, shop_settings: Settings, tmp_path: Path) -> AsyncIterator[Tab]:
    """A tab of a new browser, for which FRONT_URL leads to the test's page."""
    assert CHROMIUM is not None
    child_reads, we_write = os.pipe()
    we_read, child_writes = os.pipe()
    async with front_end(shop_settings.server.port) as port:
        switches = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--no-proxy-server",
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--host-resolver-rules=MAP {FRONT} 127.0.0.1:{port}, MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-pipe",
        ]
        process = await asyncio.create_subprocess_exec(
            "/bin/bash",  # dash knows descriptors of one digit only
            "-c",
            f'exec "$@" 3<&{child_reads} 4>&{child_writes}',
            "bash",
            CHROMIUM,
            *switches,
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


async def come_back(tab: Tab, provider: str, *, person: str, button: str) -> dict[str, Any]:
    """Start on the front end's page, choose the person, press the button, and read what the callback page got."""
    await tab.command("Page.navigate", url=f"http://{FRONT}/start/{provider}")
    await tab.until("document.querySelector('button.agree') !== null")
    await tab.evaluate(f"document.querySelector('input[name=sandbox_person][value={person}]').click()")
    await tab.evaluate(f"document.querySelector('button[value={button}]').click()")
    result: dict[str, Any] = await tab.until("window.result")
    return result


@pytest.mark.parametrize("provider", ["kakao", "naver", "google"])
async def test_a_person_clicks_and_is_signed_in(tab: Tab, provider: str) -> None:
    result = await come_back(tab, provider, person="yuna-workspace", button="agree")

    assert result["status"] == 200, result
    assert (result["told"]["is_new"], result["told"]["return_to"]) == (True, "/cart")
    assert (result["name"], result["refreshed"]) == ("한유나", 200)
    assert result["again"] == "OAUTH_STATE_INVALID"
    assert result["visible"] == ""  # no script sees our cookies


async def test_a_person_refuses_and_is_told_so(tab: Tab) -> None:
    result = await come_back(tab, "kakao", person="haneul", button="refuse")

    assert (result["status"], result["told"]["code"]) == (400, "OAUTH_CONSENT_REFUSED")
    assert result["refreshed"] == 401
