"""scripts/environment.py: ``.venv`` counts only when it was finished from this very lock."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import REAL
from tests.scripts.conftest import ROOT, Spawn, group_of, load

environment = load("environment")
once = pytest.mark.skipif(REAL, reason="the same on both pairs")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout without ``.venv``."""
    tree = tmp_path / "checkout"
    (tree / "scripts").mkdir(parents=True)
    for name in ("poetry.lock", "pyproject.toml", "scripts/environment.py"):
        shutil.copy(ROOT / name, tree / name)
    return tree


def finished(checkout: Path, groups: str = "all") -> None:
    (checkout / ".venv").mkdir(exist_ok=True)
    environment.write_stamp(checkout, groups)


def test_no_environment_and_one_without_stamp_do_not_count(checkout: Path) -> None:
    assert not environment.is_ready(checkout, "all")
    (checkout / ".venv").mkdir()
    assert not environment.is_ready(checkout, "all")


def test_a_finished_environment_counts_until_the_lock_changes(checkout: Path) -> None:
    finished(checkout)
    assert environment.is_ready(checkout, "all")
    with (checkout / "poetry.lock").open("a") as lock:
        lock.write("\n")
    assert not environment.is_ready(checkout, "all")


def test_a_stamp_of_another_python_does_not_count(checkout: Path) -> None:
    finished(checkout)
    stamp = checkout / ".venv" / environment.STAMP
    stamp.write_text(stamp.read_text().replace(f"python=3.{sys.version_info[1]}", "python=3.99"))
    assert not environment.is_ready(checkout, "all")


@pytest.mark.parametrize("torn", ["", "poetry.lock=", "half"])
def test_a_torn_stamp_does_not_count(checkout: Path, torn: str) -> None:
    finished(checkout)
    (checkout / ".venv" / environment.STAMP).write_text(torn)
    assert not environment.is_ready(checkout, "all")


def test_all_groups_serve_the_server_but_main_alone_does_not_serve_the_tests(checkout: Path) -> None:
    finished(checkout, "all")
    assert environment.is_ready(checkout, "main")
    finished(checkout, "main")
    assert environment.is_ready(checkout, "main")
    assert not environment.is_ready(checkout, "all")


def test_a_ready_environment_becomes_the_command_at_once(checkout: Path, spawn: Spawn) -> None:
    finished(checkout)
    process = spawn(sys.executable, "-I", "scripts/environment.py", "/bin/sh", "-c", "echo $$; pwd", cwd=checkout)
    said, _ = process.communicate(timeout=30)
    assert said.split() == [str(process.pid), str(checkout)]


@once
def test_without_an_index_it_fails_clearly_and_leaves_nothing_that_counts(
    checkout: Path, tmp_path: Path, spawn: Spawn
) -> None:
    process = spawn(
        sys.executable, "-I", "scripts/environment.py", "/bin/echo", "served", cwd=checkout, PIP_NO_INDEX="1", TMPDIR=str(tmp_path)
    )  # fmt: skip
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "could not fetch the exporter" in said
    assert "served" not in said
    assert not environment.is_ready(checkout, "all")
    assert list(tmp_path.glob("shop-install-*")) == []


@once
def test_sigterm_ends_the_installation_and_leaves_nothing_that_counts(
    checkout: Path, tmp_path: Path, spawn: Spawn
) -> None:
    process = spawn(
        sys.executable, "-I", "scripts/environment.py", "/bin/echo", "served", cwd=checkout, PIP_NO_INDEX="1", TMPDIR=str(tmp_path)
    )  # fmt: skip
    wait_for((checkout / ".venv" / "pyvenv.cfg").exists)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert "served" not in said
    assert not environment.is_ready(checkout, "all")
    wait_for(lambda: group_of(process.pid) == [])
    assert list(tmp_path.glob("shop-install-*")) == []


def test_a_second_start_waits_for_the_first_and_takes_what_it_made(checkout: Path, spawn: Spawn) -> None:
    folder = os.open(checkout / "scripts", os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        process = spawn(sys.executable, "-I", "scripts/environment.py", "/bin/echo", "served", cwd=checkout)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)
        assert not (checkout / ".venv").exists()
        finished(checkout)
    finally:
        os.close(folder)
    assert process.communicate(timeout=30)[0] == "served\n"


def test_an_older_python_is_told_so(tmp_path: Path, spawn: Spawn) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python"):
        fake = tmp_path / name
        fake.write_text("#!/bin/sh\nexit 1\n")
        fake.chmod(0o755)
    script = f"PATH={tmp_path}; . scripts/python.sh; find_python"
    process = spawn("/bin/bash", "-c", script)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said == "Python 3.11 or newer with its venv module is needed: python is older than 3.11.\n"


def wait_for(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.05)
