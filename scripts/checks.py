# noqa: INP001 - a folder of helpers that are run as files
"""The checks of ``./test.sh`` in ``.venv``: style, types, import contracts, and all tests on both pairs of servers.

Up to four lanes of steps run at a time; the longest begin first. The tests of a pair are two lanes: the first case of
every test function, which coverage measures, and the further cases of those with parameters. The output of a step is
shown when it ends: all of it if the step failed, else its last lines. With arguments only pytest runs, with these
arguments, on ``TEST_PAIR`` (default: embedded).

With CI=true up to three failed tests of a step run once more, in a new process. Tests that pass then are reported as
FLAKY; a test that fails twice fails the run.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from servers import Servers, servers

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Folders and files whose tests use neither the database nor the Redis under test. Their results are the same on both
# pairs, so they run once. All others run on both; tests/conftest.py denies these tests the shop fixture.
ONCE = (
    "architecture",
    "common/logs",
    "contract",
    "core/configs",
    "core/observing",
    "core/test_draining.py",
    "core/test_orphan.py",
    "core/test_vendor_client.py",
    "core/test_vendor_client_pool.py",
    "demo",
    "deploy",
    "sandbox",
    "scripts",
)
# The two halves of every pair. Coverage doubles what a test costs, and further cases of a function hardly add a line.
CASES = ("first", "further")
# The lanes with tests, in the order of their ports and of their Redis databases: they run side by side.
SIDE_BY_SIDE = [(pair, cases) for pair in ("real", "embedded", "none") for cases in CASES]
PORTS_FROM, PORTS_EACH = 20_000, 1_500
# These tests start their own servers and mostly wait for them, so they have their own lane.
APART = "concurrency"
MOST_AGAIN = 3
SHELL_FILES = (
    "start_gunicorn.sh",
    "test.sh",
    "scripts/python.sh",
    "scripts/backup.sh",
    "scripts/release.sh",
    "scripts/restore.sh",
    ".ci/run",
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of a lane. If it succeeds, its last `shown` lines are printed.

    The command `again`, with the test ids that pytest wrote to the file `failed`, runs the failed tests once more.
    """

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    shown: int = 1
    again: Sequence[str] = ()
    failed: Path | None = None


class Runner:
    """Runs steps and keeps their results. `stop` ends the running steps with all their child processes."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.results: dict[str, bool] = {}
        self.flaky: list[str] = []
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._is_stopping = False

    def lane(self, steps: Sequence[Step]) -> None:
        """Run the steps one after the other, all of them even if one fails."""
        for step in steps:
            if not self.run(step) and is_ci():
                self.run_again(step)

    def run_again(self, step: Step) -> None:
        """Run the failed tests once more, MOST_AGAIN at most. The step counts as passed if they pass now."""
        if step.failed is None or not step.failed.exists():
            return
        ids = sorted(json.loads(step.failed.read_text()))
        if not 0 < len(ids) <= MOST_AGAIN:
            return
        again = f"{step.name} again"
        if self.run(Step(name=again, command=(*step.again, *ids), environment=step.environment)):
            self.results[step.name] = True
            self.flaky += ids
        del self.results[again]

    def run(self, step: Step) -> bool:
        """Run one step, print its result, and return True if it succeeded."""
        started = time.monotonic()
        log = self.folder / f"{step.name.replace(' ', '-')}.log"
        with log.open("wb") as out:
            with self._lock:
                if self._is_stopping:
                    return False
                process = subprocess.Popen(  # noqa: S603 - our own commands
                    step.command,
                    cwd=ROOT,
                    env={**self.environment, **step.environment},
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    process_group=0,
                )
                self._running.add(process)
            try:
                is_good = process.wait() == 0
            except BaseException:  # interrupted: end the steps before the servers that they use
                self.stop()
                raise
        with self._lock:
            self._running.discard(process)
            took = time.monotonic() - started
            self.results[step.name] = is_good
            said = log.read_text(errors="replace").splitlines()
            say(f"== {step.name}: {'ok' if is_good else 'FAILED'} ({took:.0f} s)")
            for line in said[-step.shown :] if is_good and step.shown else said if not is_good else ():
                say(f"   {line}")
        return is_good

    def stop(self) -> None:
        """End the running steps; no further step starts."""
        self._is_stopping = True
        # SIGINT first: pytest then closes its fixtures, and with them the servers and databases of single tests.
        for number, patience in ((signal.SIGINT, 15.0), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
            for process in [process for process in self._running if process.poll() is None]:
                os.killpg(process.pid, number)
            end = time.monotonic() + patience
            while any(process.poll() is None for process in self._running) and time.monotonic() < end:
                time.sleep(0.05)


def say(text: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def clean_environment(root: Path) -> dict[str, str]:
    """Return this environment without the shop's variables, so that a developer's settings do not affect the tests.

    PYTHONDONTWRITEBYTECODE is removed too: tests start dozens of processes, and without bytecode each would compile the
    whole shop again.
    """
    names = set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", (root / ".env.example").read_text(), re.MULTILINE))
    names.add("PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in names}


def is_ci() -> bool:
    """Return True if the run is in continuous integration (``CI`` is set)."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def style_steps() -> list[Step]:
    """Return the checks of style and import contracts, which take a few seconds."""
    contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    steps = [
        Step(name="ruff", command=(PYTHON, "-m", "ruff", "check", ".")),
        Step(name="ruff format", command=(PYTHON, "-m", "ruff", "format", "--check", ".")),
        Step(name="import contracts", command=(PYTHON, "-c", contracts)),
    ]
    if shellcheck := shutil.which("shellcheck", path=f"{Path(PYTHON).parent}{os.pathsep}{os.environ.get('PATH', '')}"):
        steps.insert(0, Step(name="shellcheck", command=(shellcheck, "-x", *SHELL_FILES), shown=0))
    return steps


