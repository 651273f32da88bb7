"""Run a background process: open its adapters, touch its liveness file, stop it gracefully on SIGTERM."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import uvloop

from src.bootstrap.adapters import opened
from src.common.logs.setup import set_up_logging
from src.common.work import wakeup
from src.core.configs import Settings
from src.core.database.schema import is_migrated
from src.core.startup import Refused, checked_settings
from src.worker.executors import register_executors
from src.worker.process.telemetry import exported, observed

logger = logging.getLogger(__name__)

EX_CONFIG = 78
BEAT_SECONDS = 5.0
STALE_SECONDS = 30.0
HOST = os.uname().nodename  # needed because containers share the folder and each has a process with id 1

Kind = Literal["worker", "scheduler"]
Body = Callable[[Settings, asyncio.Event], Awaitable[None]]


def main(kind: Kind, body: Body) -> None:
    """Run `body` until SIGTERM or SIGINT sets its event. Exits with status 78 if the settings forbid a start.

    With ``--alive``, for health checks, it only reports whether such a process works on this host: exit status 0 or 1.
    """
    try:
        chosen = checked_settings()
    except Refused as refused:
        sys.stderr.write("".join(f"  - {reason}\n" for reason in refused.reasons))
        raise SystemExit(EX_CONFIG) from None
    if "--alive" in sys.argv[1:]:
        raise SystemExit(0 if is_alive(kind, chosen) else 1)
    if chosen.jobs.place != "apart":
        sys.stderr.write(f"JOBS={chosen.jobs.place}: the web processes do all background work; set JOBS=apart\n")
        raise SystemExit(EX_CONFIG)
    set_up_logging(chosen.server.log_level, is_text=chosen.server.log_format == "text")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(kind, body, chosen))


def is_alive(kind: Kind, chosen: Settings) -> bool:
    """Return True if a process of this kind on this host touched its file within STALE_SECONDS: its event loop runs."""
    now = time.time()
    return any(now - beat.stat().st_mtime < STALE_SECONDS for beat in _folder(chosen).glob(f"{kind}-{HOST}-*"))


async def _serve(kind: Kind, body: Body, chosen: Settings) -> None:
    register_executors()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with _beating(kind, chosen), observed(chosen, role=kind), opened(chosen), exported(chosen, role=kind):
        if not await _schema_is_there(stop):
            return
        hearer = wakeup.hear_others()
        await hearer.start()
        logger.info("%s at work", kind)
        try:
            await body(chosen, stop)
        finally:
            await hearer.stop()
            wakeup.reset()
    logger.info("%s ended", kind)


async def _schema_is_there(stop: asyncio.Event) -> bool:
    """Wait until the migrations of this code are applied, which another process does. Returns False if `stop` is set
    before."""
    while not stop.is_set():
        try:
            if await is_migrated():
                return True
            logger.warning("waiting for the migrations of this code")
        except Exception as error:  # noqa: BLE001 - the database is unavailable: look again
            logger.warning("waiting for the database: %s", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await stop.wait()
    return False


@asynccontextmanager
async def _beating(kind: Kind, chosen: Settings) -> AsyncIterator[None]:
    """Touch a file every BEAT_SECONDS while the body runs, so that `is_alive` detects a hanging event loop."""
    folder = _folder(chosen)
    folder.mkdir(parents=True, exist_ok=True)
    beat = folder / f"{kind}-{HOST}-{os.getpid()}"

    async def touch() -> None:
        while True:
            with contextlib.suppress(OSError):  # a full disk must not stop the process
                beat.touch()
            await asyncio.sleep(BEAT_SECONDS)

    task = asyncio.create_task(touch())
    try:
        yield
    finally:
        task.cancel()
        beat.unlink(missing_ok=True)


def _folder(chosen: Settings) -> Path:
    return chosen.server.state_dir / "alive"
