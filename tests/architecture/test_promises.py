"""docs/promises.md tells of every promise where it is kept, which test proves it, and which check looks for a
breach."""

import re

import pytest

from src.common.records.invariants import PROMISES
from tests.architecture.sources import ROOT, SRC

PAGE = (ROOT / "docs/promises.md").read_text()
NUMBERS = [f"P{number}" for number in range(1, 16)]
UNKEPT = {"P7", "P15"}


def sections(page: str) -> dict[str, str]:
    """The text below each promise's heading."""
    parts = re.split(r"^### (P\d+)$", page, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def faults(page: str) -> list[str]:
    """Promises without a module, a test, or the words that nothing keeps them yet."""
    found = []
    for number, text in sections(page).items():
        is_kept = "](../src/" in text and "](../tests/" in text and "Nothing keeps this yet" not in text
        if is_kept is (number in UNKEPT) or ("Nothing keeps this yet" in text) is not (number in UNKEPT):
            found.append(number)
    return found


def checks(page: str) -> dict[str, set[str]]:
    """The scheduled checks of each promise by the table at the top."""
    rows = re.findall(r"^\| \[(P\d+)\]\(#p\d+\) \|.*\| ([^|]+) \|$", page, flags=re.MULTILINE)
    return {number: set(re.findall(r"`(\w+)`", cell)) for number, cell in rows}


def test_every_promise_is_told() -> None:
    assert list(sections(PAGE)) == NUMBERS
    assert list(checks(PAGE)) == NUMBERS
    assert faults(PAGE) == []


def test_the_checks_are_those_that_are_registered() -> None:
    code = "\n".join(path.read_text() for path in (SRC / "bootstrap").rglob("*.py"))
    registered = set(re.findall(r'register_check\(\s*"(\w+)"', code))
    told = checks(PAGE)
    assert len(registered) > 5
    assert set().union(*told.values()) == registered
    assert [number for number in NUMBERS if told[number]] == list(PROMISES)


@pytest.mark.parametrize(
    ("was", "now", "wrong"),
    [
        ("Nothing keeps this yet: there are no claims.", "There are claims.", ["P15"]),
        ("### P2\n", "### P2\n\nNothing keeps this yet.\n\n", ["P2"]),
    ],
)
def test_a_planted_fault_is_seen(was: str, now: str, wrong: list[str]) -> None:
    assert was in PAGE
    assert faults(PAGE.replace(was, now)) == wrong
