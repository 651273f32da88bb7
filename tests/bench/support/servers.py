"""Servers on loopback that end with the bench."""

import os
import re
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import asyncmy
import httpx

from tests.bench.support.machine import (
    MYSQL,
    ROOT,
    children,
    conditions,
    connects,
    cpu_of,
    free_port,
    load_average,
    program,
    sql,
    wrk_program,
)
from tests.bench.support.results import Load

HERE = ROOT / "tests" / "bench"
PYTHON = str(ROOT / ".venv" / "bin" / "python")
OURS = re.compile(r"shop_bench_([0-9a-f]{8})_\w+")  # the start of the bench in hexadecimal seconds, then its pid
LEFTOVER_SECONDS = 6 * 3600
OUR_VARIABLES = ("JOBS", "DB_", "DATABASE_", "REDIS_", "TEST_", "LIMIT_", "PORTONE_", "BENCH_", "ORDER_", "UNPAID_")
OTHER_VARIABLES = {"ENV", "SANDBOX", "STATE_DIR", "PORT", "WEB_CONCURRENCY", "LOG_LEVEL", "DEMO_SHOP", "BIND_HOST"}
OTHER_VARIABLES |= {"DRAIN_SECONDS", "MIGRATE_AT_START"}
READY_SECONDS = 60


