# noqa: INP001 - a folder of helpers that are run as files
"""What ``./test.sh`` runs, in ``.venv``: style, types, import contracts, and all tests on both pairs of servers.

Two lanes for two cores: the tests on real servers beside everything else. What a step says is shown when it ends:
all of it if it failed, else its last lines. With arguments only pytest runs, with them, on ``TEST_PAIR`` (embedded).
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from servers import Servers, servers

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SHELL_FILES = ("start_gunicorn.sh", "test.sh", "scripts/python.sh", ".ci/run")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command of a lane; its last `shown` lines are printed when it went well."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    shown: int = 1


class Runner:
    """Runs steps and remembers how they ended. `stop` ends those that are running, with all they started."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.results: list[tuple[str, bool, float]] = []
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._is_stopping = False

    def lane(self, steps: Sequence[Step]) -> None:
        """Run the steps one after the other, to the last even if one fails."""
        for step in steps:
            self.run(step)

    def run(self, step: Step) -> bool:
        """Run one step and show how it ended."""
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
            except BaseException:  # told to stop, before the servers under the step end
                self.stop()
                raise
        with self._lock:
            self._running.discard(process)
            took = time.monotonic() - started
            self.results.append((step.name, is_good, took))
            said = log.read_text(errors="replace").splitlines()
            say(f"== {step.name}: {'ok' if is_good else 'FAILED'} ({took:.0f} s)")
            for line in said[-step.shown :] if is_good and step.shown else said if not is_good else ():
                say(f"   {line}")
        return is_good

    def stop(self) -> None:
        """End what runs; nothing more starts."""
        self._is_stopping = True
        # SIGINT first: pytest then closes its fixtures, and with them the servers and databases of single tests.
        for number, patience in ((signal.SIGINT, 15.0), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
            for process in [process for process in self._running if process.poll() is None]:
                os.killpg(process.pid, number)
            end = time.monotonic() + patience
            while any(process.poll() is None for process in self._running) and time.monotonic() < end:
                time.sleep(0.05)


def say(text: str) -> None:
    """One line for people, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def clean_environment(root: Path) -> dict[str, str]:
    """This environment without the shop's own variables: what a developer has set must not decide what is tested."""
    names = set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]+)=", (root / ".env.example").read_text(), re.MULTILINE))
    return {name: value for name, value in os.environ.items() if name not in names}


def static_steps() -> list[Step]:
    """Style, types and contracts."""
    contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    helpers = ("scripts/environment.py", "scripts/servers.py", "scripts/checks.py")
    steps = [
        Step(name="ruff", command=(PYTHON, "-m", "ruff", "check", ".")),
        Step(name="ruff format", command=(PYTHON, "-m", "ruff", "format", "--check", ".")),
        Step(name="import contracts", command=(PYTHON, "-c", contracts)),
        Step(name="mypy", command=(PYTHON, "-m", "mypy")),
        Step(name="mypy scripts", command=(PYTHON, "-m", "mypy", *helpers)),
    ]
    if shellcheck := shutil.which("shellcheck"):
        steps.insert(0, Step(name="shellcheck", command=(shellcheck, "-x", *SHELL_FILES), shown=0))
    return steps


def pytest_step(pair: str, folder: Path, found: Servers, *, arguments: Sequence[str] = ()) -> Step:
    """pytest on one pair; a whole run (without arguments) counts coverage."""
    command = [PYTHON, "-m", "pytest", f"--basetemp={folder / f'pytest-{pair}'}"]
    command += arguments or ["--cov", "--cov-report="]
    return Step(
        name=f"tests {pair}",
        command=command,
        environment={
            "TEST_PAIR": pair,
            "TEST_DATABASE_URL": found.mysql,
            "TEST_REDIS_URL": found.redis,
            "TEST_DATABASE_PREFIX": found.prefix,
            "COVERAGE_FILE": str(folder / f".coverage.{pair}"),
        },
        shown=1 if not arguments else 10_000,
    )


def coverage_steps(folder: Path, *, is_whole: bool) -> list[Step]:
    """Both halves together; only both together must reach the bar that pyproject.toml sets."""
    environment = {"COVERAGE_FILE": str(folder / ".coverage")}
    report = [PYTHON, "-m", "coverage", "report"] + ([] if is_whole else ["--fail-under=0"])
    return [
        Step(name="coverage data", command=(PYTHON, "-m", "coverage", "combine"), environment=environment, shown=0),
        Step(name="coverage", command=report, environment=environment, shown=4),
    ]


def whole_run(runner: Runner, found: Servers) -> None:
    """Everything."""
    folder = runner.folder
    beside = [*static_steps(), pytest_step("embedded", folder, found)]
    lanes = [beside] if found.missing else [[pytest_step("real", folder, found)], beside]
    with ThreadPoolExecutor(len(lanes)) as pool:
        try:
            list(pool.map(runner.lane, lanes))
        except BaseException:  # told to stop: the pool would wait for its lanes
            runner.stop()
            raise
    runner.lane(coverage_steps(folder, is_whole=not found.missing))


def summary(runner: Runner, found: Servers, started: float, *, pair: str) -> int:
    """Say how it went; the exit status. `pair` is the one that was asked for, empty for both."""
    failed = [name for name, is_good, _ in runner.results if not is_good]
    is_ci = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    say("")
    for reason in found.missing:
        say(f"SKIPPED: the half on real servers did not run. {reason}")
    if found.missing and (is_ci or pair):
        failed.append("real servers" + (" (with CI=true they must be there)" if is_ci else ""))
    took = f"{time.monotonic() - started:.0f} s"
    if failed:
        say(f"FAILED in {took}: {', '.join(failed)}")
        return 1
    what = f" on the {pair} pair" if pair else " on both pairs"
    say(f"passed in {took}" + (", WITHOUT the half on real servers" if found.missing else what))
    return 0


def main(arguments: list[str]) -> int:
    """See the module's text."""
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
    for number in STOPPING:  # once: the cleaning up that follows is not to be torn
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
