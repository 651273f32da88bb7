"""Every fault that use has found has a test that carries its id (tests/faults.toml)."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LISTED = {
    fault for group in tomllib.loads((ROOT / "tests/faults.toml").read_text()).values() for fault in group
}  # M1, I1, C1, A1, S1 ...


def faults_of(source: str) -> Iterator[str]:
    """The ids in ``pytest.mark.fault(...)`` anywhere in a test module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.fault":
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def marked() -> set[str]:
    files: list[Path] = [file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__)]
    return {fault for file in files for fault in faults_of(file.read_text())}


def test_every_fault_has_a_test() -> None:
    assert sorted(LISTED - marked()) == []


def test_no_test_carries_an_unknown_fault() -> None:
    assert sorted(marked() - LISTED) == []


@pytest.mark.parametrize(
    "source", ['@pytest.mark.fault("M1")\ndef test_a(): ...', 'pytestmark = pytest.mark.fault("M1")']
)
def test_a_mark_is_read(source: str) -> None:
    assert list(faults_of(source)) == ["M1"]
    assert list(faults_of(source.replace("fault", "other"))) == []
