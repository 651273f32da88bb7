"""State and tools of the PortOne simulator's endpoints."""

import asyncio
from functools import partial

from src.sandbox.config import SandboxConfig
from src.sandbox.portone.payment import actions
from src.sandbox.portone.payment.actions import Command
from src.sandbox.portone.webhook.courier import Courier
from src.sandbox.store import Store


class Service:
    """The plain config, the file, the courier, and a wait that ends early when the process stops."""

    def __init__(self, config: SandboxConfig, store: Store) -> None:
        self.config = config
        self.store = store
        self.courier = Courier(config, store)
        self._stopping: asyncio.Event | None = None

    async def start(self) -> None:
        """Start sending webhooks."""
        self._stopping = asyncio.Event()
        await self.courier.start()

    async def stop(self) -> None:
        """Let go of callers that are kept waiting, and stop sending."""
        if self._stopping is not None:
            self._stopping.set()
        await self.courier.stop()

    async def perform(self, command: Command) -> bytes:
        """Do what a shopper, a bank or the console does; answer the payment as JSON when its webhooks may be sent."""
        work = partial(actions.perform, config=self.config, command=command, owner=self.courier.owner)
        done = await self.store.write(work)
        self.courier.wake()
        await self.courier.deliver(done.at_once)
        return done.document

    async def hold(self) -> None:
        """Keep a caller waiting for `slow_seconds`."""
        if self._stopping is None:
            return
        try:
            async with asyncio.timeout(self.config.slow_seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
