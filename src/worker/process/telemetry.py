"""Logs, traces and metrics of a process.

Web processes, worker and scheduler open it after their fork, because threads and locks do not survive a fork:
`observed` before everything else, `exported` when database and Redis are open.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Literal

from src.common.logs import error_hook, files
from src.core.configs import Settings
from src.core.observing import statements, tracing
from src.core.observing.metrics import BUILD
from src.core.observing.process_metrics import beat
from src.core.observing.serving import serve_metrics
from src.core.startup import revision_of
from src.worker.process.gauges import sources

Role = Literal["web", "worker", "scheduler"]


@asynccontextmanager
async def observed(chosen: Settings, *, role: Role) -> AsyncIterator[None]:
    """Open log files, the log of slow statements, ERROR_HOOK and traces, as configured, while the body runs."""
    observe = chosen.observe
    async with AsyncExitStack() as stack:
        if observe.log_dir:
            files.open_file(Path(observe.log_dir), role, max_bytes=observe.log_file_bytes, keep=observe.log_file_count)
            stack.callback(files.close_file)
        statements.log_slower_than(observe.slow_query_ms)
        error_hook.open_hook(observe.error_hook)
        stack.callback(error_hook.close_hooks)
        if observe.tracing_endpoint:
            tracing.start(observe.tracing_endpoint, service=f"micgolf-{role}", version=revision_of(chosen))
            stack.callback(tracing.stop)
        yield


@asynccontextmanager
async def exported(chosen: Settings, *, role: Role) -> AsyncIterator[None]:
    """Serve ``/metrics`` on the role's port while the body runs, unless metrics are off. A port or folder that cannot
    be used is logged and does not stop the body."""
    port = chosen.metrics_port(role)
    if not port:
        yield
        return
    BUILD.of(revision_of(chosen)).set(1)
    exporter = await serve_metrics(
        port,
        folder=chosen.observe.shared_folder(role, port, state_dir=chosen.server.state_dir),
        host=chosen.observe.metrics_host,
        sources=sources(),
        expected=chosen.server.workers if role == "web" else 1,
    )
    beating = asyncio.create_task(beat(), name="beat")
    try:
        yield
    finally:
        beating.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await beating
        await exporter.stop()
