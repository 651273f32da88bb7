"""scripts/checks.py: what failed once is told, what fails twice fails, and a lane with many failures is not
repeated."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scripts.conftest import ROOT, load

load("servers")
checks = load("checks")

# Stands for pytest: fails in what it is told to, and again in what is named "broken".
PYTEST = """
import json, pathlib, sys
failed, again, *ids = sys.argv[1:]
bad = [name for name in ids if again == "first" or "broken" in name]
pathlib.Path(failed).write_text(json.dumps({name: True for name in bad}))
print(again, *ids)
sys.exit(1 if bad else 0)
"""


def lane(folder: Path, *ids: str) -> Any:
    """A lane in which these tests failed, after its end."""
    failed = folder / "lastfailed"
    command = (sys.executable, "-c", PYTEST, str(failed))
    step = checks.Step(
        name="tests some", command=(*command, "first", *ids), again=(*command, "again"), failed=failed
    )  # fmt: skip
    runner = checks.Runner(folder, {})
    runner.lane([step])
    return runner


@pytest.fixture(autouse=True)
def ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")


def test_what_passes_alone_is_told_and_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runner = lane(tmp_path, "tests/a.py::one", "tests/b.py::two[x y]")

    assert checks.summary(runner, checks.Servers(), 0, pair="") == 0
    said = capsys.readouterr().out
    assert "tests some: FAILED" in said
    assert "FLAKY: failed once, passed alone: tests/a.py::one, tests/b.py::two[x y]\n" in said


def test_what_fails_twice_fails_the_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runner = lane(tmp_path, "tests/a.py::one", "tests/a.py::broken")

    assert checks.summary(runner, checks.Servers(), 0, pair="") == 1
    assert "FLAKY" not in capsys.readouterr().out


def test_many_failures_are_not_tried_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runner = lane(tmp_path, *(f"tests/a.py::number{number}" for number in range(checks.MOST_AGAIN + 1)))

    assert checks.summary(runner, checks.Servers(), 0, pair="") == 1
    assert "again" not in capsys.readouterr().out


def test_without_ci_nothing_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI")
    assert lane(tmp_path, "tests/a.py::one").results == {"tests some": False}


def test_a_run_that_says_nothing_of_its_tests_is_not_tried_again(tmp_path: Path) -> None:
    runner = checks.Runner(tmp_path, {})
    runner.lane([checks.Step(name="tests", command=("false",), again=("true",), failed=tmp_path / "none")])
    assert runner.results == {"tests": False}


def test_pytest_leaves_what_failed_where_the_second_try_looks(tmp_path: Path) -> None:
    test = tmp_path / "test_it.py"
    test.write_text("def test_good(): pass\ndef test_bad(): assert not 1\n")
    step = checks.pytest_step("none", tmp_path, checks.Servers(), arguments=[str(test)])
    assert not checks.Runner(tmp_path, checks.clean_environment(ROOT)).run(step)
    assert [name.rpartition("::")[2] for name in json.loads(step.failed.read_text())] == ["test_bad"]


def test_the_folders_that_run_once_are_there_and_run_nowhere_else(tmp_path: Path) -> None:
    once = [f"tests/{name}" for name in checks.ONCE]
    assert all((ROOT / path).exists() for path in once)
    real, embedded, none = (
        checks.pytest_step(pair, tmp_path, checks.Servers()) for pair in ("real", "embedded", "none")
    )
    for step in (real, embedded):
        assert "tests" in step.command
        assert {f"--ignore={path}" for path in once} <= set(step.command)
    assert set(once) <= set(none.command)
    assert "tests" not in none.command
