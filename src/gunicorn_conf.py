"""gunicorn's configuration: settings are checked first, the database is prepared once, then the workers are forked.

The app is imported once, in the master (`preload_app`), and the database is prepared there too: a second Python process
would take half a second more. The preparation has its own event loop and closes every connection before the first fork,
because no connection may be shared with a worker.
"""

import asyncio
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

gc.disable()  # garbage collection during the imports frees nothing and took a sixth of the start
# If rich and click are installed (typer needs them), httpx imports its command line: 5 MB in every worker and 0.15 s of
# the start for code that the server never calls. httpx handles the ImportError that this entry causes.
sys.modules["httpx._main"] = None  # type: ignore[assignment]

import src.core.vendor_client  # noqa: E402, F401 - clients of vendors need it: loaded once, for all workers
from src.common.logs.files import write_line  # noqa: E402
from src.common.logs.setup import set_up_logging  # noqa: E402
from src.core.draining import DrainingServer, turn_away  # noqa: E402
from src.core.orphan import watch_parent  # noqa: E402
from src.core.startup import Refused, checked_settings, why  # noqa: E402
from src.serving import announcement, bind_host, prepare  # noqa: E402

EX_CONFIG = 78  # sysexits.h: wrong configuration; a supervisor need not try again
PORT_WAIT_SECONDS = 6.0  # workers of a killed master hold the port until they notice (`watch_parent`)
ORPHAN_GRACE_SECONDS = 3.0


def refuse(reasons: list[str], status: int = EX_CONFIG) -> NoReturn:
    """Print the reasons for which the server does not start, one on each line, and exit."""
    sys.stderr.write("".join(["시작할 수 없습니다 / refusing to start:\n", *(f"  - {reason}\n" for reason in reasons)]))
    raise SystemExit(status)


try:
    _chosen = checked_settings()
except Refused as refused:
    refuse(refused.reasons)

# Imported late: gunicorn reads WEB_CONCURRENCY at import and answers a bad value with a traceback.
from gunicorn.arbiter import Arbiter  # type: ignore[import-untyped] # noqa: E402
from gunicorn.glogging import Logger  # type: ignore[import-untyped] # noqa: E402
from uvicorn_worker import UvicornWorker  # type: ignore[import-untyped] # noqa: E402


