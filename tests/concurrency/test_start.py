"""The command itself: instances that start together prepare one database once, and whatever is told to end does."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from src.core.database.schema import migration_files
from src.demo.catalogue import PRODUCTS
from tests.concurrency.books import faults
from tests.concurrency.buyers import new_key, place, quoted_body, set_stock, some_variants, stock_of, tally
from tests.concurrency.servers import Database, any_redis
from tests.concurrency.support import API, Shop, needs_servers, until, within
from tests.conftest import is_busy

pytestmark = needs_servers

IN_FLIGHT = 6


async def started_together(address: dict[str, str], folder: Path, stack: AsyncExitStack) -> list[Shop]:
    """Three instances, started at the same moment, each with a folder of its own; all ready."""
    shops = [Shop(address, folder / f"state-{number}") for number in range(3)]
    for shop in shops:
        stack.callback(shop.kill)
    await asyncio.gather(*(shop.ready() for shop in shops))
    return shops


async def is_gone(shop: Shop) -> bool:
    """No process of the group is left and nobody listens."""
    return not shop.members() and not shop.accepts()


async def reading(client: httpx.AsyncClient, told: asyncio.Event) -> tuple[list[httpx.Response], str]:
    """Catalogue pages one after the other until the server takes no more; and what went wrong, if anything did.

    A server that ends closes idle connections, and a request may cross with that: it was never begun. Refused before
    it was told to end, or torn in the middle of an answer, is wrong.
    """
    answers = []
    while True:
        try:
            answers.append(await client.get(f"{API}/products?size=20"))
        except httpx.TransportError as error:
            is_right = told.is_set() and "complete message body" not in str(error)
            return answers, "" if is_right else repr(error)


async def end_under_load(shop: Shop, database: Database, variant: int) -> None:
    """SIGTERM while six orders wait inside the database and four readers read: the orders are made and answered,
    no reader sees an error, and the process ends by itself with 0."""
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(shop.client(connections=1)) for _ in range(IN_FLIGHT + 4)]
        body = await quoted_body(clients[0], [(variant, 1)])
        told = asyncio.Event()
        async with database.locked(variant):
            orders = [asyncio.create_task(place(client, body, new_key())) for client in clients[:IN_FLIGHT]]
            readers = [asyncio.create_task(reading(client, told)) for client in clients[IN_FLIGHT:]]

            async def all_wait() -> bool:
                running = "SELECT COUNT(*) FROM idempotency_key WHERE state = 'RUNNING'"
                return await database.number(running) == IN_FLIGHT

            assert await until(all_wait, seconds=15, every=0.02)
            told.set()
            shop.terminate()
            await asyncio.sleep(0.5)
            assert shop.process.poll() is None
        answers = await asyncio.gather(*orders)
        read = await asyncio.gather(*readers)
    assert tally(answers) == {(201, ""): IN_FLIGHT}
    assert {problem for _, problem in read} == {""}
    assert tally([answer for pages, _ in read for answer in pages]).keys() == {(200, "")}
    assert await shop.ended() == 0
    assert await is_gone(shop)
    assert shop.unhandled() == []


async def end_idle(shop: Shop) -> None:
    """SIGTERM to the script alone, idle connections open: everything is gone within the grace time, with 0."""
    async with shop.client(connections=1) as client:
        assert (await client.get("/health")).status_code == 200
        shop.terminate()
        assert await shop.ended() == 0
    assert await is_gone(shop)
    assert shop.unhandled() == []


async def kill_master(shop: Shop) -> None:
    """SIGKILL to the master alone: its two workers stop by themselves within 5 s, and the port is free."""
    assert len(shop.workers()) == 2
    began = time.monotonic()
    shop.kill_master()

    async def gone() -> bool:
        return await is_gone(shop)

    assert await until(gone)
    assert time.monotonic() - began < 5.5 or is_busy()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """Not migrated: the shops do that here."""
    return empty_database


@within(300)
async def test_three_instances_start_on_one_empty_database_and_all_end(database: Database, tmp_path: Path) -> None:
    """Started at the same moment: all get ready, each migration is recorded once, the demo shop is there once, and
    all sell the same stock. Then one is ended under load, one idle, and of one only the master is killed."""
    async with AsyncExitStack() as stack:
        cache = stack.enter_context(any_redis(tmp_path / "redis"))
        # Six workers: by default they may open 120 connections, and a server grants 151 to all who use it.
        address = {"DATABASE_URL": database.url, "REDIS_URL": cache, "DB_POOL_SIZE": "12"}
        shops = await started_together(address, tmp_path, stack)
        versions = [version for (version,) in await database.rows("SELECT version FROM aerich ORDER BY version")]
        assert versions == sorted(migration_files())
        assert await database.rows("SELECT COUNT(*), COUNT(DISTINCT product_code) FROM product") == [
            (len(PRODUCTS), len(PRODUCTS))
        ]
        assert await database.number("SELECT COUNT(*) FROM shipping_rule") == 1
        assert await database.number("SELECT COUNT(*) FROM users WHERE login_id = 'demo'") == 1
        assert sum("demo shop loaded" in shop.said() for shop in shops) == 1
        (variant,) = await some_variants(database, 1)
        await set_stock(database, variant, 45)
        async with AsyncExitStack() as buyers:
            clients = [await buyers.enter_async_context(shop.client()) for shop in shops]
            body = await quoted_body(clients[0], [(variant, 1)])
            answers = await asyncio.gather(*(place(clients[number % 3], body) for number in range(60)))
        assert tally(answers) == {(201, ""): 45, (409, "STOCK_SHORT"): 15}
        await set_stock(database, variant, 20)
        await end_under_load(shops[0], database, variant)
        await end_idle(shops[1])
        await kill_master(shops[2])
        assert await stock_of(database, variant) == 20 - IN_FLIGHT
        assert await faults(database) == {}
