"""Real processes for the concurrency tests: the shop, started by `./start_gunicorn.sh`.

All servers listen on loopback and are ended by process id, also if an assertion fails. Children also end when the test
process dies.
"""

import asyncio
import contextlib
import ctypes
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ParamSpec

import httpx
import pytest

from tests.conftest import REAL, free_port

ROOT = Path(__file__).resolve().parents[2]
API = "/api/v1"
NO_ACCOUNTS = {"PAY_METHODS": "CARD,EASY_PAY,TRANSFER,MOBILE"}
"""Settings of a shop that offers no virtual account."""
OURS = ("DB_", "DATABASE_", "REDIS_", "TEST_", "PORTONE_", "ORDER_", "LIMIT_", "UNPAID_", "GUNICORN_", "OUTBOUND_")
NAMES = frozenset({"WEB_CONCURRENCY", "ENV", "SANDBOX", "STATE_DIR", "PORT", "BIND_HOST", "DEMO_SHOP"})
NAMES |= {"DRAIN_SECONDS", "MIGRATE_AT_START"}

needs_servers = pytest.mark.skipif(not REAL, reason="needs MySQL and Redis")
needs_own_redis = pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server to stop it")

P = ParamSpec("P")


def within(seconds: float) -> Callable[[Callable[P, Awaitable[None]]], Callable[P, Awaitable[None]]]:
    """Decorate a test so that it fails after `seconds` and ends what it started. Choose many times its usual time."""

    def limited(test: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
        @functools.wraps(test)
        async def run(*args: P.args, **kwargs: P.kwargs) -> None:
            async with asyncio.timeout(seconds):
                await test(*args, **kwargs)

        return run

    return limited


def spawn(command: Sequence[str], *, log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a command in its own session. On Linux it gets SIGTERM when this process dies."""

    def end_with_parent() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG

    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - its only call takes no lock
        )


def living() -> dict[int, tuple[int, int]]:
    """Return every process that is not a zombie: pid -> (parent, process group)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if state != "Z":
                    found[int(entry.name)] = (int(parent), int(group))
    return found


async def until(holds: Callable[[], Awaitable[Any]], *, seconds: float = 60.0, every: float = 0.1) -> bool:
    """Return True if `holds` becomes true within `seconds`."""
    end = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(every)
    return True


class Shop:
    """One start of the script. `pid` is the id of the script, then of gunicorn's master, and of the process group."""

    def __init__(self, environment: dict[str, str], state: Path, *, port: int | None = None) -> None:
        self.port = port or free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        state.mkdir(parents=True, exist_ok=True)
        self.log = state / f"log-{self.port}"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(OURS) and k not in NAMES}
        chosen = {
            "ENV": "local",
            "PORT": str(self.port),
            "STATE_DIR": str(state),
            "WEB_CONCURRENCY": "2",
            "BCRYPT_ROUNDS": "4",
            "LOG_LEVEL": "WARNING",
            "DB_POOL_SIZE": "15",
            "DB_LOCK_WAIT_SECONDS": "20",
            "DB_POOL_WAIT_SECONDS": "60",  # long, because the machine may be busy; only some tests set a short wait
            "EXPIRY_INTERVAL_SECONDS": "1",
        }
        self._expected = int({**chosen, **environment}["WEB_CONCURRENCY"])
        self.process = spawn(["./start_gunicorn.sh"], log=self.log, environment={**kept, **chosen, **environment})
        self.pid = self.process.pid

    async def ready(self, *, seconds: float = 120.0) -> None:
        """Wait until the shop answers that it is ready and all workers run. Fails if it ends or after `seconds`."""
        async with self.client() as client:

            async def is_ready() -> bool:
                assert self.process.poll() is None, f"it ended while starting:\n{self.said()[-3000:]}"
                try:
                    answer = await client.get("/health/ready")
                except httpx.HTTPError:
                    return False
                return answer.status_code == 200 and len(self.workers()) == self._expected

            assert await until(is_ready, seconds=seconds), f"it did not get ready:\n{self.said()[-3000:]}"

    def client(self, *, connections: int = 20, timeout: float = 60.0) -> httpx.AsyncClient:
        """Return a client of this shop."""
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=2)
        return httpx.AsyncClient(base_url=self.base, timeout=timeout, trust_env=False, limits=limits)

    def members(self) -> list[int]:
        """Return the living processes of the group."""
        return [pid for pid, (_, group) in living().items() if group == self.pid]

    def workers(self) -> list[int]:
        """Return the living children of the master."""
        return [pid for pid, (parent, group) in living().items() if parent == self.pid and group == self.pid]

    def accepts(self) -> bool:
        """Return True if a process listens on the port."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2):
            return True
        return False

    def said(self) -> str:
        """Return all output of the shop."""
        return self.log.read_text(errors="replace")

    def unhandled(self) -> list[str]:
        """Return the log lines of unexpected errors."""
        words = ("unhandled ", "Traceback", "never retrieved", '"level":"CRITICAL"')
        return [line[:600] for line in self.said().splitlines() if any(word in line for word in words)]

    def terminate(self) -> None:
        """Send SIGTERM only to the script's process."""
        self.process.terminate()

    def kill(self) -> None:
        """Send SIGKILL to the whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(60)

    def kill_master(self) -> None:
        """Send SIGKILL only to the master."""
        self.process.kill()
        self.process.wait(60)

    async def ended(self, *, seconds: float = 60.0) -> int | None:
        """Wait for the end, and return the exit status; None if the shop still runs after `seconds`."""
        await until(self._is_over, seconds=seconds)
        return self.process.poll()

    async def _is_over(self) -> bool:
        return self.process.poll() is not None


@asynccontextmanager
async def running(environment: dict[str, str], state: Path, *, port: int | None = None) -> AsyncIterator[Shop]:
    """Start a shop, and wait until it is ready. At the end, send SIGTERM, and kill what is left of its group."""
    shop = Shop(environment, state, port=port)
    try:
        await shop.ready()
        yield shop
        shop.terminate()
        await shop.ended()
    finally:
        shop.kill()