@dataclass
class Bench:
    """One run of a bench: its folder, and the cleanup of what it started."""

    folder: Path
    stack: ExitStack
    environment: dict[str, str] = field(default_factory=dict)
    root: Path = ROOT  # the checkout that is served

    def use_mysql(self) -> str:
        """Create an empty database for all servers that are started from now on, and return its URL."""
        name = f"shop_bench_{int(time.time()):08x}_{os.getpid()}_{secrets.token_hex(2)}"
        try:
            for (old,) in sql("SHOW DATABASES LIKE 'shop\\_bench\\_%'"):
                if (match := OURS.fullmatch(old)) and time.time() - int(match[1], 16) > LEFTOVER_SECONDS:
                    sql(f"DROP DATABASE IF EXISTS `{old}`")
            sql(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")
        except (OSError, asyncmy.errors.Error) as error:
            raise SystemExit(f"no MySQL for root without a password on 127.0.0.1:{MYSQL['port']}: {error}") from None
        self.stack.callback(sql, f"DROP DATABASE IF EXISTS `{name}`")
        url = self.environment["DATABASE_URL"] = f"mysql://root:@127.0.0.1:{MYSQL['port']}/{name}"
        return url

    def use_redis(self) -> str:
        """Start a private redis-server for all servers that are started from now on, and return its URL."""
        redis_server, port = program("redis-server", "Debian package redis-server"), free_port()
        command = [redis_server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._start("redis", [*command, "--dir", str(self.folder)], {})
        until(lambda: connects(port), "redis-server")
        url = self.environment["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
        return url

    def shop(self, name: str = "shop", app: str = "src.main:app", **environment: str) -> "Server":
        """Start the real server by gunicorn with the project's configuration, and wait until it is ready."""
        command = [PYTHON, "-m", "gunicorn", "-c", "python:src.gunicorn_conf", app]
        port = free_port()
        shop = {"PORT": str(port), "STATE_DIR": str(self.folder / "state"), **self.environment, **environment}
        return self.serve(name, command, port, "/health/ready", shop)

    def script(self, name: str, **environment: str) -> "Server":
        """Start the real server by ``./start_gunicorn.sh``, without waiting for it."""
        port = free_port()
        shop = {"PORT": str(port), "STATE_DIR": str(self.folder / "state"), **self.environment, **environment}
        return Server(port, *self._start(name, ["./start_gunicorn.sh"], shop), environment=shop)

    def beside(self, module: str, name: str) -> "Server":
        """Start a process of background work (``src.worker`` or ``src.worker.scheduler``), and wait until it works."""
        own = {"JOBS": "apart", "STATE_DIR": str(self.folder / name), "PORT": "1", **self.environment}
        server = Server(0, *self._start(name, [PYTHON, "-m", module], own), environment=own)
        until(lambda: " at work" in server.log.read_text(errors="replace"), name, server)
        return server

    def bare(self, **environment: str) -> "Server":
        """Start the limit: `bare_app` on gunicorn with its default settings and one worker."""
        port = free_port()
        options = ["-k", "uvicorn_worker.UvicornWorker", "-w", "1", "-b", f"127.0.0.1:{port}", "--log-level", "warning"]
        command = [PYTHON, "-m", "gunicorn", *options, "tests.bench.bare_app:app"]
        return self.serve("bare", command, port, "/ready", {**self.environment, **environment})

    def run(self, *arguments: str, **environment: str) -> str:
        """Run a Python module to its end with the shop's environment, and return its output. Raises SystemExit if it
        fails."""
        own = {"PORT": str(free_port()), "STATE_DIR": str(self.folder / "state"), **self.environment, **environment}
        done = subprocess.run(
            [str(self.root / ".venv/bin/python"), "-m", *arguments],
            cwd=self.root,
            env=environment_for(own),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-3000:]}")
        return done.stdout

    def serve(self, name: str, command: list[str], port: int, ready: str, own: Mapping[str, str]) -> "Server":
        """Start a server, and wait until it answers 200 at `ready`."""
        server = Server(port, *self._start(name, command, own), environment=dict(own))
        until(lambda: server.answers(ready), name, server)
        return server

    def _start(self, name: str, command: list[str], own: Mapping[str, str]) -> tuple["subprocess.Popen[bytes]", Path]:
        log = self.folder / f"{name}.log"
        with log.open("ab") as out:
            # A separate process group: Ctrl-C must reach only the bench, which ends what it started.
            process = subprocess.Popen(
                command,
                cwd=self.root,
                env=environment_for(own),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                process_group=0,
            )
        self.stack.callback(_end, process)
        return process, log


@dataclass
class Server:
    """A started server: its port, its process and its log."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    environment: dict[str, str]

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def worker(self) -> int:
        """The process id of the only worker."""
        (worker,) = children(self.process.pid)
        return worker

    def answers(self, path: str) -> bool:
        """Return True if the server answers 200 at `path`."""
        with suppress(httpx.HTTPError):
            return httpx.get(self.base + path, timeout=2, trust_env=False).status_code == 200
        return False

    def stop(self) -> None:
        """Stop the server before the bench ends."""
        _end(self.process)

    def wrk(
        self, path: str, *, seconds: float, headers: Mapping[str, str] | None = None, lua: str = "report.lua",
        arguments: Sequence[str] = (), connections: int = 16,
    ) -> Load:  # fmt: skip
        """Load the server by ``wrk -t1 -c16`` with a Lua script of this folder."""
        worker = self.worker
        command = [wrk_program(), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "10s"]
        for name, value in (headers or {}).items():
            command += ["-H", f"{name}: {value}"]
        command += ["-s", str(HERE / lua), self.base + path, "--", *arguments]
        before = cpu_of(worker)
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30, check=False)
        cpu = cpu_of(worker) - before
        found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
        if not found:
            raise SystemExit(f"wrk failed:\n{(done.stdout + done.stderr)[-2000:]}")
        count, micro, failed, p50, p99, created, *rest = found[1].split(" ", 6)
        return Load(
            done=int(count), seconds=int(micro) / 1e6, cpu=cpu, failed=int(failed), p50_ms=int(p50) / 1000,
            p99_ms=int(p99) / 1000, created=int(created), example="".join(rest),
        )  # fmt: skip


@contextmanager
def bench(title: str, *, deadline: int) -> Iterator[Bench]:
    """Run a bench. It ends, with all that it started, on an error, on SIGTERM, or after `deadline` seconds."""

    def stop(number: int, _frame: object) -> NoReturn:
        reason = f"{title}: stopped after its {deadline} s" if number == signal.SIGALRM else f"{title}: told to stop"
        raise SystemExit(reason)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        signal.signal(number, stop)
    signal.alarm(deadline)
    print(f"# {title}\n# {conditions()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="shop-bench-") as folder, ExitStack() as stack:
        yield Bench(Path(folder), stack)
    signal.alarm(0)
    print(f"# ended: load {load_average()}", flush=True)


def until(holds: Callable[[], bool], name: str, server: Server | None = None, *, every: float = 0.05) -> None:
    """Wait until `holds` returns True. Raises SystemExit after READY_SECONDS, or if the server's process ends."""
    end = time.monotonic() + READY_SECONDS
    while not holds():
        if time.monotonic() > end or (server and server.process.poll() is not None):
            log = server.log.read_text(errors="replace")[-2000:] if server else ""
            raise SystemExit(f"{name} did not get ready\n{log}")
        time.sleep(every)


def environment_for(own: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without the variables that configure a shop, and with `own`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OUR_VARIABLES) and name not in OTHER_VARIABLES
    }
    return {**kept, "PYTHONUNBUFFERED": "", **own}


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Send SIGTERM to the process, which ends its workers, and wait up to 25 s; then send SIGKILL to all that are
    left."""
    workers = children(process.pid)
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(25)
    process.kill()
    process.wait()
    for worker in workers:
        with suppress(OSError):
            if os.getpgid(worker) == process.pid:  # still this worker, not a new process with the same id
                os.kill(worker, signal.SIGKILL)
