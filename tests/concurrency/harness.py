"""Real processes for the concurrency tests: the shop as `./start_gunicorn.sh` starts it.

Everything listens on loopback and is ended by its process id, whatever an assertion says. Children also end by
themselves when the test process dies.
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
OURS = ("DB_", "DATABASE_", "REDIS_", "TEST_", "PORTONE_", "ORDER_", "LIMIT_", "UNPAID_", "GUNICORN_", "OUTBOUND_")
NAMES = frozenset({"WEB_CONCURRENCY", "ENV", "SANDBOX", "STATE_DIR", "PORT", "BIND_HOST", "DEMO_SHOP"})
NAMES |= {"DRAIN_SECONDS", "MIGRATE_AT_START"}

needs_servers = pytest.mark.skipif(not REAL, reason="needs MySQL and Redis")
needs_own_redis = pytest.mark.skipif(shutil.which("redis-server") is None, reason="needs redis-server to stop it")

P = ParamSpec("P")


def within(seconds: float) -> Callable[[Callable[P, Awaitable[None]]], Callable[P, Awaitable[None]]]:
    """A test that takes longer fails there and then, and ends what it started. Many times what it takes."""

    def limited(test: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
        @functools.wraps(test)
        async def run(*args: P.args, **kwargs: P.kwargs) -> None:
            async with asyncio.timeout(seconds):
                await test(*args, **kwargs)

        return run

    return limited


def spawn(command: Sequence[str], *, log: Path, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a process group of its own that is told to end when this process dies."""

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
            preexec_fn=end_with_parent,  # noqa: PLW1509 - the one call in it takes no lock
        )


def living() -> dict[int, tuple[int, int]]:
    """Every process that is no zombie: pid -> (parent, process group)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                state, parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                if state != "Z":
                    found[int(entry.name)] = (int(parent), int(group))
    return found


async def until(holds: Callable[[], Awaitable[Any]], *, seconds: float = 60.0, every: float = 0.1) -> bool:
    """Whether it came to hold within the time."""
    end = time.monotonic() + seconds
    while not await holds():
        if time.monotonic() > end:
            return False
        await asyncio.sleep(every)
    return True


class Shop:
    """One start of the command. `pid` is the script's, then gunicorn's master's, and names the process group."""

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
            "DB_POOL_WAIT_SECONDS": "60",  # a busy machine may be slow: only where a test asks for it is a wait too long
            "EXPIRY_INTERVAL_SECONDS": "1",
        }
        self._expected = int({**chosen, **environment}["WEB_CONCURRENCY"])
        self.process = spawn(["./start_gunicorn.sh"], log=self.log, environment={**kept, **chosen, **environment})
        self.pid = self.process.pid

    async def ready(self, *, seconds: float = 120.0) -> None:
        """Wait until it says that it is ready and all workers are there."""
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
        """A client of this shop."""
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=2)
        return httpx.AsyncClient(base_url=self.base, timeout=timeout, trust_env=False, limits=limits)

    def members(self) -> list[int]:
        """The living processes of the group."""
        return [pid for pid, (_, group) in living().items() if group == self.pid]

    def workers(self) -> list[int]:
        """The living children of the master."""
        return [pid for pid, (parent, group) in living().items() if parent == self.pid and group == self.pid]

    def accepts(self) -> bool:
        """Whether anybody listens on the port."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2):
            return True
        return False

    def said(self) -> str:
        """Everything it wrote."""
        return self.log.read_text(errors="replace")

    def unhandled(self) -> list[str]:
        """Log lines of errors that nobody expected."""
        words = ("unhandled ", "Traceback", "never retrieved", '"level":"CRITICAL"')
        return [line[:600] for line in self.said().splitlines() if any(word in line for word in words)]

    def terminate(self) -> None:
        """SIGTERM to the script's process alone."""
        self.process.terminate()

    def kill(self) -> None:
        """SIGKILL to the whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait(60)

    def kill_master(self) -> None:
        """SIGKILL to the master alone."""
        self.process.kill()
        self.process.wait(60)

    async def ended(self, *, seconds: float = 60.0) -> int | None:
        """The exit status, None when it still runs after that time."""
        await until(self._is_over, seconds=seconds)
        return self.process.poll()

    async def _is_over(self) -> bool:
        return self.process.poll() is not None


@asynccontextmanager
async def running(environment: dict[str, str], state: Path, *, port: int | None = None) -> AsyncIterator[Shop]:
    """A shop that is ready; at the end it is told to end, and what is left of its group is killed."""
    shop = Shop(environment, state, port=port)
    try:
        await shop.ready()
        yield shop
        shop.terminate()
        await shop.ended()
    finally:
        shop.kill()
