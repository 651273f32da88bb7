"""Failures that nobody expected, told to whoever wants to know (ERROR_HOOK): an error tracker, a chat, a pager.

A hook is a plain function of one `Failure`. It runs in a thread of its own, one after the other, so that it may take
its time and call others; a slow or broken one costs no request anything. What it is told holds no message, no body and
no header: those may be personal.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Final

from src.common.logs.context import request_id
from src.common.logs.setup import where
from src.core.observing.context import current_route, trace_id
from src.core.observing.metrics import ERROR_REPORTS

logger = logging.getLogger(__name__)

MOST_WAITING: Final = 100
END_SECONDS: Final = 3.0


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One failure. `kind` is the error's class, `place` its path through our code, `during` the current operation."""

    kind: str
    place: str
    during: str
    route: str
    request_id: str
    trace_id: str


Hook = Callable[[Failure], object]

_hooks: list[Hook] = []
_waiting: "queue.Queue[Failure | None]" = queue.Queue(MOST_WAITING)
_thread: threading.Thread | None = None


def on_error(hook: Hook) -> None:
    """Report every failure to this function from now on."""
    _hooks.append(hook)


def open_hook(name: str) -> None:
    """Take the function that ``package.module:function`` names. The start has checked that there is one."""
    if name:
        on_error(resolve_name(name))


def tell(error: BaseException, *, during: str) -> None:
    """Report a failure. It costs nothing without a hook, never waits and never raises."""
    global _thread  # noqa: PLW0603 - started with the first failure: after the fork
    if not _hooks:
        return
    failure = Failure(
        kind=type(error).__name__,
        place=where(error),
        during=during,
        route=current_route(),
        request_id=request_id.get(),
        trace_id=trace_id.get(),
    )
    if _thread is None:
        _thread = threading.Thread(target=_tell_all, name="failures", daemon=True)
        _thread.start()
    try:
        _waiting.put_nowait(failure)
    except queue.Full:
        ERROR_REPORTS.of("dropped").add()


def close_hooks() -> None:
    """Remove the hooks. Waiting failures are still reported, for END_SECONDS at most."""
    global _thread
    thread, _thread = _thread, None
    if thread is not None:
        try:
            _waiting.put_nowait(None)
        except queue.Full:
            logger.warning("failures were waiting to be told and are lost")
        else:
            thread.join(END_SECONDS)
    _hooks.clear()


def _tell_all() -> None:
    while (failure := _waiting.get()) is not None:
        for hook in tuple(_hooks):
            try:
                hook(failure)
            except Exception as error:  # noqa: BLE001 - it is not ours, and it must not keep the next failure waiting
                ERROR_REPORTS.of("failed").add()
                logger.warning("ERROR_HOOK failed: %s", type(error).__name__)
            else:
                ERROR_REPORTS.of("told").add()
