"""Rules R1, R6, R17, R22 and R24 as checks over the syntax trees, each proved by a planted violation."""

from pathlib import Path

import pytest

from tests.architecture import sources
from tests.architecture.sources import ROOT, SRC, Tree, planted, trees

APP = trees(SRC / "app")
HOUSE = [tree for tree in trees(SRC) if "sandbox" not in tree[0].parts]
EVERYTHING = [*trees(SRC), *trees(ROOT / "tests"), *trees(ROOT / "scripts")]


def without(given: list[Tree], *paths: str) -> list[Tree]:
    """The trees without the files where the thing is at home."""
    homes = {ROOT / path for path in paths}
    assert all(home.exists() for home in homes)
    return [tree for tree in given if tree[0] not in homes]


def test_no_service_or_router_raises_http_exceptions() -> None:
    assert [place for tree in APP for place in sources.names_of(tree, "HTTPException")] == []
    assert sources.names_of(planted("from fastapi import HTTPException"), "HTTPException")


def test_no_time_is_naive() -> None:
    assert [place for tree in EVERYTHING for place in sources.naive_times(tree)] == []


@pytest.mark.parametrize(
    "source", ["datetime.now()", "datetime.datetime.utcnow()", "date.today()", "datetime.fromtimestamp(5)"]
)
def test_a_naive_time_is_seen(source: str) -> None:
    assert sources.naive_times(planted(source))


@pytest.mark.parametrize("source", ["datetime.now(UTC)", "datetime.now(tz=KST)", "datetime.fromtimestamp(5, UTC)"])
def test_an_aware_time_is_let_through(source: str) -> None:
    assert not sources.naive_times(planted(source))


def test_http_clients_come_from_the_factory() -> None:
    outside = without(HOUSE, "src/core/http.py", "src/core/vendor_client.py")
    makers = ("AsyncClient", "Client", "ClientSession", "VendorClient")
    assert [place for tree in outside for place in sources.calls_of(tree, *makers)] == []
    assert sources.calls_of(planted("httpx.AsyncClient(timeout=5)"), "AsyncClient")


def test_transactions_are_opened_by_the_unit_of_work() -> None:
    homes = ("unit_of_work.py", "outcomes.py", "mysql/client.py")
    outside = without(HOUSE, *(f"src/core/database/{home}" for home in homes))
    names = ("in_transaction", "atomic", "_in_transaction")
    assert [place for tree in outside for place in sources.calls_of(tree, *names)] == []
    assert sources.calls_of(planted("async with in_transaction() as c: pass".replace("async ", "")), *names)


def test_what_public_reads_show_is_forgotten_by_every_worker() -> None:
    """By `public_changes.shown_changed`: the cache itself knows this worker only."""
    assert [place for tree in APP for place in sources.names_of(tree, "invalidate_all")] == []
    assert sources.names_of(planted("after_commit(bytes_cache.invalidate_all)"), "invalidate_all")


def test_no_failure_is_swallowed() -> None:
    assert [place for tree in trees(SRC) for place in sources.swallowed(tree)] == []


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    f()\nexcept Exception:\n    pass",
        "try:\n    f()\nexcept:\n    ...",
        "for x in y:\n    try:\n        f()\n    except (KeyError, Exception):\n        continue",
        "with suppress(Exception):\n    f()",
    ],
)
def test_a_swallowed_failure_is_seen(source: str) -> None:
    assert sources.swallowed(planted(source))


def test_files_are_small() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path, _ in EVERYTHING
        if len(path.read_text().splitlines()) > sources.MAX_FILE_LINES
    ]
    assert long == []


def test_no_folder_is_crowded() -> None:
    assert sources.crowded_folders(SRC) == []


def test_a_crowded_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    names = ["__init__", *(f"module_{number}" for number in range(sources.MAX_MODULES))]
    for name in names:
        (tmp_path / "services" / f"{name}.py").touch()
    assert sources.crowded_folders(tmp_path) == []
    (tmp_path / "services/one_more.py").touch()
    assert sources.crowded_folders(tmp_path) == ["services: 16 modules"]


def test_functions_are_short() -> None:
    assert [place for tree in EVERYTHING for place in sources.long_functions(tree)] == []
    assert sources.long_functions(planted("def f():\n" + "    g()\n" * 60))


def test_functions_take_few_arguments() -> None:
    assert [place for tree in trees(SRC) for place in sources.greedy_functions(tree)] == []
    assert sources.greedy_functions(planted("def f(a, b, c, d, *, e, f, g): ..."))


def test_no_limit_counts_a_raw_address() -> None:
    assert [place for tree in HOUSE for place in sources.uncounted_callers(tree)] == []
    assert sum(1 for tree in HOUSE for _ in sources.calls_of_limits(tree)) > 20


@pytest.mark.parametrize(
    "source",
    [
        "limiter().count(RULE, 'lookup', address)",
        "limiter().check(RULE, 'lookup', client.address)",
        "rate_limits.limiter().count(RULE, 'lookup', by_name(address))",
        "limiter().count(RULE, 'lookup', Counted(buyer.client_address))",
        "limiter().count(RULE, 'lookup', f'{address}|{target}')",
        "limiter().count(RULE, 'lookup')",
    ],
)
def test_a_raw_address_in_a_limit_is_seen(source: str) -> None:
    assert sources.uncounted_callers(planted(source))


@pytest.mark.parametrize(
    "source",
    ["limiter().count(RULE, 'lookup', by_address(client.address))", "limiter().check(RULE, 'x', by_name(by.key))"],
)
def test_a_counted_network_is_let_through(source: str) -> None:
    assert not sources.uncounted_callers(planted(source))
