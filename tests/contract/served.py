"""A sandbox of its own on loopback, quick where the shop's is slow, and PortOne's adapter that talks to it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import uvicorn

from src.app.payment.services.provider.portone import PortOne
from src.core.configs import Settings
from src.core.configs.groups import PortOneSettings
from src.sandbox import Sandbox
from src.sandbox.__main__ import standalone
from tests.conftest import free_port
from tests.sandbox.support import config_for

API_SECRET = "api-secret"
STORE_ID = "store-1"
HASTY = {"read_timeout_seconds": 0.15, "get_timeout_seconds": 0.1}


@dataclass(frozen=True)
class Served:
    """The running sandbox: its REST address, and a client of its control endpoints."""

    portone_url: str
    http: httpx.AsyncClient

    async def act(self, payment_id: str, action: str, **fields: Any) -> dict[str, Any]:
        """What a shopper or the console does."""
        body = {"action": action, "webhook": "none", **fields}
        answer = await self.http.post(f"/control/payments/{payment_id}", json=body)
        assert answer.status_code == 200, answer.text
        payment: dict[str, Any] = answer.json()
        return payment

    async def fault(self, operation: str, kind: str) -> None:
        """One misbehaviour at the next call."""
        answer = await self.http.put("/control/faults", json={"faults": [{"operation": operation, "kind": kind}]})
        assert answer.status_code == 200, answer.text

    async def shown(self, payment_id: str) -> dict[str, Any]:
        """The payment as PortOne has it."""
        payment: dict[str, Any] = (await self.http.get(f"/control/payments/{payment_id}")).json()
        return payment


@asynccontextmanager
async def served_sandbox(file: Path, *, slow_seconds: float = 0.3) -> AsyncIterator[Served]:
    """Serve a sandbox over HTTP; its timeouts last `slow_seconds`."""
    port = free_port()
    root = f"http://127.0.0.1:{port}/sandbox"
    config = replace(config_for(file, "http://127.0.0.1:9/nobody"), base_url=root, slow_seconds=slow_seconds)
    server = uvicorn.Server(
        uvicorn.Config(standalone(Sandbox(config)), host="127.0.0.1", port=port, log_config=None, ws="none")
    )
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    serving = asyncio.create_task(server.serve())
    while not server.started:
        assert not serving.done(), "the sandbox did not start"
        await asyncio.sleep(0.01)
    try:
        async with httpx.AsyncClient(base_url=root, timeout=30, trust_env=False) as http:
            yield Served(f"{root}/portone", http)
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def adapter(chosen: Settings, portone_url: str, **changes: Any) -> AsyncIterator[PortOne]:
    """PortOne's adapter for that address. It is patient, for a busy machine; `HASTY` gives up before the sandbox
    answers."""
    values = {
        "base_url": portone_url,
        "api_secret": API_SECRET,
        "store_id": STORE_ID,
        "read_timeout_seconds": 20,
        "get_timeout_seconds": 20,
        "pre_register_timeout_seconds": 20,
        **changes,
    }
    made = PortOne(replace(chosen, portone=PortOneSettings(**values)))
    try:
        yield made
    finally:
        await made.close()
