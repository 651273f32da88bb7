"""Statements on the driver's own cursor: kept on the server or sent as text, they do what Tortoise's did."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError, OperationalError

from src.app.shipping.models import ShippingRule
from src.common.models.idempotency_key import IdempotencyKey
from src.core.database import unit_of_work
from src.core.database.errors import CheckViolated
from src.core.database.mysql.client import KEPT_TEXTS
from src.core.database.statements import fetch, find, find_one, insert, new_row, save
from tests.conftest import REAL
from tests.core.database.test_pool import number_of, opened

pytestmark = pytest.mark.usefixtures("empty")
on_mysql = pytest.mark.skipif(not REAL, reason="SQLite keeps no statements and has one connection")
AT = datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC)
KEY: dict[str, Any] = {
    "endpoint": "POST /x",
    "request_key": "k" * 20,
    "body_hash": "0" * 64,
    "guest_intent": None,
    "lease_token": "'%s 김\\ 😀",
    "lease_until": AT,
    "created_at": AT,
}


async def test_a_row_is_read_as_tortoise_reads_it() -> None:
    await insert(new_row(IdempotencyKey, scope="read", **KEY))
    theirs = await IdempotencyKey.get(scope="read")
    for _ in range(3):  # the first answer is read with its description, later ones without
        ours = await find_one(IdempotencyKey, "scope = %s", ("read",))
        assert ours is not None
        assert vars(ours) == vars(theirs)
        assert ours.lease_until.utcoffset() == theirs.lease_until.utcoffset()
        assert type(ours.state) is type(theirs.state)


async def test_a_row_that_was_read_is_saved_and_saves_again() -> None:
    await insert(new_row(IdempotencyKey, scope="saved", **KEY))
    row = await find_one(IdempotencyKey, "scope = %s", ("saved",))
    assert row is not None
    row.effect = "first"
    await save(row, ("effect",))
    assert (await IdempotencyKey.get(scope="saved")).effect == "first"
    row.effect = "second"
    await row.save(update_fields=["effect"])
    assert [one.effect for one in await find(IdempotencyKey, "scope = %s", ("saved",))] == ["second"]


@pytest.mark.parametrize("is_fixed", [True, False])
async def test_values_come_back_as_they_went(is_fixed: bool) -> None:
    values: tuple[Any, ...] = (
        "it's 100% \\ \x00 김😀",
        2**63 - 1,
        -(2**63),
        AT.replace(tzinfo=None),
        1.5,
        None,
        b"\x00\xff",
    )
    text = "SELECT " + ", ".join(f"%s AS c{number}" for number in range(len(values)))
    if not REAL:
        values = tuple(value.isoformat() if isinstance(value, datetime) else value for value in values)
    (row,) = await fetch(text, values, is_fixed=is_fixed)
    (again,) = await fetch(text, values, is_fixed=is_fixed)
    found = [str(value) if isinstance(value, datetime) else value for value in dict(row).values()]
    wanted = [str(value) if isinstance(value, datetime) else value for value in values]
    # As text, MySQL has no type for a time: it stays the string that was sent.
    assert found == wanted
    assert dict(row) == dict(again)


@pytest.mark.parametrize("is_fixed", [True, False])
async def test_errors_are_tortoises(is_fixed: bool) -> None:
    await insert(new_row(IdempotencyKey, scope="twice", **KEY))
    with pytest.raises(IntegrityError):
        await insert(new_row(IdempotencyKey, scope="twice", **KEY))
    with pytest.raises(OperationalError):
        await fetch("SELECT nothing FROM nowhere WHERE id = %s", (1,), is_fixed=is_fixed)
    assert len(await fetch("SELECT id FROM idempotency_key WHERE scope = %s", ("twice",), is_fixed=is_fixed)) == 1


@pytest.mark.parametrize("is_fixed", [True, False])
async def test_a_refused_check_is_told_as_such(is_fixed: bool) -> None:
    rule = await ShippingRule.create(base_fee=3000, free_from=0, created_at=AT)
    with pytest.raises(CheckViolated):
        await fetch("UPDATE shipping_rule SET base_fee = %s WHERE id = %s", (-1, rule.id), is_fixed=is_fixed)


@on_mysql
async def test_a_changed_table_is_read_with_its_new_types() -> None:
    async with opened(pool_size=1) as client:
        await client.execute_script("CREATE TEMPORARY TABLE kept (id INT, much SMALLINT)")
        text = "SELECT id, much FROM kept WHERE id = %s"
        await client.execute_script("INSERT INTO kept VALUES (7, 30000)")
        for _ in range(3):
            assert (await client.answer(text, (7,), is_fixed=True)).dicts() == [{"id": 7, "much": 30000}]
        await client.execute_script("ALTER TABLE kept MODIFY id VARCHAR(9), MODIFY much BIGINT")
        await client.execute_script("UPDATE kept SET much = 5000000000")
        for _ in range(3):
            assert (await client.answer(text, (7,), is_fixed=True)).dicts() == [{"id": "7", "much": 5000000000}]


@on_mysql
async def test_a_connection_keeps_a_limited_number_of_texts() -> None:
    async with opened(pool_size=1) as client:
        for number in range(KEPT_TEXTS + 10):
            text = f"SELECT %s AS n, {number} AS m"
            assert (await client.answer(text, (number,), is_fixed=True)).rows == ((number, number),)
        kept = (await client.answer("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'", None)).rows[0][1]
        closed = (await client.answer("SHOW SESSION STATUS LIKE 'Com_stmt_close'", None)).rows[0][1]
        assert int(kept) - int(closed) == KEPT_TEXTS
        again = await client.answer("SELECT %s AS n, 0 AS m", (5,), is_fixed=True)
        assert again.rows == ((5, 0),)


@on_mysql
@pytest.mark.parametrize("is_fixed", [True, False])
async def test_a_cancelled_statement_takes_its_connection_with_it(is_fixed: bool) -> None:
    async with opened(pool_size=1) as client:
        text = "SELECT SLEEP(%s) AS slept"
        for turns in range(4):
            before = await number_of(client)
            await client.answer(text, (0,), is_fixed=is_fixed)
            asleep = asyncio.create_task(client.answer(text, (1,), is_fixed=is_fixed))
            await asyncio.sleep(0.02 * turns)
            asleep.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asleep
            async with asyncio.timeout(5):
                after = await number_of(client)
            assert after != before


@on_mysql
async def test_a_kept_statement_without_an_answer_ends_as_lost() -> None:
    async with opened(pool_size=1, read_timeout_seconds=0.5) as client:
        text = "SELECT SLEEP(%s) AS slept"
        await client.answer(text, (0,), is_fixed=True)
        first = await number_of(client)
        with pytest.raises(OperationalError, match="2013"):
            async with asyncio.timeout(20):
                await client.answer(text, (60,), is_fixed=True)
        assert await number_of(client) != first
        await client.execute_query(f"KILL {first}")


@on_mysql
async def test_a_killed_connection_is_told_as_lost_and_replaced() -> None:
    async with opened(pool_size=2) as client:
        text = "SELECT SLEEP(%s) AS slept, CONNECTION_ID() AS number"
        ((_, first),) = (await client.answer(text, (0,), is_fixed=True)).rows
        asleep = asyncio.create_task(client.answer(text, (5,), is_fixed=True))
        await asyncio.sleep(0.1)
        await client.execute_query(f"KILL {first}")
        with pytest.raises(OperationalError, match=r"2013|1927|1317"):
            await asleep
        assert (await client.answer(text, (0,), is_fixed=True)).rows[0][1] != first


async def test_statements_of_two_tasks_in_one_transaction_wait_for_each_other() -> None:
    async def both() -> list[Any]:
        ask = [fetch("SELECT %s AS n", (number,), is_fixed=number % 2 == 0) for number in range(6)]
        return [dict(rows[0])["n"] for rows in await asyncio.gather(*ask)]

    assert await unit_of_work(both) == list(range(6))


async def test_a_statement_in_a_unit_of_work_is_rolled_back_with_it() -> None:
    async def break_off() -> None:
        await insert(new_row(IdempotencyKey, scope="gone", **KEY))
        assert await find_one(IdempotencyKey, "scope = %s", ("gone",)) is not None
        raise LookupError

    with pytest.raises(LookupError):
        await unit_of_work(break_off)
    assert await find_one(IdempotencyKey, "scope = %s", ("gone",)) is None
