"""A database that hangs, one that gives no connection, and work that was under way when it went: nobody waits for
long."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from tests.concurrency.books import faults
from tests.concurrency.buyers import (
    new_key,
    pay,
    place,
    placed,
    quoted_body,
    set_stock,
    some_variants,
    status_of,
    stock_of,
    tally,
)
from tests.concurrency.proxy import Relay, relay
from tests.concurrency.servers import Database, any_redis, new_database
from tests.concurrency.support import API, Shop, needs_servers, running, until, within
from tests.conftest import free_port

pytestmark = needs_servers

Set = tuple[Shop, Database, Relay, int]
BOUNDS = {
    "WEB_CONCURRENCY": "1",
    "DB_POOL_SIZE": "3",
    "DB_POOL_WAIT_SECONDS": "2",
    "DB_LOCK_WAIT_SECONDS": "5",
    "DB_READ_TIMEOUT_SECONDS": "6",
    "PORTONE_GET_TIMEOUT_SECONDS": "2",
}


@pytest.fixture(scope="module")
async def bounded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Set]:
    """A shop with short bounds whose database is behind a relay, and the port of its figures."""
    folder: Path = tmp_path_factory.mktemp("bounds")
    port = free_port()
    with any_redis(folder / "redis") as cache:
        async with new_database() as database, relay(database) as between:
            address = {"DATABASE_URL": between.url(database), "REDIS_URL": cache}
            figures = {"METRICS_PORT": str(port), "METRICS_DIR": str(folder / "metrics")}
            async with running({**BOUNDS, **address, **figures}, folder / "state") as shop:
                yield shop, database, between, port
                shop.kill()  # the sandbox may still hold an answer back


async def figure(port: int, name: str) -> float:
    """What a figure stands at."""
    async with httpx.AsyncClient(trust_env=False) as client:
        text = (await client.get(f"http://127.0.0.1:{port}/metrics", timeout=30)).text
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


async def is_ready(client: httpx.AsyncClient) -> bool:
    return (await client.get("/health/ready")).status_code == 200


@pytest.mark.fault("A18")
@within(120)
async def test_a_database_that_says_nothing_is_503_for_everybody(bounded: Set) -> None:
    """Connections that are open and new ones: neither ever gets an answer."""
    shop, database, between, port = bounded
    async with shop.client(timeout=50) as client:
        (variant,) = await some_variants(database, 1)
        await set_stock(database, variant, 5)
        body = await quoted_body(client, [(variant, 1)])
        assert (await placed(client, body))["order_no"]
        name = 'shop_database_connections_closed_total{why="hung"}'
        hung = await figure(port, name)

        between.fall_silent()
        try:
            said = await asyncio.gather(
                *(place(client, body, new_key()) for _ in range(6)),
                *(client.get(f"{API}/products/999999999/stock") for _ in range(6)),
                return_exceptions=True,
            )

            async def is_cut() -> bool:
                return await figure(port, name) > hung

            assert await until(is_cut)
        finally:
            between.speak()

        answers = [answer for answer in said if isinstance(answer, httpx.Response)]
        assert len(answers) == 12, said
        assert set(tally(answers)) <= {(503, "DATABASE_UNAVAILABLE"), (503, "DATABASE_BUSY")}
        assert all("Retry-After" in answer.headers for answer in answers)
        assert await until(lambda: is_ready(client))
        await database.end_leases()
        assert (await placed(client, body))["order_no"]
        assert shop.unhandled() == []


@pytest.mark.fault("S8")
@within(120)
async def test_who_finds_no_connection_in_time_is_told_so_and_counted(bounded: Set) -> None:
    """Three orders wait for a row each, with a connection each; whoever comes then waits as long as the setting says.

    Three variants, because orders of one variant take turns and leave connections to the others (record 0049).
    """
    shop, database, _, port = bounded
    async with shop.client(timeout=50) as client:
        variants = await some_variants(database, 3, skip=1)
        for variant in variants:
            await set_stock(database, variant, 9)
        bodies = [await quoted_body(client, [(variant, 1)]) for variant in variants]
        gave_up = await figure(port, "shop_database_pool_gave_up_total")
        async with AsyncExitStack() as locks:
            for variant in variants:
                await locks.enter_async_context(database.locked(variant))
            orders = [asyncio.create_task(place(client, body, new_key())) for body in bodies]

            async def all_wait() -> bool:
                waiting = f"SELECT COUNT(*) FROM information_schema.processlist WHERE db = '{database.name}'"
                return await database.number(f"{waiting} AND info LIKE '%variant%' AND id <> CONNECTION_ID()") >= 3

            assert await until(all_wait, every=0.05)
            late = await client.get(f"{API}/products/999999999/stock")
        made = await asyncio.gather(*orders)

        assert (late.status_code, late.json()["code"]) == (503, "DATABASE_BUSY")
        assert int(late.headers["Retry-After"]) >= 1
        assert tally(made) == {(201, ""): 3}
        assert await figure(port, "shop_database_pool_gave_up_total") > gave_up
        assert [await stock_of(database, variant) for variant in variants] == [8, 8, 8]


@pytest.mark.fault("A18")
@within(150)
async def test_work_that_ended_while_the_database_was_away_does_not_wait_for_its_lease(bounded: Set) -> None:
    """A webhook is being worked off, PortOne is slow, and the database goes. The lease is 120 s; nobody ends it
    here."""
    shop, database, between, _ = bounded
    async with shop.client() as client:
        (variant,) = await some_variants(database, 1, skip=2)
        await set_stock(database, variant, 5)
        order = await placed(client, await quoted_body(client, [(variant, 1)]))
        slow = {"operation": "get", "kind": "timeout_before", "times": 1}
        assert (await client.put("/sandbox/control/faults", json={"faults": [slow]})).status_code == 200
        await pay(client, order, webhook="send")

        async def is_taken() -> bool:
            taken = "SELECT COUNT(*) FROM inbox_message WHERE work_status = 'PENDING' AND attempts = 1"
            return await database.number(taken) == 1

        assert await until(is_taken, every=0.05)
        await between.close()
        await asyncio.sleep(3)  # the read gives up after 2 s, and what became of it cannot be written
        await between.open()

        async def is_paid() -> bool:
            return await status_of(client, order) == "PAID"

        assert await until(lambda: is_ready(client))
        assert await until(is_paid, seconds=45)
        assert await database.number("SELECT COUNT(*) FROM inbox_message WHERE work_status = 'PENDING'") == 0
        assert await faults(database) == {}
