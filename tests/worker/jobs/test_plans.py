"""No statement of a purchase or of a job reads a whole table of a shop that has grown.

The books are filled with orders of a year, the statements that are sent are captured, and the database is asked for the
plan of each. TEST_PLAN_ORDERS is the number of orders.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncmy
import httpx
import pytest
from tortoise import Tortoise

from src.common import clock
from src.core.configs import settings
from src.core.configs.groups import MysqlAddress
from src.worker.jobs.run import run_job
from src.worker.jobs.schedule import specs
from tests.app.product.captured import SQL_LOG
from tests.bench.growth_data import CLOSED, FILLED, OVERDUE, statements
from tests.conftest import REAL
from tests.factories.catalogue import make_product, make_variant, variants_of
from tests.factories.orders import API, cancel_order, complete, control, place
from tests.factories.people import bearer

pytestmark = pytest.mark.skipif(not REAL, reason="the plans are those of MySQL")

ORDERS = int(os.environ.get("TEST_PLAN_ORDERS") or 20_000)
MOST_ROWS = 1_000
EXPLAINED = ("SELECT", "UPDATE", "DELETE")


class Sent(logging.Handler):
    """The first statement of each text, with its values."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.statements: dict[str, list[Any]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and len(record.args) == 2:
            text, values = record.args
            if str(text).lstrip().upper().startswith(EXPLAINED):
                self.statements.setdefault(str(text), list(values or ()))  # type: ignore[call-overload]


@contextmanager
def sent() -> Iterator[dict[str, list[Any]]]:
    """Collect what the body sends."""
    handler, level = Sent(), SQL_LOG.level
    SQL_LOG.addHandler(handler)
    SQL_LOG.setLevel(logging.DEBUG)
    try:
        yield handler.statements
    finally:
        SQL_LOG.removeHandler(handler)
        SQL_LOG.setLevel(level)


def address() -> MysqlAddress:
    mysql = settings().database.mysql
    assert mysql is not None
    return mysql


async def fill_books(variants: int) -> None:
    """Fill the books on a connection of its own, and measure the tables."""
    connection = await asyncmy.connect(**address().model_dump(), autocommit=True)
    try:
        async with connection.cursor() as cursor:
            for statement in statements(ORDERS, variants=variants, now=clock.now()):
                await cursor.execute(statement)
            tables = ", ".join(sorted({f"`{model._meta.db_table}`" for model, _, _ in FILLED}))
            await cursor.execute(f"ANALYZE TABLE {tables}")
            await cursor.fetchall()
    finally:
        connection.close()


async def scans(found: dict[str, list[Any]]) -> list[str]:
    """Return the statements whose plan reads a table or an index from end to end, with what they read."""
    wrong = []
    for text, values in found.items():
        steps = await Tortoise.get_connection("default").execute_query_dict(f"EXPLAIN {text}", values)
        wrong += [
            f"{step['table']} {step['type']} {step['key']} {step['rows']}: {text[:600]}"
            for step in steps
            if step["type"] in ("ALL", "index") and int(step["rows"] or 0) > MOST_ROWS
        ]
    return wrong


async def buy(client: httpx.AsyncClient) -> None:
    """A guest and a member buy, read their orders, give one up and ask for another way to pay."""
    first, second = await variants_of(await make_product(sizes=2))
    member = await bearer(client)
    for headers in (None, member):
        placed = await place(client, (first.id, 1), (second.id, 2), headers=headers)
        await control(client, placed.payment_id, "pay", webhook="send")
        assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    given_up = await place(client, (first.id, 1), headers=member)
    assert (await cancel_order(client, given_up)).status_code == 200
    assert (await client.get(f"{API}/orders", headers=member)).json()["total"] == 2


async def test_no_statement_of_a_purchase_or_a_job_reads_a_grown_table_from_end_to_end(
    client: httpx.AsyncClient,
) -> None:
    for _ in range(3):
        await make_variant(stock=1_000)
    await fill_books(variants=3)

    with sent() as found:
        await buy(client)
        done = {name: await run_job(name) for name in specs()}

    assert done["expire-orders"] == min(OVERDUE, ORDERS // 4)
    assert done["archive-orders"] == min(CLOSED, ORDERS // 4)
    assert done["check-invariants"] == 0
    tables = {model._meta.db_table for model, _, _ in FILLED}
    assert {table for table in tables if any(f"{table}`" in text or f" {table} " in text for text in found)} == tables
    wrong = await scans(found)
    assert not wrong, "\n".join(wrong)