def type_steps() -> list[Step]:
    """Return the type checks."""
    helpers = ("scripts/environment.py", "scripts/servers.py", "scripts/checks.py", "deploy/healthcheck.py")
    return [
        Step(name="mypy", command=(PYTHON, "-m", "mypy")),
        Step(name="mypy scripts", command=(PYTHON, "-m", "mypy", *helpers)),
    ]


def pytest_step(
    pair: str, folder: Path, found: Servers, *, cases: str = "first", arguments: Sequence[str] = ()
) -> Step:
    """Return the step that runs pytest on one pair: with `arguments`, or those `cases` of all its tests except APART.
    The pair "none" stands for the tests of ONCE.

    The first cases of a whole run measure coverage, but not on the real pair: that would cover hardly a line more and
    take half as long again.
    """
    part = pair if arguments else f"{pair}-{cases}"
    cache = folder / f"cache-{part}"
    # pyproject.toml turns pytest's cache off, because it would be in the source tree; its list of failures is needed.
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["addopts"]
    kept = f"addopts={options.replace('-p no:cacheprovider', '')}"
    pytest = [PYTHON, "-m", "pytest", "-o", kept, "-o", f"cache_dir={cache}"]
    once = [f"tests/{name}" for name in ONCE]
    others = [*once, f"tests/{APART}"]
    mine = arguments or (once if pair == "none" else ["tests", *(f"--ignore={name}" for name in others)])
    half = [] if arguments else [f"--cases={cases}"]
    if half and pair != "real" and cases == "first":
        half += ["--cov", "--cov-report=", "--cov-fail-under=0"]
    return Step(
        name=f"tests {pair}" if arguments else f"tests {'once' if pair == 'none' else pair}, {cases} cases",
        command=[*pytest, f"--basetemp={folder / f'pytest-{part}'}", *mine, *half],
        environment={
            # Both time zones are tested: that of most servers (UTC), and that of the shop's staff and shoppers.
            "TZ": os.environ.get("TZ") or ("Asia/Seoul" if pair == "real" else "UTC"),
            "TEST_PAIR": pair,
            "TEST_DATABASE_URL": found.mysql,
            "TEST_REDIS_URL": found.redis,
            "TEST_DATABASE_PREFIX": found.prefix,
            "COVERAGE_FILE": str(folder / f".coverage.{pair}"),
            **({} if arguments else _own_places(SIDE_BY_SIDE.index((pair, cases)), found)),
        },
        shown=1 if not arguments else 10_000,
        again=[*pytest, f"--basetemp={folder / f'pytest-{part}-again'}"],
        failed=cache / "v/cache/lastfailed",
    )


def _own_places(number: int, found: Servers) -> dict[str, str]:
    """Return the ports and the Redis database of a lane of tests. Only the lanes of the real pair, which have the first
    numbers, and APART use Redis."""
    places = {"TEST_PORTS_FROM": str(PORTS_FROM + number * PORTS_EACH)}
    if found.redis and number < len(CASES):
        server, _, database = found.redis.rpartition("/")
        places["TEST_REDIS_URL"] = f"{server}/{int(database) + number}"
    return places


