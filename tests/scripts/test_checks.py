"""scripts/checks.py: what failed once is told, what fails twice fails, and a lane with many failures is not
repeated."""

import json
import subprocess
import sys
from itertools import pairwise
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
        [checks.pytest_step(pair, tmp_path, checks.Servers(), cases=cases) for cases in checks.CASES]
        for pair in ("real", "embedded", "none")
    )
    for step in (*real, *embedded):
        assert "tests" in step.command
        assert {f"--ignore={path}" for path in once} <= set(step.command)
    for step in none:
        assert set(once) <= set(step.command)
        assert "tests" not in step.command


def test_lanes_side_by_side_share_no_port_no_redis_and_no_file(tmp_path: Path) -> None:
    found = checks.Servers(mysql="mysql://root:@127.0.0.1:3306/", redis="redis://127.0.0.1:6379/4")
    steps = [checks.pytest_step(pair, tmp_path, found, cases=cases) for pair, cases in checks.SIDE_BY_SIDE]
    real, apart = steps[: len(checks.CASES)], checks.apart_step(tmp_path, found)

    ports = sorted(int(step.environment["TEST_PORTS_FROM"]) for step in (*steps, apart))
    assert all(later - earlier >= checks.PORTS_EACH for earlier, later in pairwise(ports))
    assert ports[-1] + checks.PORTS_EACH <= 32_768  # from there on the system gives ports to clients
    databases = {int(step.environment["TEST_REDIS_URL"].rpartition("/")[2]) for step in (*real, apart)}
    assert databases == set(range(4, 4 + sys.modules["servers"].REDIS_DATABASES))
    assert len({step.name for step in (*steps, apart)}) == len({step.failed for step in (*steps, apart)}) == 7


SOME = """
import pytest
@pytest.mark.parametrize("n", range(3))
def test_many(n): pass
def test_one(): pass
class TestMany:
    @pytest.mark.parametrize("text", ["a[b]", "a[c]"])
    def test_many(self, text): pass
"""


@pytest.mark.parametrize(
    ("cases", "kept"),
    [
        (["--cases=first"], ["test_many[0]", "test_one", "TestMany::test_many[a[b]]"]),
        (["--cases=further"], ["test_many[1]", "test_many[2]", "TestMany::test_many[a[c]]"]),
        ([], [*(f"test_many[{n}]" for n in range(3)), "test_one", *(f"TestMany::test_many[a[{c}]]" for c in "bc")]),
    ],
)
def test_the_halves_are_all_tests_and_share_none(tmp_path: Path, cases: list[str], kept: list[str]) -> None:
    (tmp_path / "test_some.py").write_text(SOME)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.conftest",
        "--rootdir",
        str(tmp_path),
        "--collect-only",
        "-q",
    ]
    command += [*cases, str(tmp_path)]
    environment = checks.clean_environment(ROOT)
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    assert [line.partition("::")[2] for line in said.splitlines() if "::" in line] == kept
