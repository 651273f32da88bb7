"""State shared by the PortOne simulator's endpoints."""

import asyncio
from functools import partial

from src.sandbox.config import SandboxConfig
from src.sandbox.portone.payment import actions
from src.sandbox.portone.payment.actions import Command
from src.sandbox.portone.webhook.courier import Courier
from src.sandbox.portone.webhook.events import WebhookMode
from src.sandbox.store import Store


class Service:
    """The config, the store, the courier, and a wait (`hold`) that ends early when the process stops."""

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
        """End the wait of all callers in `hold`, and stop sending webhooks."""
        if self._stopping is not None:
            self._stopping.set()
        await self.courier.stop()

    async def perform(self, command: Command) -> bytes:
        """Perform an action of the shopper, the bank or PortOne's console, and return the payment as JSON. Webhooks in
        mode `before_redirect` are attempted before the return."""
        waits = command.webhook is WebhookMode.BEFORE_REDIRECT
        owner = self.courier.owner if waits or self.courier.has_room else ""
        done = await self.store.write(partial(actions.perform, config=self.config, command=command, owner=owner))
        if waits:
            await self.courier.deliver(done.leased)
        else:
            self.courier.begin(done.leased)
        return done.document

    async def hold(self) -> None:
        """Wait for `slow_seconds`, or until the process stops."""
        if self._stopping is None:
            return
        try:
            async with asyncio.timeout(self.config.slow_seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