class JsonLogger(Logger):  # type: ignore[misc]
    """Send gunicorn's log to the shop's JSON handler, warnings and above. `when_ready` reports that the master
    listens."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True


class ShopWorker(UvicornWorker):  # type: ignore[misc]
    """uvicorn worker on uvloop and httptools. It ends within 5 s after its master has ended for any reason."""

    CONFIG_KWARGS = {
        "loop": "uvloop",
        "http": "httptools",
        "ws": "none",
        "lifespan": "on",
        "log_config": None,
        "access_log": False,
        "server_header": False,
        # Together with the drain shorter than gunicorn's timeout, so that the lifespan can close its adapters.
        "timeout_graceful_shutdown": 20,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("uvicorn.error", "uvicorn.access"):
            logging.getLogger(name).handlers.clear()
        logging.getLogger("uvicorn.error").propagate = True

    async def _serve(self) -> None:
        """Serve as the base class does, with a server that drains."""
        guard = asyncio.create_task(watch_parent(self.ppid, self._stop_orphan))
        try:
            self.config.app = self.wsgi
            server = DrainingServer(self.config, drain_seconds=_chosen.drain_seconds)
            self._install_sigquit_handler()
            await server.serve(sockets=self.sockets)
            if not server.started:
                sys.exit(Arbiter.WORKER_BOOT_ERROR)
        finally:
            guard.cancel()

    def _stop_orphan(self) -> None:
        logging.getLogger("shop.worker").warning("the master is gone: this worker stops")
        asyncio.get_running_loop().call_later(ORPHAN_GRACE_SECONDS, os._exit, 1)
        os.kill(os.getpid(), signal.SIGTERM)


def wait_for_port(host: str, port: int) -> None:
    """Return when the port is free. If it is not free after PORT_WAIT_SECONDS, print the reason and exit."""
    end = time.monotonic() + PORT_WAIT_SECONDS
    while True:
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
                return
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < end:
                time.sleep(0.3)
                continue
            refuse([f"PORT {port} on {host}: {error.strerror}"], status=1)


def on_starting(_server: Any) -> None:
    """Prepare the master before it listens: wait for the port, prepare the database, close all connections."""
    global _is_fresh  # noqa: PLW0603 - read once, by when_ready
    wait_for_port(_host, _chosen.server.port)
    try:
        _is_fresh = asyncio.run(prepare(_chosen))
    except Exception as error:  # any error is printed as one line; the traceback only at log level DEBUG
        logging.getLogger("shop.start").debug("preparing failed", exc_info=True)
        refuse([f"the database cannot be prepared: {why(error, _chosen)}"], status=1)
    for thread in threading.enumerate():  # the thread of a closed SQLite connection needs a moment to end
        if thread is not threading.main_thread():
            thread.join(timeout=2)
    if (threads := threading.active_count()) > 1:
        refuse([f"{threads} threads are alive before the fork; a worker would inherit their locks"], status=1)
    gc.freeze()  # garbage collection in the workers then skips the loaded objects, so their memory pages stay shared


def post_fork(_server: Any, _worker: Any) -> None:
    """Enable garbage collection in the worker for its own objects, less often than by default."""
    gc.enable()
    gc.set_threshold(10_000, 20, 50)


def when_ready(server: Any) -> None:
    """Print the addresses of the shop once, when the master listens."""
    gc.enable()
    server.stop = partial(stop_serving, server, server.stop)  # gunicorn has no hook before it stops its workers
    lines = announcement(_chosen, host=_host, is_fresh=_is_fresh)
    write_line(
        "".join(f"{line}\n" for line in lines).encode()
    )  # serve even if stdout cannot be written, as on a full disk


def stop_serving(server: Any, stop: Callable[..., None], graceful: bool = True) -> None:
    """Refuse new connections when the master stops, unless another master serves the same socket (SIGUSR2)."""
    if graceful and _chosen.drain_seconds and server.reexec_pid == server.master_pid == 0:
        turn_away([listener.sock for listener in server.LISTENERS])
    stop(graceful)


_host = bind_host(_chosen)
_is_fresh = False
set_up_logging(_chosen.server.log_level, is_text=_chosen.server.log_format == "text")

bind = f"[{_host}]:{_chosen.server.port}" if ":" in _host else f"{_host}:{_chosen.server.port}"
chdir = str(Path(__file__).resolve().parent.parent)
worker_class = ShopWorker
workers = _chosen.server.workers
preload_app = True
reuse_port = False
backlog = 2048
# Longer than any proxy keeps an idle connection (deploy/nginx: 5 s), so that the proxy closes it: if the server closed
# it, the proxy could send a request at the same moment and lose it.
keepalive = 20
timeout = 60
graceful_timeout = 50  # for the drain, 20 s for requests, 10 s for jobs, and the closing of adapters
max_requests = 0
proc_name = "micgolf-shop"
forwarded_allow_ips = _chosen.server.trusted_proxies
logger_class = JsonLogger
loglevel = "debug" if _chosen.server.log_level == "DEBUG" else "warning"
errorlog = "-"
accesslog = None
control_socket_disable = True  # it would need a thread and a socket file, and nothing uses it
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeats must not wait for a disk


def serve() -> None:
    """Run gunicorn in this process with this configuration. Its re-execution (SIGUSR2) reuses the command line."""
    from gunicorn import __main__ as gunicorn  # type: ignore[import-untyped]
    from gunicorn.app.wsgiapp import run  # type: ignore[import-untyped]

    sys.argv = [str(gunicorn.__file__), "-c", "python:src.gunicorn_conf", "src.main:app"]
    run(prog="gunicorn")


if __name__ == "__main__":
    serve()
