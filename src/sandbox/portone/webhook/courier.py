"""The courier: send due webhooks, sign each attempt separately, retry failures (docs/vendors/portone.md#webhooks)."""

import asyncio
import logging
import random
import secrets
import sqlite3
import time
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from src.sandbox.clock import now_ms, rfc3339
from src.sandbox.config import SandboxConfig
from src.sandbox.portone.webhook import outbox
from src.sandbox.portone.webhook.events import Delivery
from src.sandbox.portone.webhook.outbox import Outcome
from src.sandbox.portone.webhook.signing import sign
from src.sandbox.store import Store

if TYPE_CHECKING:
    from src.sandbox.portone.webhook.posting import Poster

log = logging.getLogger(__name__)

WAITS: Final = (0, 1, 4, 16, 64, 256)
"""Waits before the first attempt and before each retry, in units of `retry_unit_seconds`."""
JITTER: Final = 0.1
AT_ONCE: Final = 16
POLL_SECONDS: Final = 1.0
RENEW_SECONDS: Final = 3.0
GRACE_SECONDS: Final = 3.0


class Courier:
    """The courier of one process. It claims rows by lease, so that several processes on one file do not send the same
    attempt twice."""

    def __init__(self, config: SandboxConfig, store: Store) -> None:
        self.owner = secrets.token_hex(8)
        self._config = config
        self._key = config.signing_key()
        self._store = store
        self._running: dict[int, asyncio.Task[bool]] = {}
        self._renewed = 0.0
        self._stopping = False
        self._wake: asyncio.Event | None = None
        self._loop: asyncio.Task[None] | None = None
        self._poster: Poster | None = None

    async def start(self) -> None:
        """Start sending. The store must be open."""
        # Imported here: aiohttp takes a third of a second, and not every process that knows the sandbox starts it.
        from src.sandbox.portone.webhook.posting import Poster

        self._stopping = False
        self._wake = asyncio.Event()
        self._poster = Poster(self._config.webhook_url, connections=AT_ONCE * 2)
        self._loop = asyncio.create_task(self._run(), name="sandbox-courier")

    async def stop(self) -> None:
        """Wait up to `GRACE_SECONDS` for running attempts, cancel the others, and release the claimed rows."""
        if self._loop is None or self._poster is None:
            return
        self._stopping = True
        self.wake()
        await self._loop
        running = list(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._store.write(lambda db: outbox.release(db, self.owner))
        await self._poster.close()
        self._loop = self._poster = None

    def wake(self) -> None:
        """Make the loop check for due webhooks now."""
        if self._wake is not None:
            self._wake.set()

    @property
    def has_room(self) -> bool:
        """True if an attempt may begin now."""
        return not self._stopping and len(self._running) < AT_ONCE

    def begin(self, leased: list[Delivery]) -> None:
        """Begin to send rows that were inserted with a lease for this process. If there are none, check for others."""
        for delivery in leased:
            self._start(delivery)
        if not leased:
            self.wake()

    async def deliver(self, leased: list[Delivery]) -> None:
        """Make the first attempt of rows that were inserted with a lease for this process, one after another, and wait
        for the answers."""
        for delivery in leased:
            # Shielded: if the caller disconnects, the attempt still ends and is recorded.
            await asyncio.shield(self._start(delivery))

    async def _run(self) -> None:
        while not self._stopping:
            try:
                pause = await self._round()
            except sqlite3.OperationalError:
                # Another process held the file's lock for too long; the rows are still pending.
                log.warning("webhook round put off", exc_info=True)
                pause = POLL_SECONDS
            await self._sleep(pause)

    async def _round(self) -> float:
        """Start the due attempts, and return the seconds to sleep before the next round."""
        await self._renew()
        room = AT_ONCE - len(self._running)
        if room <= 0:
            return POLL_SECONDS
        due = await self._store.read(outbox.next_due)
        if due is None or due > now_ms():
            return POLL_SECONDS if due is None else min(POLL_SECONDS, (due - now_ms()) / 1000 + 0.001)
        claimed = await self._store.write(partial(outbox.claim, owner=self.owner, limit=room))
        for delivery in claimed:
            self._start(delivery)
        return 0.0 if len(claimed) == room else POLL_SECONDS

    async def _renew(self) -> None:
        if self._running and time.monotonic() - self._renewed > RENEW_SECONDS:
            self._renewed = time.monotonic()
            await self._store.write(partial(outbox.renew, owner=self.owner, seqs=list(self._running)))

    async def _sleep(self, seconds: float) -> None:
        if self._wake is None or seconds <= 0 or self._stopping:
            return
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    def _start(self, delivery: Delivery) -> asyncio.Task[bool]:
        task = asyncio.create_task(self._attempt(delivery), name=f"sandbox-webhook-{delivery.seq}")
        self._running[delivery.seq] = task
        task.add_done_callback(partial(self._done, delivery.seq))
        return task

    def _done(self, seq: int, task: asyncio.Task[bool]) -> None:
        self._running.pop(seq, None)
        if task.cancelled():
            return
        if task.exception() is not None:
            log.error("webhook attempt broke off; its lease will end", exc_info=task.exception())
        elif task.result():
            self.wake()

    async def _attempt(self, delivery: Delivery) -> bool:
        """Send once and record it. Return True if there is something to do: a retry, or a row that can be claimed."""
        report = await self._post(delivery)
        if "error" in report:
            state = "FAILED_UNEXPECTED_ERROR"
        else:
            state = "SUCCEEDED" if report["response"]["code"] == HTTPStatus.OK else "FAILED_NOT_OK_RESPONSE"
        number = delivery.executions + 1
        retry_at = None
        if state != "SUCCEEDED" and number < delivery.max_executions:
            jitter = random.uniform(1, 1 + JITTER)  # noqa: S311
            wait = WAITS[number] * self._config.retry_unit_seconds * jitter
            retry_at = now_ms() + round(wait * 1000)
        outcome = Outcome(state=state, report={"number": number, **report}, retry_at=retry_at)
        record = partial(outbox.finish, owner=self.owner, seq=delivery.seq, outcome=outcome)
        return await self._store.write(record) or retry_at is not None

    async def _post(self, delivery: Delivery) -> dict[str, Any]:
        if self._poster is None:
            raise RuntimeError("the courier is not started")
        # Taken at each attempt: receivers refuse timestamps older than 5 minutes.
        timestamp = int(time.time())
        key = secrets.token_bytes(32) if delivery.forged else self._key
        signature = sign(key, delivery.webhook_id, timestamp, delivery.body)
        headers = {
            "content-type": "application/json",
            "webhook-id": delivery.webhook_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature,
        }
        report: dict[str, Any] = {
            "requested_at": rfc3339(now_ms()),
            "webhook_timestamp": timestamp,
            "webhook_signature": signature,
        }
        told = await self._poster.post(delivery.body, headers)
        if isinstance(told, str):
            return {**report, "error": told}
        status, kept = told
        return {**report, "response": {"code": status, "body": kept, "responded_at": rfc3339(now_ms())}}
