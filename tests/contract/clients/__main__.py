"""``python -m tests.contract.clients``: make a TypeScript and a Python client of docs/openapi.json, compile them
strictly, and buy something with each at a shop of their own on loopback.

Both generators are pinned and live in a temporary folder: their libraries are not the shop's. Where npm, Node 20 or a
package index is missing it says SKIPPED and why; with CI=true that is a failure.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

ROOT: Final = Path(__file__).resolve().parents[3]
HERE: Final = Path(__file__).resolve().parent
NODE: Final = 20
PATIENCE: Final = 300.0


class CannotRun(Exception):
    """Something is missing here that is no fault of the contract."""


class Failed(Exception):
    """The contract does not keep what it promises."""


def run(command: Sequence[str], folder: Path, *, failing: type[Exception] = Failed, **environment: str) -> str:
    """What a command says. Raises `failing` with its last lines where it fails, or takes longer than PATIENCE."""
    started = time.monotonic()
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise failing(f"{' '.join(command)}: {error}") from None
    if ended.returncode:
        raise failing(f"{' '.join(command)} ended with {ended.returncode}\n{ended.stdout[-6_000:]}")
    print(f"   {Path(command[0]).name} {' '.join(command[1:3])}: {time.monotonic() - started:.0f} s", flush=True)
    return ended.stdout


def check_tools() -> None:
    """Raise CannotRun where npm or a Node that is new enough is missing."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise CannotRun("npm is not here")
    version = run(["node", "--version"], HERE, failing=CannotRun).strip()
    if int(version.removeprefix("v").partition(".")[0]) < NODE:
        raise CannotRun(f"Node {version} is older than {NODE}")


def typescript(folder: Path) -> list[str]:
    """Generate, compile with ``--strict``; the command that buys, for the shop's address."""
    work = folder / "typescript"
    shutil.copytree(HERE / "typescript", work)
    npm = ["npm", "--no-audit", "--no-fund", "--silent"]
    run([*npm, "ci", "--ignore-scripts"], work, failing=CannotRun)
    run([*npm, "run", "generate"], work)
    run([*npm, "run", "compile"], work)
    return ["node", str(work / "built/purchase.js")]


def python(folder: Path) -> list[str]:
    """Generate without a warning, check the types strictly; the command that buys, for the shop's address."""
    work = folder / "python"
    shutil.copytree(HERE / "python", work)
    run([sys.executable, "-m", "venv", "own"], work, failing=CannotRun)
    own = str(work / "own/bin/python")
    pip = [own, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    run([*pip, "install", "--no-deps", "--no-compile", "-r", "requirements.txt"], work, failing=CannotRun)
    run(
        [
            *(str(work / "own/bin/openapi-python-client"), "generate", "--path", "../openapi.json"),
            *("--output-path", "shop_client", "--meta", "none", "--config", "generator.yaml", "--fail-on-warning"),
        ],
        work,
    )
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--python-executable", own]
    run([*mypy, "--cache-dir", str(work / "cache"), "purchase.py"], work, MYPYPATH=str(work))
    return [own, str(work / "purchase.py")]


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def shop(folder: Path) -> Iterator[str]:
    """The demo shop as one process on loopback, with the sandbox; its address."""
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "LANG", "TZ")}
    environment = {**kept, "ENV": "local", "PORT": str(port), "STATE_DIR": str(folder / "state")}
    log = folder / "shop.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "src.gunicorn_conf"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + PATIENCE
        while not is_ready(address):
            if process.poll() is not None or time.monotonic() > end:
                raise Failed(f"the shop did not start\n{log.read_text()[-6_000:]}")
            time.sleep(0.1)
        yield address
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def is_ready(address: str) -> bool:
    """Whether the shop takes requests."""
    try:
        return httpx.get(f"{address}/health/ready", timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def buy() -> None:
    """All of it, both clients side by side."""
    check_tools()
    with tempfile.TemporaryDirectory(prefix="shop-clients-") as name, ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        shutil.copy(ROOT / "docs/openapi.json", folder)
        makers = [pool.submit(make, folder) for make in (typescript, python)]
        commands = [maker.result() for maker in makers]
        with shop(folder) as address:
            for command in commands:
                print(run([*command, address], folder).strip(), flush=True)


def main() -> int:
    """The exit status."""
    must_run = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    try:
        buy()
    except CannotRun as reason:
        print(f"SKIPPED: no client was made of the contract. {reason}", flush=True)
        return 1 if must_run else 0
    except Failed as reason:
        print(f"FAILED: {reason}", flush=True)
        return 1
    print("passed: both clients compile strictly and bought something", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
