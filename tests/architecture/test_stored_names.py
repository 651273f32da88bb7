"""What is stored or seen from outside keeps its name, whatever its module, function or class is called."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import stored_names
from tests.architecture.sources import ROOT, planted
from tests.architecture.stored_names import COMMAND, FLOORS, gone, stored, unlisted

Names = dict[str, list[str]]

STAYS = (
    "rows, clients or dashboards hold these names: give them back. One that shall go is taken out of its file by hand,"
    " in the commit that says what becomes of all that holds it"
)
ADD = f"nobody would see these go: `{COMMAND}` adds them to their file, and never takes one out"


@pytest.fixture(scope="module")
def found() -> Names:
    """The names of this tree, from a process of its own: it registers everything, which other tests must not see."""
    command = [sys.executable, "-m", COMMAND.rpartition(" ")[2], "--json"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert said.returncode == 0, said.stderr
    names: Names = json.loads(said.stdout.splitlines()[-1])
    return names


@pytest.mark.parametrize("title", FLOORS)
def test_names_stay(title: str, found: Names) -> None:
    assert gone(stored()[title], found[title]) == [], STAYS


@pytest.mark.parametrize("title", FLOORS)
def test_every_name_is_listed(title: str, found: Names) -> None:
    assert unlisted(stored()[title], found[title]) == [], ADD


def test_no_list_is_empty_by_accident(found: Names) -> None:
    assert sorted(found) == sorted(stored()) == sorted(FLOORS)
    assert [title for title, least in FLOORS.items() if min(len(found[title]), len(stored()[title])) < least] == []


@pytest.mark.parametrize("title", FLOORS)
def test_files_are_sorted_and_say_each_name_once(title: str) -> None:
    names = stored()[title]
    assert names == sorted(set(names))
    assert all(name and name == name.strip() for name in names)


@pytest.mark.parametrize("title", FLOORS)
def test_a_renamed_entry_is_reported(title: str, found: Names) -> None:
    names = found[title]
    renamed = [f"{names[0]}_renamed", *names[1:]]
    assert gone(names, renamed) == [names[0]]
    assert unlisted(names, renamed) == [f"{names[0]}_renamed"]


def test_the_command_adds_and_never_takes_out(tmp_path: Path) -> None:
    (tmp_path / "topics.txt").write_text("order.lost\norder.paid\n")
    assert stored_names.add({"topics": ["order.paid", "order.found"], "keys": ["cart:*"]}, tmp_path) == [
        "topics: order.found",
        "keys: cart:*",
    ]
    assert stored(tmp_path) == {"topics": ["order.found", "order.lost", "order.paid"], "keys": ["cart:*"]}


@pytest.mark.parametrize(
    ("source", "reader", "names"),
    [
        ("key = f'cart:{owner}'", "keys", {"cart:*"}),
        ("key = f'session:{one}:{other}'", "keys", {"session:*:*"}),
        ("SCRIPT = \"redis.call('HSET', KEYS[1], 'seen', 1)\"", "keys", {"lua seen"}),
        ("await record('stock.adjusted', by=by)", "dotted_names", {"stock.adjusted"}),
        ("answer['X-Cart-Token'] = 1", "headers", {"x-cart-token"}),
        ("response.set_cookie('cart_token', token)", "cookies", {"cart_token"}),
        ("Cookie(alias='oauth_state')", "cookies", {"oauth_state"}),
        ("keyed_hash('rate-limit', value)", "purposes", {"rate-limit"}),
        ("SEAL = b'micgolf seal v1'", "purposes", {"micgolf seal v1"}),
        ("name == b'x-request-id'", "header_bytes", {"x-request-id"}),
        ("limiter().count(RULE, f'sign-in-{kind}', who)", "rate_limits", {"sign-in-*"}),
        ("logger.warning('slow', extra={'sql': text})", "log_fields", {"sql"}),
        ("line = {'level': 1, 'logger': 2, 'message': 3, 'ms': 4}", "log_fields", {"level", "logger", "message", "ms"}),
        ("record.trace_id = 1", "log_fields", {"trace_id"}),
        ("os.environ.get('PORT')", "variables", {"PORT"}),
        ("os.environ['ENV'] = 'test'", "variables", {"ENV"}),
    ],
)
def test_a_name_in_the_source_is_seen(source: str, reader: str, names: set[str]) -> None:
    """Under any module: the planted one is at home nowhere."""
    from tests.architecture.stored_names import written

    file = written.Source(planted(source, "src/any/where.py"))
    given = file.texts if reader in ("keys", "dotted_names", "headers") else file
    assert names <= set(getattr(written, reader)(given))


def test_docstrings_are_no_names() -> None:
    from tests.architecture.stored_names import written

    tree = ROOT / "src/any/where.py", ast.parse('"""cart:old"""\nKEY = "cart:new"')
    assert written.Source(tree).texts == {"cart:new"}
