# noqa: INP001 - a folder of helpers that are run as files
"""Install exactly the packages of ``poetry.lock`` into ``.venv``, then become the given command.

    python -I scripts/environment.py [--main] [--check] [command ...]

It needs only Python 3.11 with its venv module, and the package index that pip is configured for. ``.venv`` is ready
only with a stamp (hash of the lock file, Python version, groups) that is written last, so an interrupted installation
is repeated from the start. Concurrent calls on one checkout wait for each other: they lock the folder of this file.
pip inherits the lock, and it ends with the last process that holds it, so a second installation never runs next to a
pip whose parent was killed.

``--main`` installs no development tools (for images). ``--check`` only reports by its exit status if ``.venv`` is
ready for the Python version that runs this file, so `scripts/python.sh` runs it with ``.venv/bin/python``.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
# Used only to read poetry.lock. They are not installed into .venv, and the export needs no network.
EXPORTER = ("poetry==2.5.1", "poetry-plugin-export==1.10.1")
STAMP = "installed-from-lock"


def stamp_of(lock: Path, groups: str) -> str:
    """Return the content of the stamp of a finished ``.venv``: one line."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"poetry.lock={digest} python={sys.version_info[0]}.{sys.version_info[1]} groups={groups}\n"


def is_ready(root: Path, groups: str) -> bool:
    """Return True if ``.venv`` was finished from this lock file with this Python version. An installation of all groups
    also counts for ``main``."""
    try:
        found = (root / ".venv" / STAMP).read_text()
        return found in {stamp_of(root / "poetry.lock", wanted) for wanted in (groups, "all")}
    except OSError:
        return False


def write_stamp(root: Path, groups: str) -> None:
    """Mark ``.venv`` as finished. The stamp is renamed into place, so that it is never incomplete."""
    new = root / ".venv" / f"{STAMP}.new"
    new.write_text(stamp_of(root / "poetry.lock", groups))
    new.replace(root / ".venv" / STAMP)


def install(root: Path, groups: str) -> None:
    """Create ``.venv`` again from the lock file, unless a concurrent call has just done it. Raises SystemExit with the
    reason."""
    folder = os.open(root / "scripts", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if is_ready(root, groups):
            return
        with tempfile.TemporaryDirectory(prefix="shop-install-") as scratch:
            _install(root, groups, Path(scratch), folder)
        write_stamp(root, groups)
    finally:
        os.close(folder)


def _install(root: Path, groups: str, scratch: Path, lock: int) -> None:
    def step(what: str, *command: str | Path, path: str = "") -> None:
        _run(what, [str(part) for part in command], cwd=root, environment=_environment(scratch, path), lock=lock)

    target, exporter, requirements = root / ".venv", scratch / "exporter", scratch / "requirements.txt"
    python = target / "bin" / "python"
    _say("installing what poetry.lock says into .venv (once; about half a minute)")
    if target.is_symlink():
        target.unlink()
    elif target.exists():
        shutil.rmtree(target)
    step("make .venv", sys.executable, "-m", "venv", target)
    pip = (python, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", "install", "--no-compile")
    step("fetch the exporter", *pip, "--target", exporter, *EXPORTER)
    export = ("--quiet", "--no-interaction", "export", "--output", requirements)
    which = ("--only", "main") if groups == "main" else ("--all-groups",)
    step("read poetry.lock", python, "-m", "poetry", *export, *which, path=str(exporter))
    if "--hash=" not in requirements.read_text():
        raise SystemExit("poetry.lock holds no hashes: nothing is installed unchecked")
    # The lock file is complete, so no dependency has to be resolved.
    step("install", *pip, "--require-hashes", "--no-deps", "-r", requirements)
    step("compile", python, "-m", "compileall", "-q", "-j", "0", target / "lib")


def _environment(scratch: Path, path: str) -> dict[str, str]:
    """Return this environment with temporary, cache and configuration folders below `scratch`."""
    private = {"POETRY_CONFIG_DIR": "config", "POETRY_DATA_DIR": "data", "POETRY_CACHE_DIR": "cache", "TMPDIR": ""}
    return {
        **{name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")},
        **{name: str(scratch / folder) for name, folder in private.items()},
        **({"PYTHONPATH": path} if path else {}),
        "POETRY_VIRTUALENVS_CREATE": "false",
    }


def _run(what: str, command: list[str], *, cwd: Path, environment: dict[str, str], lock: int) -> None:
    """Run one step, which inherits the lock. If this process is interrupted, it ends the step first. Raises SystemExit
    if the step fails."""
    with subprocess.Popen(command, cwd=cwd, env=environment, pass_fds=(lock,), stdin=subprocess.DEVNULL) as child:  # noqa: S603 - our own commands
        try:
            status = child.wait()
        except BaseException:  # interrupted: the child must not continue to write into .venv
            child.terminate()
            raise
    if status:
        raise SystemExit(f"could not {what} (exit status {status}); what was said is above. Start again to try again.")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _stop(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    """Run the command of the module docstring."""
    groups, wants_check = "all", False
    while arguments and arguments[0] in ("--main", "--check"):
        if arguments.pop(0) == "--main":
            groups = "main"
        else:
            wants_check = True
    if wants_check:
        return 0 if is_ready(ROOT, groups) else 1
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    install(ROOT, groups)
    if arguments:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        os.chdir(ROOT)
        os.execv(arguments[0], arguments)  # noqa: S606 - the process becomes the command, signals and all
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
