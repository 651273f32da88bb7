"""A slow statement is told with its text, its time and its request, and without a value."""

from collections.abc import Iterator

import httpx
import pytest

from src.common.logs.context import request_id
from src.core.database import unit_of_work
from src.core.database.statements import dialect, fetch
from src.core.observing.context import request_scope
from src.core.observing.metrics import POOL_WAIT_SECONDS, SLOW_STATEMENTS, STATEMENT_SECONDS
from src.core.observing.statements import log_slower_than, name_of, without_values
from tests.conftest import REAL

SLOW = {
    "mysql": "SELECT SLEEP(0.05) AS n, 'a-secret' AS s, %s AS p",
    "sqlite": (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) "
        "SELECT COUNT(*) AS n, 'a-secret' AS s, %s AS p FROM n"
    ),
}


class Template:
    path = "/api/v1/orders/{order_no}"


@pytest.fixture
def slow(client: httpx.AsyncClient) -> Iterator[str]:
    log_slower_than(5)
    yield SLOW[dialect()]
    log_slower_than(0)


async def test_a_slow_statement_is_logged_without_values(slow: str, caplog: pytest.LogCaptureFixture) -> None:
    scope = {"path": "/api/v1/orders/20261121-ABCDEFGH", "route": Template()}
    tokens = request_scope.set(scope), request_id.set("r1")
    before = SLOW_STATEMENTS.of().cells[0]
    await fetch(slow, ["a-parameter"])
    request_scope.reset(tokens[0])
    request_id.reset(tokens[1])

    (record,) = [one for one in caplog.records if one.name == "shop.slow_query"]
    said = vars(record)
    assert SLOW_STATEMENTS.of().cells[0] == before + 1
    assert said["ms"] >= 5
    assert said["route"] == "/api/v1/orders/{order_no}"
    assert said["sql"].startswith(("SELECT SLEEP(?) AS n, ? AS s,", "WITH RECURSIVE n(i)"))
    assert not any(value in str(said) for value in ("a-secret", "a-parameter", "20261121", "400000"))


async def test_it_is_logged_inside_a_transaction_too(slow: str, caplog: pytest.LogCaptureFixture) -> None:
    async def use_case() -> None:
        await fetch(slow, [1])

    await unit_of_work(use_case)
    assert [one.levelname for one in caplog.records if one.name == "shop.slow_query"] == ["WARNING"]


async def test_a_quick_statement_and_a_limit_of_none_say_nothing(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    log_slower_than(600_000)
    await fetch(SLOW[dialect()], [1])
    log_slower_than(0)
    await fetch(SLOW[dialect()], [1])
    assert [one for one in caplog.records if one.name == "shop.slow_query"] == []


async def test_every_statement_is_counted_and_so_is_the_wait_for_its_connection(client: httpx.AsyncClient) -> None:
    async def use_case() -> None:
        await fetch("SELECT 1 AS n")

    statements, waits = (sum(one.of().cells[:-1]) for one in (STATEMENT_SECONDS, POOL_WAIT_SECONDS))
    await fetch("SELECT 1 AS n")
    await unit_of_work(use_case)
    assert sum(STATEMENT_SECONDS.of().cells[:-1]) == statements + 2
    assert sum(POOL_WAIT_SECONDS.of().cells[:-1]) == waits + (2 if REAL else 0)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SELECT  1\n FROM t", "SELECT ? FROM t"),
        ("SELECT `id` `0` FROM `t1` WHERE x='it''s \\' 김' AND y=-2.5", "SELECT `id` `0` FROM `t1` WHERE x=? AND y=-?"),
        ("INSERT INTO t VALUES (%s, %s,%s),(%s, %s, %s)", "INSERT INTO t VALUES (%s, ...),(%s, ...)"),
        ('SELECT "a1" FROM "t" WHERE id IN (?, ?, ?) LIMIT 20', 'SELECT "a1" FROM "t" WHERE id IN (?, ...) LIMIT ?'),
        ("x" * 9_000, "x" * 2_000),
    ],
)
def test_literals_are_taken_out(text: str, shown: str) -> None:
    assert without_values(text) == shown


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("INSERT INTO `orders` (`a`) VALUES (%s)", "INSERT orders"),
        ('update "job" SET x=1', "update job"),
        ("SELECT 1", "SELECT"),
        ("WITH n AS (SELECT 1) SELECT * FROM n", "WITH n"),
        ("", "SQL"),
    ],
)
def test_a_statement_is_named_by_verb_and_table(text: str, name: str) -> None:
    assert name_of(text) == name
