"""Who may change the schema, when the owner of the lock is silent, at work, asleep or robbed."""

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from asyncmy.errors import MySQLError

from src.core.configs import Settings
from src.core.configs.groups import DatabaseSettings, ServerSettings
from src.core.database.schema import migration_files, prepared
from tests.concurrency.servers import Database
from tests.concurrency.support import ROOT, needs_servers, until, within

pytestmark = [needs_servers, pytest.mark.fault("M23")]

TABLE = """
CREATE TABLE schema_lock (
    id SMALLINT NOT NULL PRIMARY KEY, owner VARCHAR(96) NOT NULL, node VARCHAR(300) NOT NULL,
    addresses VARCHAR(600) NOT NULL, `connection` BIGINT NOT NULL, taken_at DATETIME(6) NOT NULL,
    beat_at DATETIME(6) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"""


@pytest.fixture
def database(empty_database: Database) -> Database:
    """Not migrated: the shops do that here."""
    return empty_database


async def owned(database: Database, *, silent_seconds: int, connection: int = 0, node: str = "") -> None:
    """Another instance has the lock, and was heard of so many seconds ago."""
    where = f"'{node}'" if node else "CONCAT(@@hostname, ':', @@port)"
    await database.rows(TABLE)
    await database.rows(
        f"INSERT INTO schema_lock VALUES (1, 'other', {where}, '127.0.0.1:1', {connection}, UTC_TIMESTAMP(6),"
        f" UTC_TIMESTAMP(6) - INTERVAL {silent_seconds} SECOND)"
    )


async def migrating(database: Database, folder: Path) -> asyncio.subprocess.Process:
    """`migrate`, begun."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "src.cli",
        "migrate",
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "STATE_DIR": str(folder), "DATABASE_URL": database.url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def tables(database: Database) -> int:
    return await database.number(
        "SELECT COUNT(*) FROM information_schema.tables"
        f" WHERE table_schema = '{database.name}' AND table_name <> 'schema_lock'"
    )


async def is_waiting(database: Database) -> bool:
    """Whether an instance looks at the lock, and so has come as far as it gets."""
    found = await database.rows(
        f"SELECT 1 FROM information_schema.processlist WHERE db = '{database.name}' AND id <> CONNECTION_ID()"
    )
    return bool(found)


async def _sleep(connection: Any) -> None:
    with contextlib.suppress(MySQLError):
        async with connection.cursor() as cursor:
            await cursor.execute("SELECT SLEEP(600)")


async def number_of(connection: Any) -> int:
    async with connection.cursor() as cursor:
        await cursor.execute("SELECT CONNECTION_ID()")
        ((number,),) = await cursor.fetchall()
        return int(number)


@within(120)
async def test_the_lock_is_left_to_who_is_heard_or_still_has_a_statement(database: Database, tmp_path: Path) -> None:
    connection = await database.connect()
    number = await number_of(connection)
    statement = asyncio.create_task(_sleep(connection))
    await owned(database, silent_seconds=0, connection=1)
    process = await migrating(database, tmp_path)
    assert await until(lambda: is_waiting(database))

    for silent, worked_on_by in ((0, 1), (600, number)):  # heard of now; then silent, but its statement runs
        await database.rows(f"UPDATE schema_lock SET beat_at = UTC_TIMESTAMP(6) - INTERVAL {silent} SECOND")
        await database.rows(f"UPDATE schema_lock SET `connection` = {worked_on_by}")
        await asyncio.sleep(2)  # four looks
        assert (process.returncode, await tables(database)) == (None, 0)
        assert await database.rows("SELECT owner FROM schema_lock") == [("other",)]

    await database.rows(f"KILL {number}")
    said, _ = await process.communicate()
    await statement
    connection.close()
    assert (process.returncode, b"taken over" in said) == (0, True), said
    assert await database.number("SELECT COUNT(*) FROM aerich") == len(migration_files())
    assert await database.rows("SELECT owner FROM schema_lock") == []


@within(120)
async def test_an_owner_that_is_asleep_or_whose_node_is_gone_loses_it(database: Database, tmp_path: Path) -> None:
    """Nothing is migrated here: the lock alone is asked for."""
    from src.core.database.schema_lock import SchemaLock

    asleep = await database.connect()
    await owned(database, silent_seconds=61, connection=await number_of(asleep))
    async with SchemaLock(database.address) as lock:
        await lock.check()
        with pytest.raises(MySQLError):
            await number_of(asleep)

    await database.rows("DROP TABLE schema_lock")
    await owned(database, silent_seconds=61, node="gone:1")  # nobody listens at its address
    async with SchemaLock(database.address) as lock:
        await lock.check()


@within(120)
async def test_who_was_robbed_of_the_lock_loads_no_demo_shop_and_migrates_no_more(
    database: Database, tmp_path: Path
) -> None:
    """The thief comes as soon as the owner has begun: before each migration and before the body the owner looks."""
    from src.core.database.schema_lock import SchemaLocked

    chosen = Settings(
        server=ServerSettings(env="test", state_dir=tmp_path), database=DatabaseSettings(url=database.url, host="")
    )
    begun: list[str] = []

    async def steal() -> None:
        async def is_owned() -> bool:
            with contextlib.suppress(MySQLError):
                return bool(await database.rows("UPDATE schema_lock SET owner = 'thief'") is not None) and bool(
                    await database.rows("SELECT 1 FROM schema_lock WHERE owner = 'thief'")
                )
            return False

        assert await until(is_owned, every=0.01)

    async def own() -> None:
        async with prepared(chosen):
            begun.append("body")

    thief = asyncio.create_task(steal())
    with pytest.raises(SchemaLocked, match="took the schema's lock over"):
        await asyncio.create_task(own())
    await thief
    assert begun == []
    assert await database.rows("SELECT owner FROM schema_lock") == [("thief",)]
    assert not await database.rows("SHOW TABLES LIKE 'aerich'") or (
        await database.number("SELECT COUNT(*) FROM aerich") < len(migration_files())
    )
