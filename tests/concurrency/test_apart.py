"""Background work in processes of its own, beside a shop of two web workers on MySQL and a private Redis."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.concurrency.apart import Apart, all_delivered, beside, happen
from tests.concurrency.buyers import pay, placed, quoted_body, set_stock, some_variants, status_of
from tests.concurrency.proxy import relay
from tests.concurrency.servers import Database, RedisServer, new_database, own_redis
from tests.concurrency.support import Shop, needs_own_redis, needs_servers, running, until, within
from tests.concurrency.test_redis_lost import filled_cart, in_cart, ordered_from_cart
from tests.concurrency.test_webhooks import signed, tell

pytestmark = [needs_servers, needs_own_redis]


@dataclass
class Place:
    """A shop whose web processes do no background work, and what it stands on."""

    shop: Shop
    database: Database
    cache: RedisServer
    environment: dict[str, str]


@pytest.fixture(scope="module")
async def place(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Place]:
    folder: Path = tmp_path_factory.mktemp("apart")
    with own_redis(folder / "redis") as cache:
        async with new_database() as database:
            environment = {"DATABASE_URL": database.url, "REDIS_URL": cache.url, "JOBS": "apart"}
            hold = {"ORDER_HOLD_SECONDS": "5", "SANDBOX": "true"}
            async with running({**environment, **hold}, folder / "state") as shop:
                yield Place(shop, database, cache, {**environment, "PORT": str(shop.port)})


@pytest.fixture(autouse=True)
async def calm(place: Place) -> None:
    """Nothing waits from the test before."""
    await place.database.rows("DELETE FROM outbox_event")
    await place.database.rows("DELETE FROM job_run")


@within(180)
async def test_web_stores_workers_do(place: Place, tmp_path: Path) -> None:
    """Without workers a paid order waits and loses nothing; with them it settles, its cart empties, others expire."""
    variant, other = await some_variants(place.database, 2)
    for bought in (variant, other):
        await set_stock(place.database, bought, 50)
    async with place.shop.client() as client:
        cart = await filled_cart(client, variant, 2)
        order = await ordered_from_cart(client, cart, variant, 2)
        await pay(client, order)
        assert (await tell(client, signed(order["payment"]["payment_id"]))).status_code == 200
        unpaid = await placed(client, await quoted_body(client, [(other, 3)]))
        assert await status_of(client, order) == "PENDING"
        assert await place.database.number("SELECT COUNT(*) FROM inbox_message WHERE work_status = 'PENDING'") == 1

        async with beside(place.environment, tmp_path, "worker", "scheduler"):

            async def is_done() -> bool:
                states = (await status_of(client, order), await status_of(client, unpaid))
                return states == ("PAID", "EXPIRED") and await in_cart(client, cart) == {}

            assert await until(is_done, seconds=60)
    assert await place.database.number(f"SELECT stock FROM variant WHERE id = {other}") == 50


@within(300)
async def test_killed_worker_empty_redis_and_lost_database_lose_none_of_10_000_events(
    place: Place, tmp_path: Path
) -> None:
    """A worker is killed in a handler; Redis dies and comes back empty; the database is away for a while."""
    held, *others = await some_variants(place.database, 20)
    database = place.database
    await set_stock(database, held, 10)
    await database.rows("DELETE FROM restock_alert")
    await database.rows(
        "INSERT INTO restock_alert (variant_id, channel, address, status, language, tries, next_at, created_at) VALUES "
        f"({held}, 'email', '', 'WAITING', 'ko', 0, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
    )
    async with relay(database) as way:
        environment = {**place.environment, "DATABASE_URL": way.url(database)}
        async with beside(environment, tmp_path, "worker", "worker") as (first, second):
            async with database.locking("SELECT id FROM restock_alert FOR UPDATE"):  # no handler of it can end
                await happen(database, "stock.returned", [held])

                async def is_taken() -> bool:
                    return await database.number("SELECT COUNT(*) FROM outbox_event WHERE attempts = 1") == 1

                assert await until(is_taken)
                first.kill()
                await happen(database, "stock.returned", [others[number % len(others)] for number in range(1_000)])
                await happen(database, "nobody.cares", list(range(1_000_000, 1_009_000)))
                place.cache.stop()
            place.cache.start()
            await way.close()
            await asyncio.sleep(2)
            await way.open()
            assert await until(lambda: all_delivered(database), seconds=200), "leases end after 30 s"
            assert await second.end() == 0
    assert "Traceback" not in second.said()
    assert await database.number("SELECT COUNT(*) FROM outbox_event") == 10_001
    assert await database.number("SELECT COUNT(*) FROM restock_alert WHERE status <> 'WAITING'") == 1


@within(180)
async def test_two_schedulers_run_each_slot_once(place: Place, tmp_path: Path) -> None:
    database = place.database
    async with beside(place.environment, tmp_path, "worker", "scheduler", "scheduler"):

        async def have_rows() -> bool:
            return await database.number("SELECT COUNT(*) FROM job WHERE name LIKE 'purge-%'") >= 1

        assert await until(have_rows)
        for number in range(5):
            await database.rows(
                f"UPDATE job SET asked_by = 'staff:{number}', next_run_at = '2020-01-01' "
                "WHERE name LIKE 'forget-%' OR name LIKE 'purge-%'"
            )

            async def all_ran() -> bool:
                return not await database.number("SELECT COUNT(*) FROM job WHERE asked_by <> ''")

            assert await until(all_ran, seconds=60)
    jobs = await database.number("SELECT COUNT(*) FROM job WHERE name LIKE 'forget-%' OR name LIKE 'purge-%'")
    assert jobs >= 6
    runs = "SELECT COUNT(*), COUNT(DISTINCT job_name, asked_by), MAX(error) FROM job_run WHERE asked_by LIKE 'staff:%'"
    assert await database.rows(runs) == [(5 * jobs, 5 * jobs, "")]


@within(120)
async def test_each_process_says_whether_it_is_alive_and_ends_in_order(place: Place, tmp_path: Path) -> None:
    async with beside(place.environment, tmp_path, "worker", "scheduler") as processes:
        assert [alive(process) for process in processes] == [0, 0]
        assert [await process.end() for process in processes] == [0, 0]
        assert [alive(process) for process in processes] == [1, 1]
        assert all(f"{process.kind} ended" in process.said() for process in processes)


@within(60)
async def test_no_process_starts_where_the_web_does_its_work(place: Place, tmp_path: Path) -> None:
    for kind in ("worker", "scheduler"):
        process = Apart(kind, {**place.environment, "JOBS": "inside"}, tmp_path / kind)
        assert process.process.wait(60) == 78
        assert "JOBS=apart" in process.said()


def alive(process: Apart) -> int:
    """The status of its health check."""
    command = process.command("--alive")
    return subprocess.run(command, env=process.environment, capture_output=True, check=False, timeout=60).returncode
