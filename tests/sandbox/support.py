"""A webhook receiver on loopback and a sandbox to talk to."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import orjson

from src.sandbox import OAuthClient, Sandbox, SandboxConfig, SensClient, TrackingService
from src.sandbox.__main__ import standalone

SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
KEY = "0123456789abcdef"
TRACKING_KEY = "tracking-key"
CANCEL: dict[str, Any] = {"reason": "단순 변심 R-1"}


async def eventually(check: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until `check` holds; TimeoutError when it does not."""
    async with asyncio.timeout(seconds):
        while not check():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


@dataclass(frozen=True)
class Received:
    """A webhook as it came in. `at`: when, in milliseconds."""

    headers: dict[str, str]
    raw: bytes
    at: int

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = orjson.loads(self.raw)
        return body


@dataclass
class Receiver:
    """Answers with the statuses of `answers`, then with 200."""

    url: str = ""
    answers: deque[int] = field(default_factory=deque)
    got: list[Received] = field(default_factory=list)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")[1:-2]
        headers = {name.lower(): text.strip() for name, _, text in (line.partition(":") for line in head)}
        raw = await reader.readexactly(int(headers["content-length"]))
        self.got.append(Received(headers, raw, time.time_ns() // 1_000_000))
        status = self.answers.popleft() if self.answers else 200
        rest = b"\r\n" if status == 204 else b"content-length: 2\r\n\r\nok"
        writer.write(b"HTTP/1.1 %d X\r\nconnection: close\r\n%b" % (status, rest))
        await writer.drain()
        writer.close()

    async def until(self, count: int, seconds: float = 30) -> list[Received]:
        """Wait for `count` webhooks and answer all that came in."""
        await eventually(lambda: len(self.got) >= count, seconds)
        return self.got

    def types(self) -> list[str]:
        return [received.body["type"] for received in self.got]


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.handle, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    try:
        yield receiver
    finally:
        server.close()


def config_for(file: Path, webhook_url: str) -> SandboxConfig:
    return SandboxConfig(
        base_url="http://sandbox.test/sandbox",
        webhook_url=webhook_url,
        webhook_secret=SECRET,
        api_secret="api-secret",
        store_id="store-1",
        file=file,
        late_webhook_seconds=0.3,
        retry_unit_seconds=0.05,
        slow_seconds=0.3,
        oauth=(
            OAuthClient(
                "kakao",
                "kakao-client",
                "kakao-secret",
                ("http://shop.test/callback", "http://shop.test/b?x=1"),
                "admin",
            ),
            OAuthClient("naver", "naver-client", "naver-secret", ("http://shop.test/callback",)),
            OAuthClient(
                "google", "google-client", "google-secret", ("http://shop.test/callback", "http://shop.test/b")
            ),
        ),
        sens=SensClient(
            "AKTEST0000000000000", "SKTEST000000000000000000000000000000000", "ncp:sms:kr:000000000000:shop"
        ),
        tracking=TrackingService(TRACKING_KEY, push_secret="tracking-push-secret"),
    )


class Shop:
    """The sandbox seen by a shop and by a test."""

    def __init__(self, config: SandboxConfig, sandbox: Sandbox, client: httpx.AsyncClient) -> None:
        self.config = config
        self.sandbox = sandbox
        self.http = client

    async def rest(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": "PortOne api-secret", **options.pop("headers", {})}
        return await self.http.request(method, f"/portone/payments{path}", headers=headers, **options)

    async def register(self, payment_id: str, total: int) -> httpx.Response:
        return await self.rest("POST", f"/{payment_id}/pre-register", json={"totalAmount": total, "currency": "KRW"})

    async def cancel(self, payment_id: str, *, key: str | None = None, **fields: Any) -> httpx.Response:
        headers = {} if key is None else {"Idempotency-Key": f'"{key}"'}
        return await self.rest("POST", f"/{payment_id}/cancel", json={**CANCEL, **fields}, headers=headers)

    async def payment(self, payment_id: str) -> dict[str, Any]:
        answer = await self.rest("GET", f"/{payment_id}")
        assert answer.status_code == 200, answer.text
        payment: dict[str, Any] = answer.json()
        return payment

    async def act(self, payment_id: str, action: str, **fields: Any) -> httpx.Response:
        body = {"action": action, "webhook": "none", **fields}
        return await self.http.post(f"/control/payments/{payment_id}", json=body)

    async def faults(self, *faults: dict[str, Any]) -> None:
        answer = await self.http.put("/control/faults", json={"faults": list(faults)})
        assert answer.status_code == 200, answer.text

    async def all_switches_used(self) -> None:
        """Wait until the calls that the switches are for have begun."""
        async with asyncio.timeout(30):
            while True:
                if not any(fault["left"] for fault in (await self.http.get("/control/faults")).json()["faults"]):
                    return
                await asyncio.sleep(0.01)

    async def deliveries(self, payment_id: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (
            await self.http.get("/control/webhooks", params={"payment_id": payment_id})
        ).json()["items"]
        return items

    async def settled(self, payment_id: str) -> list[dict[str, Any]]:
        """The deliveries once none of them waits."""
        async with asyncio.timeout(30):
            while True:
                items = await self.deliveries(payment_id)
                if all(item["status"] != "PENDING" for item in items):
                    return items
                await asyncio.sleep(0.01)


@asynccontextmanager
async def running(config: SandboxConfig, **changes: Any) -> AsyncIterator[Shop]:
    """A started sandbox, mounted at /sandbox as main does it."""
    config = replace(config, **changes)
    sandbox = Sandbox(config)
    await sandbox.start()
    transport = httpx.ASGITransport(app=standalone(sandbox))
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test/sandbox") as client:
            yield Shop(config, sandbox, client)
    finally:
        await sandbox.stop()


def said(answer: httpx.Response) -> tuple[int, str]:
    """Status and error word, of PortOne's or of the sandbox's own errors."""
    body = answer.json()
    return answer.status_code, body.get("type") or body.get("code")
