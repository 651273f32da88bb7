"""What a text refers to is there: links between pages, and the pages that the code names by path and anchor."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", flags=re.DOTALL | re.MULTILINE)
PATH = re.compile(r"(?<![\w/.-])((?:docs|\.github)/[\w./-]+?\.md|\.github/decisions/\d{4})(#[\w가-힣-]+)?(?!\w)")
# Words of pages that are not in this repository, or of rules and promises without the page that tells them.
NOWHERE = re.compile(
    r"facts page|\(facts\b|\bfacts, \d|(?<!docs/)\b(?:domain|api|screens)\.md"
    r"|\brules? R\d+|\btraps? \d|\bpromises? P\d+(?!\d| is broken)|\bthe house\b"
)
RECORD = re.compile(r"\b(?:decision|record) (\d{4})\b")


def pages() -> list[Path]:
    """Every page of the repository that people read."""
    folders = ("docs", ".github", "tests", "deploy", "scripts")
    return sorted([*ROOT.glob("*.md"), *(path for folder in folders for path in (ROOT / folder).rglob("*.md"))])


def sources() -> list[Path]:
    """Every module of the shop and of its tests, but this one, which plants references to nowhere."""
    found = [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    return sorted(path for path in found if path != Path(__file__) and "clients" not in path.parts)


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors that GitHub makes of a page's headings: the second of two alike ends in ``-1``."""
    found: list[str] = []
    for heading in re.findall(r"^#{1,6} +(.+?) *$", FENCE.sub("", path.read_text()), flags=re.MULTILINE):
        text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\s-]", "", text).replace(" ", "-")
        found.append(f"{slug}-{found.count(slug)}" if slug in found else slug)
    return frozenset(found)


def dead_links(page: Path, text: str) -> list[str]:
    """Relative links of a page whose file or anchor is missing."""
    dead = []
    for target in LINK.findall(FENCE.sub("", text)):
        name, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = page if not name else (page.parent / name).resolve()
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            dead.append(target)
    return dead


def dead_references(text: str) -> list[str]:
    """What a module refers to and is not there: a page, an anchor, a record, or a word that leads nowhere."""
    flat = re.sub(r"\s*\n\s*(?:# )?", " ", text)
    dead = [word for word in NOWHERE.findall(flat) if not _is_told_beside(word, flat)]
    for name, anchor in PATH.findall(flat):
        if name.endswith(".md"):
            path = ROOT / name
            if not path.exists() or (anchor and anchor[1:] not in anchors(path)):
                dead.append(name + anchor)
        elif not list(ROOT.glob(f"{name}-*.md")):
            dead.append(name)
    dead += [number for number in RECORD.findall(flat) if not list(ROOT.glob(f".github/decisions/{number}-*.md"))]
    return dead


def _is_told_beside(word: str, text: str) -> bool:
    """Whether the module names the page of a promise as well: what callers read in OpenAPI cannot hold a path."""
    number = re.fullmatch(r"promise P(\d+)", word)
    return number is not None and f"docs/promises.md#p{number[1]}" in text


def test_every_link_of_every_page_leads_somewhere() -> None:
    found = {str(page.relative_to(ROOT)): dead for page in pages() if (dead := dead_links(page, page.read_text()))}
    assert found == {}


def test_the_code_refers_to_what_is_there() -> None:
    found = {str(path.relative_to(ROOT)): dead for path in sources() if (dead := dead_references(path.read_text()))}
    assert found == {}


def test_the_code_refers_to_pages() -> None:
    named = [name for path in sources() for name, _ in PATH.findall(path.read_text())]
    assert len(named) > 50


@pytest.mark.parametrize(
    "planted",
    [
        '"""Sign in (facts page, part 5)."""',
        '"""The window (facts, 1.1)."""',
        '"""See domain.md, section 2."""',
        '"""One lock (rule R11)."""',
        '"""Kept (rules\n    R7)."""',
        '"""Never twice (promise P2)."""',
        '"""Never twice (promise P2)."""  # docs/promises.md#p1',
        "# the deadlock of trap 1",
        '"""See docs/promises.md#p99."""',
        '"""See docs/nowhere.md."""',
        '"""See .github/decisions/0010."""',
        '"""Only the owner does (decision 0012)."""',
    ],
)
def test_a_planted_reference_to_nowhere_is_seen(planted: str) -> None:
    assert dead_references(planted)


@pytest.mark.parametrize(
    "planted",
    [
        '"""One lock (docs/architecture.md#r11)."""',
        '"""See docs/promises.md."""',
        '"""See .github/decisions/0001 and record 0004."""',
        '"""See docs/alerts.md#service--서비스."""',
        '"""See docs/openapi.json."""',
        '"""The fresh one (promise P8)."""  # docs/promises.md#p8',
    ],
)
def test_a_reference_that_leads_somewhere_is_let_through(planted: str) -> None:
    assert dead_references(planted) == []


@pytest.mark.parametrize("planted", ["[a](nowhere.md)", "[a](promises.md#p99)", "[a](#nowhere)", "![a](nowhere.png)"])
def test_a_planted_dead_link_is_seen(planted: str) -> None:
    assert dead_links(ROOT / "docs/planted.md", planted.replace("(#", "(domain.md#"))


def test_a_link_that_leads_somewhere_is_let_through() -> None:
    text = "[a](promises.md#p4) [b](../src) [c](https://example.com/x#y) ```\n[d](nowhere.md)\n```"
    assert dead_links(ROOT / "docs/planted.md", text.replace("```\n", "\n```\n", 1)) == []
