"""Processes of background work, as a deployment runs them separately from the web: workers and schedulers."""

import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from tests.concurrency.servers import Database
from tests.concurrency.support import NAMES, OURS, spawn, until

Kind = Literal["worker", "scheduler"]
MODULES: dict[Kind, str] = {"worker": "src.worker", "scheduler": "src.worker.scheduler"}


class Apart:
    """One such process. It shares the shop's database, Redis and sandbox, given by `environment`."""

    def __init__(self, kind: Kind, environment: dict[str, str], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.kind = kind
        self.folder = folder
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS) and k not in NAMES}
        chosen = {"ENV": "local", "JOBS": "apart", "STATE_DIR": str(folder), "EXPIRY_INTERVAL_SECONDS": "1"}
        self.environment = {**kept, **chosen, **environment}
        self.log = folder / f"{kind}.log"
        self.process = spawn(self.command(), log=self.log, environment=self.environment)

    def command(self, *more: str) -> list[str]:
        """Return the command that starts the process."""
        return [sys.executable, "-m", MODULES[self.kind], *more]

    async def at_work(self) -> None:
        """Wait until the process logs that it is at work. Fails if it ends before."""

        async def says_so() -> bool:
            assert self.process.poll() is None, self.said()
            return f"{self.kind} at work" in self.said()

        assert await until(says_so), self.said()

    def said(self) -> str:
        """Return all output of the process."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def kill(self) -> None:
        """Send SIGKILL, and wait for the end."""
        self.process.kill()
        self.process.wait(60)

    async def end(self) -> int | None:
        """Send SIGTERM, and return the exit status; None if the process does not end."""
        self.process.send_signal(signal.SIGTERM)

        async def is_over() -> bool:
            return self.process.poll() is not None

        await until(is_over)
        return self.process.poll()


@asynccontextmanager
async def beside(environment: dict[str, str], folder: Path, *kinds: Kind) -> AsyncIterator[list[Apart]]:
    """Run these processes: wait until they are at work, and kill them at the end."""
    processes = [Apart(kind, environment, folder / f"{kind}-{number}") for number, kind in enumerate(kinds)]
    try:
        for process in processes:
            await process.at_work()
        yield processes
    finally:
        for process in processes:
            process.kill()


async def happen(database: Database, topic: str, variant_ids: list[int]) -> None:
    """Insert one event for each variant into the outbox, as a transaction of the shop would."""
    rows = ",".join(
        f"('PENDING', UTC_TIMESTAMP(6), '', 0, '', '{topic}', 'variant:{variant_id}', "
        f"'{{\"variant_id\": {variant_id}}}', UTC_TIMESTAMP(6))"
        for variant_id in variant_ids
    )
    await database.rows(
        "INSERT INTO outbox_event (work_status, available_at, lease_token, attempts, last_error, topic, aggregate, "
        f"payload, created_at) VALUES {rows}"
    )


async def all_delivered(database: Database) -> bool:
    """Return True if all events are done."""
    return not await database.number("SELECT COUNT(*) FROM outbox_event WHERE work_status <> 'DONE'")
