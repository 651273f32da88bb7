"""`prepared`: the database comes to the schema of this code once, whoever starts, and nothing of another is lost.

Each case runs real commands in processes of their own: what is tested is what several starts do to one database.
"""

import asyncio
import os
import secrets
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import asyncmy
import pytest

from src.core.configs.groups import DatabaseSettings
from src.core.database.tortoise import MIGRATIONS
from tests.conftest import MYSQL_URL, REAL, on_server

ROOT = Path(__file__).resolve().parents[3]
on_sqlite = pytest.mark.skipif(REAL, reason="the same on both pairs")
needs_mysql = pytest.mark.skipif(not REAL, reason="aerich migrates MySQL")


async def command(*arguments: str, state: Path, database: str = "") -> tuple[int, str]:
    """Run ``python -m src.cli`` with nothing but these settings; its exit status and all it said."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "LANG")}
    settings = {"STATE_DIR": str(state), "DATABASE_URL": database}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "src.cli",
        *arguments,
        cwd=ROOT,
        env=kept | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, said.decode()


def ask(file: Path, statement: str) -> object:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchone()[0]


def moved_aside(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.old-*"))


def migrations() -> list[str]:
    """In the order in which they are applied: by number, not by letter."""
    files = (file.name for file in Path(MIGRATIONS, "models").glob("[0-9]*_*.py"))
    return sorted(files, key=lambda name: int(name.partition("_")[0]))


def tell(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
async def database() -> AsyncIterator[str]:
    """The name of an empty MySQL database."""
    name = f"{os.environ.get('TEST_DATABASE_PREFIX', 'shop_test_')}{secrets.token_hex(4)}"
    await on_server(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    try:
        yield name
    finally:
        await on_server(f"DROP DATABASE {name}")


def url_of(database: str) -> str:
    return f"{MYSQL_URL.rsplit('/', 1)[0]}/{database}"


async def select(database: str, statement: str) -> list[tuple[object, ...]]:
    address = DatabaseSettings(url=url_of(database)).mysql
    assert address is not None
    connection = await asyncmy.connect(
        host=address.host, port=address.port, user=address.user, password=address.password, db=database
    )
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(statement)
            return list(await cursor.fetchall())
    finally:
        connection.close()


@on_sqlite
async def test_first_start_makes_the_embedded_schema_with_its_hash(tmp_path: Path) -> None:
    assert await command("migrate", state=tmp_path) == (0, "ok: the schema is that of this code\n")
    assert ask(tmp_path / "shop.db", "PRAGMA user_version") != 0
    assert ask(tmp_path / "shop.db", "SELECT COUNT(*) FROM sqlite_master WHERE name = 'outbox_event'") == 1


@on_sqlite
async def test_same_schema_keeps_the_data(tmp_path: Path) -> None:
    await command("migrate", state=tmp_path)
    tell(tmp_path / "shop.db", "CREATE TABLE mine (x)")
    await command("migrate", state=tmp_path)
    assert ask(tmp_path / "shop.db", "SELECT COUNT(*) FROM sqlite_master WHERE name = 'mine'") == 1
    assert moved_aside(tmp_path) == []


@on_sqlite
async def test_database_of_another_version_is_moved_aside_with_its_data(tmp_path: Path) -> None:
    await command("migrate", state=tmp_path)
    tell(tmp_path / "shop.db", "CREATE TABLE mine (x)", "INSERT INTO mine VALUES (7)", "PRAGMA user_version = 12345")

    status, said = await command("migrate", state=tmp_path)

    assert status == 0
    assert "shop.old-1.db" in said
    assert ask(tmp_path / "shop.old-1.db", "SELECT x FROM mine") == 7
    assert ask(tmp_path / "shop.db", "SELECT COUNT(*) FROM sqlite_master WHERE name = 'mine'") == 0

    tell(tmp_path / "shop.db", "PRAGMA user_version = 54321")
    await command("migrate", state=tmp_path)
    assert ask(tmp_path / "shop.old-1.db", "SELECT x FROM mine") == 7
    assert "shop.old-2.db" in moved_aside(tmp_path)


@on_sqlite
async def test_schema_that_a_killed_start_left_half_made_is_made_again(tmp_path: Path) -> None:
    tell(tmp_path / "shop.db", "CREATE TABLE outbox_event (id)")

    assert (await command("migrate", state=tmp_path))[0] == 0

    assert ask(tmp_path / "shop.db", "SELECT COUNT(*) FROM pragma_table_info('outbox_event')") != 1
    assert moved_aside(tmp_path) == []


@on_sqlite
async def test_three_starts_on_one_folder_load_one_demo_shop(tmp_path: Path) -> None:
    ended = await asyncio.gather(*[command("seed-demo", state=tmp_path) for _ in range(3)])

    assert sorted(said for _, said in ended) == [
        "nothing changed: the database is not empty\n",
        "nothing changed: the database is not empty\n",
        "ok: the demo shop is loaded\n",
    ]
    assert ask(tmp_path / "shop.db", "SELECT COUNT(*) FROM users WHERE login_id = 'demo'") == 1
    assert (await command("verify", state=tmp_path)) == (0, "ok: every stock is what its ledger says\n")


@needs_mysql
async def test_four_instances_migrate_an_empty_database_once(database: str, tmp_path: Path) -> None:
    ended = await asyncio.gather(
        *[command("migrate", state=tmp_path, database=url_of(database)) for _ in range(4)],
    )

    assert [status for status, _ in ended] == [0, 0, 0, 0], ended
    assert sum("migrated: " in said for _, said in ended) == 1
    assert await select(database, "SELECT version FROM aerich ORDER BY id") == [(name,) for name in migrations()]


@needs_mysql
async def test_a_missing_database_is_told_in_one_line(tmp_path: Path) -> None:
    status, said = await command("migrate", state=tmp_path, database=url_of("shop_test_that_is_not_there"))
    assert status == 1
    assert "Unknown database 'shop_test_that_is_not_there'" in said
    assert "Traceback" not in said
