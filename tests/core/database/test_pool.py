"""The bounds of the pool of connections, each by its setting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tortoise.exceptions import OperationalError

from src.core.configs import Settings
from src.core.configs.groups import DatabaseSettings
from src.core.database.mysql import client_class
from src.core.database.tortoise import tortoise_config
from tests.conftest import MYSQL_URL, REAL

pytestmark = [pytest.mark.skipif(not REAL, reason="SQLite has one connection"), pytest.mark.fault("S8")]


@asynccontextmanager
async def opened(**chosen: Any) -> AsyncIterator[Any]:
    """A client with these settings, on the server itself."""
    database = DatabaseSettings(url=f"{MYSQL_URL.rsplit('/', 1)[0]}/mysql", host="", **chosen)
    config = tortoise_config(Settings(database=database))
    client = client_class(connection_name="own", **config["connections"]["default"]["credentials"])
    try:
        yield client
    finally:
        await client.close()


async def number_of(client: Any) -> int:
    """The connection that a statement gets."""
    _, rows = await client.execute_query("SELECT CONNECTION_ID() AS number")
    return int(rows[0]["number"])


async def test_a_connection_that_was_idle_for_too_long_is_replaced() -> None:
    async with opened(pool_recycle_seconds=1) as client:
        first = await number_of(client)
        assert await number_of(client) == first
        await asyncio.sleep(2.1)
        assert await number_of(client) != first


async def test_a_connection_that_was_idle_for_less_is_kept() -> None:
    async with opened(pool_recycle_seconds=600) as client:
        first = await number_of(client)
        await asyncio.sleep(2.1)
        assert await number_of(client) == first


async def test_who_waits_too_long_for_a_connection_is_told_so_and_the_next_gets_it() -> None:
    async with opened(pool_size=1, pool_wait_seconds=0.3) as client:
        asleep = asyncio.create_task(client.execute_query("SELECT SLEEP(2)"))
        await asyncio.sleep(0.2)
        with pytest.raises(Exception, match=r"^$") as told:
            await number_of(client)
        assert type(told.value).__name__ == "DatabaseBusy"
        await asleep
        assert await number_of(client)


async def test_a_statement_without_an_answer_ends_as_lost_and_its_connection_with_it() -> None:
    async with opened(pool_size=1, read_timeout_seconds=0.5) as client:
        first = await number_of(client)
        with pytest.raises(OperationalError, match="2013"):
            async with asyncio.timeout(20):
                await client.execute_query("SELECT SLEEP(60)")
        assert await number_of(client) != first
        await client.execute_query(f"KILL {first}")
