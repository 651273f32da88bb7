"""Shared parts of the benches: servers on loopback that end with the bench, `wrk`, and turns of candidate and limit.

Nothing here asserts a time. A bench has its own database on 127.0.0.1:3306 (root, empty password), which it drops, a
private redis-server, and a deadline after which it stops. It ends every process that it started, by process id.
"""

import asyncio
import os
import re
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import asyncmy
import httpx

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")
MYSQL = {"host": "127.0.0.1", "port": 3306, "user": "root", "password": ""}
OURS = re.compile(r"shop_bench_([0-9a-f]{8})_\w+")  # the start of the bench in hexadecimal seconds, then its pid
LEFTOVER_SECONDS = 6 * 3600
OUR_VARIABLES = ("JOBS", "DB_", "DATABASE_", "REDIS_", "TEST_", "LIMIT_", "PORTONE_", "BENCH_", "ORDER_", "UNPAID_")
OTHER_VARIABLES = {"ENV", "SANDBOX", "STATE_DIR", "PORT", "WEB_CONCURRENCY", "LOG_LEVEL", "DEMO_SHOP", "BIND_HOST"}
OTHER_VARIABLES |= {"DRAIN_SECONDS", "MIGRATE_AT_START"}
READY_SECONDS = 60
CALM_SECONDS, CALM_SHARE = 20, 0.8
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Load:
    """Result of one run against one side. `cpu` is the CPU seconds of the side's only Python process."""

    done: int
    seconds: float
    cpu: float
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    failed: int = 0
    created: int = 0
    example: str = ""

    @property
    def rate(self) -> float:
        """Requests done per second."""
        return self.done / self.seconds

    @property
    def cpu_us(self) -> float:
        """Microseconds of the process's CPU for each request done."""
        return self.cpu * 1e6 / max(1, self.done)


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
            raise SystemExit(f"no MySQL for root without a password on 127.0.0.1:3306: {error}") from None
        self.stack.callback(sql, f"DROP DATABASE IF EXISTS `{name}`")
        url = self.environment["DATABASE_URL"] = f"mysql://root:@127.0.0.1:3306/{name}"
        return url

    def use_redis(self) -> str:
        """Start a private redis-server for all servers that are started from now on, and return its URL."""
        redis_server, port = program("redis-server", "Debian package redis-server"), free_port()
        command = [redis_server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._start("redis", [*command, "--dir", str(self.folder)], {})
        until(lambda: _connects(port), "redis-server")
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
            [PYTHON, "-m", *arguments], cwd=ROOT, env=_environment(own), capture_output=True, text=True, check=False
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
                env=_environment(own),
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


def turns(rounds: int, sides: Mapping[str, Callable[[], Load]]) -> dict[str, list[Load]]:
    """Run every side once in each round, in reverse order in every second round. The first round is a warm-up and is
    not measured."""
    loads: dict[str, list[Load]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        wait_for_calm()
        order = list(sides) if number % 2 else list(sides)[::-1]
        for name in order:
            load = sides[name]()
            if load.failed:
                print(f"  {name}: {load.failed} of {load.done} failed {load.example}", flush=True)
            if number:
                loads[name].append(load)
        rates = "  ".join(f"{name} {loads[name][-1].rate:.0f}/s" for name in sides if loads[name])
        print(f"  round {number}: {rates or 'warm-up'}  (load {load_average()})", flush=True)
    return loads


def ratio_line(what: str, candidate: Sequence[Load], limit: Sequence[Load], floor: float | None) -> str:
    """Return one line of a result: the median of the rounds' ratios, their range, the ratio by CPU, and the rates."""
    ratios = [one.rate / other.rate for one, other in zip(candidate, limit, strict=True)]
    by_cpu = statistics.median(one.cpu_us for one in limit) / statistics.median(one.cpu_us for one in candidate)
    middle = statistics.median(ratios)
    verdict = "" if floor is None else f" {'ok' if middle >= floor else 'MISSED'} (>= {floor})"
    return (
        f"{what}: {middle:.2f} [{min(ratios):.2f} to {max(ratios):.2f}]{verdict}; by CPU {by_cpu:.2f}; "
        f"{median_rate(candidate):.0f}/s of {median_rate(limit):.0f}/s; "
        f"p50 {statistics.median(one.p50_ms for one in candidate):.2f} ms, "
        f"p99 {statistics.median(one.p99_ms for one in candidate):.2f} ms; "
        f"{statistics.median(one.cpu_us for one in candidate):.0f} us of CPU"
    )


def median_rate(loads: Sequence[Load]) -> float:
    """Return the median of the rounds' rates."""
    return statistics.median(load.rate for load in loads)


def sql(statement: str, database: str | None = None) -> list[tuple[Any, ...]]:
    """Run one statement on the local MySQL, and return its rows."""

    async def run() -> list[tuple[Any, ...]]:
        connection = await asyncmy.connect(**MYSQL, db=database, autocommit=True, connect_timeout=5)
        try:
            async with connection.cursor() as cursor:
                await cursor.execute(statement)
                return list(await cursor.fetchall())
        finally:
            connection.close()

    return asyncio.run(run())


def until(holds: Callable[[], bool], name: str, server: Server | None = None, *, every: float = 0.05) -> None:
    """Wait until `holds` returns True. Raises SystemExit after READY_SECONDS, or if the server's process ends."""
    end = time.monotonic() + READY_SECONDS
    while not holds():
        if time.monotonic() > end or (server and server.process.poll() is not None):
            log = server.log.read_text(errors="replace")[-2000:] if server else ""
            raise SystemExit(f"{name} did not get ready\n{log}")
        time.sleep(every)


def memory_of(pid: int) -> dict[str, float]:
    """Return resident and proportional set size of a process, in MB (10^6 bytes)."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = {name: int(kilo) * 1024 / 1e6 for name, kilo in re.findall(r"^(\w+): +(\d+) kB", text, re.MULTILINE)}
    return {name: found[name] for name in ("Rss", "Pss")}


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a process has used, including its threads."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / TICKS


def children(pid: int) -> list[int]:
    """Return the process ids of a process's children."""
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def free_port() -> int:
    """Return a free port on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wrk_program() -> str:
    """Return the path of wrk. Raises SystemExit if it is not installed."""
    return program("wrk", "Debian package wrk")


def conditions() -> str:
    """Return the conditions of the run in one line: time, machine, versions, commit."""
    mysql = (
        sql("SELECT CONCAT(VERSION(), ' flush=', @@innodb_flush_log_at_trx_commit)")[0][0] if _connects(3306) else "-"
    )
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    when, python = time.strftime("%F %T"), sys.version.split()[0]
    return (
        f"{when}, {os.cpu_count()} cores, load {load_average()}, Python {python}, MySQL {mysql}, "
        f"{revision.stdout.strip() or 'no git'}"
    )


def load_average() -> str:
    """Return the load average of the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def wait_for_calm() -> None:
    """Wait until the processors are mostly idle, at most CALM_SECONDS. Servers without requests are idle enough."""
    end = time.monotonic() + CALM_SECONDS
    while time.monotonic() < end:
        before = _idle_ticks()
        time.sleep(0.5)
        if (_idle_ticks() - before) / TICKS >= 0.5 * CALM_SHARE * (os.cpu_count() or 1):
            return


def unique() -> str:
    """Return a prefix that no other run has."""
    return secrets.token_hex(8)


def program(name: str, package: str) -> str:
    """Return the path of a program. Raises SystemExit if it is not installed."""
    if found := shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin"):
        return found
    raise SystemExit(f"{name} is not installed, and this bench needs it ({package})")


def _environment(own: Mapping[str, str]) -> dict[str, str]:
    """Return this environment without the variables that configure a shop, and with `own`."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(OUR_VARIABLES) and name not in OTHER_VARIABLES
    }
    return {**kept, "PYTHONUNBUFFERED": "", **own}


def _idle_ticks() -> int:
    """Return the ticks for which the processors have been idle, summed over all."""
    numbers = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return int(numbers[4])


def _connects(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


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