def apart_step(folder: Path, found: Servers) -> Step:
    """Return the step of the tests with several processes, on their own Redis database and their own ports."""
    (folder / APART).mkdir()
    step = pytest_step("real", folder / APART, found, arguments=[f"tests/{APART}"])
    server, _, number = found.redis.rpartition("/")
    ports = PORTS_FROM + len(SIDE_BY_SIDE) * PORTS_EACH
    own = {"TEST_REDIS_URL": f"{server}/{int(number) + len(CASES)}", "TEST_PORTS_FROM": str(ports)}
    return replace(step, name=f"tests {APART}", environment={**step.environment, **own}, shown=1)


def clients_step() -> Step:
    """Return the step in which clients generated from docs/openapi.json place an order. Without npm it prints SKIPPED;
    with CI=true that is a failure."""
    return Step(name="clients", command=(PYTHON, "-m", "tests.contract.clients"))


def coverage_steps(folder: Path) -> list[Step]:
    """Return the steps that combine the coverage data and compare it with the minimum in pyproject.toml."""
    environment = {"COVERAGE_FILE": str(folder / ".coverage")}
    combine, report = ((PYTHON, "-m", "coverage", word) for word in ("combine", "report"))
    return [
        Step(name="coverage data", command=combine, environment=environment, shown=0),
        Step(name="coverage", command=report, environment=environment, shown=4),
    ]


def whole_run(runner: Runner, found: Servers) -> None:
    """Run all checks and tests; the coverage follows when all lanes have ended."""
    folder = runner.folder
    real = [pytest_step("real", folder, found, cases=cases) for cases in CASES]
    embedded, once = (
        [pytest_step(pair, folder, found, cases=cases) for cases in CASES] for pair in ("embedded", "none")
    )
    line = [
        *([] if found.missing else [[step] for step in (real[0], apart_step(folder, found), real[1])]),
        [*style_steps(), embedded[0]],
        [embedded[1]],
        [clients_step(), *type_steps()],
        *([step] for step in once),
    ]
    with ThreadPoolExecutor(4) as pool:
        try:
            list(pool.map(runner.lane, line))
        except BaseException:  # interrupted: otherwise the pool would wait for its lanes
            runner.stop()
            raise
    runner.lane(coverage_steps(folder))


def summary(runner: Runner, found: Servers, started: float, *, pair: str) -> int:
    """Print the result and return the exit status. `pair` is the requested pair, empty for both."""
    failed = [name for name, is_good in runner.results.items() if not is_good]
    say("")
    if runner.flaky:
        say(f"FLAKY: failed once, passed alone: {', '.join(runner.flaky)}")
    for reason in found.missing:
        say(f"SKIPPED: the half on real servers did not run. {reason}")
    if found.missing and (is_ci() or pair):
        failed.append("real servers" + (" (with CI=true they must be there)" if is_ci() else ""))
    took = f"{time.monotonic() - started:.0f} s"
    if failed:
        say(f"FAILED in {took}: {', '.join(failed)}")
        return 1
    what = f" on the {pair} pair" if pair else " on both pairs"
    say(f"passed in {took}" + (", WITHOUT the half on real servers" if found.missing else what))
    return 0


def main(arguments: list[str]) -> int:
    """Run the command of the module docstring."""
    started = time.monotonic()
    for number in STOPPING:
        signal.signal(number, _interrupt)
    pair = os.environ.get("TEST_PAIR", "embedded") if arguments else ""
    environment = clean_environment(ROOT)
    with tempfile.TemporaryDirectory(prefix="shop-test-") as name:
        folder = Path(name)
        runner = Runner(folder, environment | {"TMPDIR": name, "HYPOTHESIS_STORAGE_DIRECTORY": f"{name}/hypothesis"})
        try:
            if pair == "embedded":
                return 0 if runner.run(pytest_step(pair, folder, Servers(), arguments=arguments)) else 1
            with servers(folder) as found:
                for note in found.notes:
                    say(note)
                if not pair:
                    whole_run(runner, found)
                elif not found.missing:
                    runner.run(pytest_step(pair, folder, found, arguments=arguments))
                return summary(runner, found, started, pair=pair)
        except KeyboardInterrupt:
            say("stopped")
            return 130


def _interrupt(_number: int, _frame: object) -> NoReturn:
    for number in STOPPING:  # ignore further signals, so that the clean-up is not interrupted
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
