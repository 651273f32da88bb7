"""Decision records have one form, and an index that tells number, title, date and status of each."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

FOLDER = ROOT / ".github/decisions"
NEVER_USED = {"0010", "0012"}
HEAD = re.compile(r"# (\d{4}) (\S.*)\n\nDate: (\d{4}-\d\d-\d\d)\. Status: (accepted|replaced by \d{4})\.\n\n")
PARTS = ("**Context.**", "**Decision.**", "**Consequences.**")
ROW = re.compile(r"\| \[(\d{4})\]\(([\w-]+\.md)\) \| (.+) \| (\d{4}-\d\d-\d\d) \| (.+) \|")


def records() -> dict[str, str]:
    """The text of each record by the name of its file."""
    return {path.name: path.read_text() for path in sorted(FOLDER.glob("[0-9]*.md"))}


def faults(name: str, text: str) -> list[str]:
    """What is wrong with the form of a record."""
    head = HEAD.match(text)
    if head is None or head[1] != name[:4]:
        return ["head"]
    places = [text.find(f"\n{part}") for part in PARTS]
    return [] if -1 not in places and places == sorted(places) else ["parts"]


def indexed(page: str) -> list[tuple[str, ...]]:
    """Number, file, title, date and status of each row of the index."""
    return [tuple(row) for row in ROW.findall(page)]


def test_every_record_has_the_form() -> None:
    assert {name: wrong for name, text in records().items() if (wrong := faults(name, text))} == {}


def test_the_index_is_what_the_records_say() -> None:
    said = [(head[1], name, *head.groups()[1:]) for name, text in records().items() if (head := HEAD.match(text))]
    assert indexed((FOLDER / "README.md").read_text()) == said


def test_numbers_have_no_gap_but_those_that_were_never_used() -> None:
    numbers = [name[:4] for name in records()]
    assert len(set(numbers)) == len(numbers)
    assert {f"{number:04}" for number in range(1, int(max(numbers)) + 1)} - set(numbers) == NEVER_USED
    page = (FOLDER / "README.md").read_text()
    assert all(f"| {number} | (never used) |" in page for number in NEVER_USED)


def test_a_record_that_replaces_another_is_there() -> None:
    replacing = [number for text in records().values() for number in re.findall(r"Status: replaced by (\d{4})", text)]
    assert [number for number in replacing if not list(FOLDER.glob(f"{number}-*.md"))] == []


@pytest.mark.parametrize(
    ("was", "now", "wrong"),
    [
        ("Date: ", "On: ", "head"),
        ("# 0001 ", "# 0002 ", "head"),
        ("**Context.**", "Context.", "parts"),
        ("**Decision.**", "**Consequences.**", "parts"),
    ],
)
def test_a_planted_fault_is_seen(was: str, now: str, wrong: str) -> None:
    path = Path(FOLDER / "0001-models-cross-domains-as-types-only.md")
    assert faults(path.name, path.read_text().replace(was, now, 1)) == [wrong]
