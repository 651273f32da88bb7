"""README.md stays short and true, and README.ko.md is the same page in Korean."""

import ast
import json
import re
from urllib.parse import unquote

import pytest

from tests.architecture.documents import operations
from tests.architecture.sources import ROOT

ENGLISH, KOREAN = "README.md", "README.ko.md"
LONGEST = 120
LARGEST = 100_000
PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)\s]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)|<(https?://[^>]+)>")
NAMED = re.compile(r"\[`(\w+)`\]\(([^)\s]+\.py)\)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def headings(text: str) -> list[tuple[int, str]]:
    """Level and words of each heading."""
    return [(len(marks), words) for marks, words in re.findall(r"^(#+) (.+)$", BLOCK.sub("", text), re.MULTILINE)]


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Language of each code block and its lines, without what is said to a reader: comments and labels."""
    return [
        (language, [re.sub(r'\s+#.*|"[^"]*"', "", line) for line in body.splitlines()])
        for language, body in BLOCK.findall(text)
    ]


def links(text: str) -> list[str]:
    """Where each link leads, in order; the page in the other language is one place."""
    found = [inside or outside for inside, outside in LINK.findall(BLOCK.sub("", text))]
    return ["README" if target in (ENGLISH, KOREAN) else target for target in found]


def differences(english: str, korean: str) -> list[str]:
    """In what the Korean page is not the English one."""
    found = []
    if [level for level, _ in headings(english)] != [level for level, _ in headings(korean)]:
        found.append("headings")
    found += [f"not Korean: {words}" for _, words in headings(korean) if not re.search("[가-힣]", words)]
    if blocks(english) != blocks(korean):
        found.append("code blocks")
    if links(english) != links(korean):
        found.append("links")
    if [path for _, path in PICTURE.findall(english)] != [path for _, path in PICTURE.findall(korean)]:
        found.append("pictures")
    return found


def wrong_names(text: str) -> list[str]:
    """Functions that a link names and its file does not define."""
    found = []
    for name, path in NAMED.findall(text):
        tree = ast.parse((ROOT / path).read_text())
        if name not in {
            node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        }:
            found.append(name)
    return found


def page(name: str) -> str:
    return (ROOT / name).read_text()


@pytest.mark.parametrize("name", [ENGLISH, KOREAN])
def test_the_page_is_short(name: str) -> None:
    assert len(page(name).splitlines()) <= LONGEST


def test_the_korean_page_is_the_english_one() -> None:
    assert differences(page(ENGLISH), page(KOREAN)) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("## 지도", "### 지도", ["headings"]),
        ("## 지도", "## Map", ["not Korean: Map"]),
        ("up -d --wait", "up -d", ["code blocks"]),
        ("(docs/erd.md)", "(docs/domain.md)", ["links"]),
        ("(docs/pictures/docs.png)", "(docs/pictures/other.png)", ["pictures"]),
    ],
)
def test_a_page_that_fell_behind_is_found(old: str, new: str, found: list[str]) -> None:
    korean = page(KOREAN)
    assert korean.count(old) == 1
    assert differences(page(ENGLISH), korean.replace(old, new)) == found


def test_the_way_of_a_request_names_what_is_there() -> None:
    assert len(NAMED.findall(page(ENGLISH))) >= 8
    assert wrong_names(page(ENGLISH)) == []
    assert wrong_names("[`no_such_function`](src/main.py)") == ["no_such_function"]


def test_every_domain_is_on_the_map() -> None:
    table = page(ENGLISH).split("\n## Map\n", 1)[1].split("\n## ", 1)[0]
    domains = {path.name for path in (ROOT / "src/app").iterdir() if (path / "__init__.py").exists()}
    assert {target.removeprefix("src/app/") for target in links(table) if target.startswith("src/app/")} == domains


def test_the_link_into_the_docs_opens_the_operation() -> None:
    (link,) = [target for target in links(page(ENGLISH)) if "/docs#/" in target]
    tag, operation_id = unquote(link).split("#/", 1)[1].rsplit("/", 1)
    document = json.loads(page("docs/openapi.json"))
    assert [operation["tags"] for _, operation in operations(document) if operation["operationId"] == operation_id] == [
        [tag]
    ]


def test_pictures_are_small() -> None:
    shown = [ROOT / path for _, path in PICTURE.findall(page(ENGLISH))]
    assert sorted(shown) == sorted((ROOT / "docs/pictures").iterdir())
    for path in shown:
        assert path.read_bytes().startswith(b"\x89PNG\r\n"), path
        assert path.stat().st_size < LARGEST, path


def test_operations_name_every_command() -> None:
    from src.cli import app

    table = page("docs/operations.md").split("\n## Commands", 1)[1].split("\n## ", 1)[0]
    named = re.findall(
        r"`((?:db )?[a-z][a-z-]*)(?: [^`]*)?`", "".join(re.findall(r"^\|([^|]*)\|", table, re.MULTILINE))
    )
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    groups = [
        f"{group.name} {command.name or command.callback.__name__.removeprefix('db_')}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
        if command.callback
    ]
    assert sorted(named) == sorted([*commands, *groups])
