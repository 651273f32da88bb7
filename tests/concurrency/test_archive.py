"""Archiving over SIGKILL and from several sides: every order is in one place, whole, and money still finds it."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.concurrency.books import all_worked_off, faults
from tests.concurrency.buyers import complete, pay, payment_id, placed, quoted_body, set_stock, some_variants, tally
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, OURS, needs_servers, running, spawn, until, within

pytestmark = needs_servers

ORDERS = 130  # three batches
TABLES = ("orders", "order_line", "order_event", "payment")
# Statements of the books that read live tables only, and so miss what is archived.
OF_LIVE_ROWS = ("a line's ledger rows are of its variant", "a key that is done has its order")
AGED = """
    UPDATE payment SET next_reread_at = NULL;
    UPDATE orders SET expires_at = expires_at - INTERVAL 30 DAY, ended_at = ended_at - INTERVAL 30 DAY"""


def job(database: Database, folder: Path) -> subprocess.Popen[bytes]:
    """A process of its own that archives."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    settings = {"DATABASE_URL": database.url, "STATE_DIR": str(folder), "ARCHIVE_AFTER_DAYS": "7"}
    command = [sys.executable, "-m", "src.cli", "run-job", "archive-orders"]
    return spawn(command, log=folder / "archive.log", environment={**kept, **settings, "DB_LOCK_WAIT_SECONDS": "25"})


async def ended(process: subprocess.Popen[bytes]) -> int | None:
    async def is_over() -> bool:
        return process.poll() is not None

    await until(is_over)
    return process.poll()


async def counts(database: Database, suffix: str = "") -> list[int]:
    """Rows of the tables that move, or of their archives."""
    return [await database.number(f"SELECT COUNT(*) FROM {table}{suffix}") for table in TABLES]


async def torn(database: Database) -> int:
    """Rows in both places, and rows in another place than their order."""
    twice = [f"SELECT a.id FROM {table} a JOIN {table}_archive b ON a.id = b.id" for table in TABLES]
    apart = [
        f"SELECT c.id FROM {child}{here} c LEFT JOIN orders{here} o ON o.id = c.order_id WHERE o.id IS NULL"
        for child in TABLES[1:]
        for here in ("", "_archive")
    ]
    return sum([len(await database.rows(statement)) for statement in (*twice, *apart)])


async def expired_orders(database: Database, client: httpx.AsyncClient, count: int) -> list[dict[str, object]]:
    (variant,) = await some_variants(database, 1)
    await set_stock(database, variant, count)
    body = await quoted_body(client, [(variant, 1)])
    orders: list[dict[str, object]] = []
    for _ in range(0, count, 10):
        orders += await asyncio.gather(*(placed(client, body) for _ in range(10)))

    async def all_expired() -> bool:
        return await database.number("SELECT COUNT(*) FROM orders WHERE status = 'EXPIRED'") == count

    assert await until(all_expired)
    await all_worked_off(database)  # what was told of an order keeps it
    for statement in AGED.split(";"):
        await database.rows(statement)
    return orders


@within(300)
async def test_sigkill_between_writing_and_removing_leaves_every_order_whole(
    database: Database, tmp_path: Path
) -> None:
    """The second batch has written orders, lines and timeline into the archive and waits for the payments, whose key
    a transaction of the test holds: SIGKILL. Two processes at once do the rest, each order once."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache, "ORDER_HOLD_SECONDS": "1"}
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            await expired_orders(database, client, ORDERS)
        before = await counts(database)
        (held,) = (await database.rows("SELECT id, order_id FROM payment ORDER BY id LIMIT 1 OFFSET 70"))[:1]
        names = await database.rows(
            "SELECT GROUP_CONCAT(column_name) FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND table_name = 'payment'"
        )
        columns = str(names[0][0])
        connection = await database.connect()
        try:
            async with connection.cursor() as cursor:
                await cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")  # copies without locks
                await cursor.execute("START TRANSACTION")
                await cursor.execute(
                    f"INSERT INTO payment_archive ({columns}) SELECT {columns} FROM payment WHERE id = {held[0]}"
                )
                killed = job(database, tmp_path)

                async def waits() -> bool:
                    return bool(
                        await database.number(
                            "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'"
                            " AND trx_query LIKE 'INSERT INTO `payment_archive`%'"
                        )
                    )

                assert await until(waits, every=0.3)  # InnoDB renews what it tells only when nobody asked for 0.1 s
                os.killpg(killed.pid, signal.SIGKILL)
                killed.wait(60)
                await cursor.execute("ROLLBACK")
        finally:
            connection.close()

        async def is_rolled_back() -> bool:
            return await database.number("SELECT COUNT(*) FROM orders_archive") == 50

        assert await until(is_rolled_back)
        await database.end_leases()
        assert await torn(database) == 0

        both = [job(database, tmp_path) for _ in range(2)]
        assert [await ended(process) for process in both] == [0, 0], (tmp_path / "archive.log").read_text()
        assert (await counts(database, "_archive"), await counts(database)) == (before, [0] * 4)
        assert await torn(database) == 0
        assert await faults(database, but=OF_LIVE_ROWS) == {}


@within(300)
async def test_money_that_comes_while_orders_are_archived_goes_back_once(database: Database, tmp_path: Path) -> None:
    """Half of the orders are paid late while a process archives all of them, and again once all are archived."""
    with any_redis(tmp_path / "redis") as cache:
        environment = {"DATABASE_URL": database.url, "REDIS_URL": cache, "ORDER_HOLD_SECONDS": "1"}
        async with running(environment, tmp_path / "state") as shop, shop.client() as client:
            orders = await expired_orders(database, client, 60)
            late = orders[::2]
            await asyncio.gather(*(pay(client, order) for order in late))
            archiving = job(database, tmp_path)
            told = [*late[:15], *late[:15]]
            answers = await asyncio.gather(*(complete(client, order) for order in told))
            assert tally(answers) == {(409, "ORDER_EXPIRED"): 30}
            assert await ended(archiving) == 0
            answers = await asyncio.gather(*(complete(client, order) for order in (*late[15:], *late[15:])))
            assert tally(answers) == {(409, "ORDER_EXPIRED"): 30}
            await all_worked_off(database)

            assert await torn(database) == 0
            shown = await asyncio.gather(*(client.get(f"{API}/payments/{payment_id(order)}") for order in orders))
            assert {answer.status_code for answer in shown} == {200}
        here, there = await counts(database), await counts(database, "_archive")
        assert [sum(pair) for pair in zip(here, there, strict=True)] == [60, 60, 120, 60]
        assert min(here[0], there[0]) >= 15  # the last to be paid were brought back, the unpaid were not
        refunds = "SELECT status FROM refund UNION ALL SELECT status FROM refund_archive"
        assert await database.rows(refunds) == [("SUCCEEDED",)] * 30
        assert await faults(database, but=OF_LIVE_ROWS) == {}
        assert shop.unhandled() == []
