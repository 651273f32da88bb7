"""MySQL and Redis for the concurrency tests: separate databases, and a redis-server that a test may stop."""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncmy
from asyncmy.converters import escape_string

from src.core.configs.groups import DatabaseSettings, MysqlAddress
from tests.concurrency.support import ROOT, spawn
from tests.conftest import MYSQL_URL, REDIS_URL, free_port, on_server


class Database:
    """A separate database on the server under test. Every call uses its own connection."""

    def __init__(self) -> None:
        self.name = f"shop_race_{secrets.token_hex(4)}"
        self.url = f"{MYSQL_URL.rsplit('/', 1)[0]}/{self.name}"
        address = DatabaseSettings(url=self.url, host="").mysql
        assert address is not None
        self.address: MysqlAddress = address

    async def connect(self) -> Any:
        """Open a connection with autocommit, for tests that hold a lock."""
        at = self.address
        return await asyncmy.connect(
            host=at.host, port=at.port, user=at.user, password=at.password, db=at.database, autocommit=True
        )

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement, and return its rows."""
        connection = await self.connect()
        try:
            async with connection.cursor() as cursor:
                await cursor.execute(statement)
                return list(await cursor.fetchall())
        finally:
            connection.close()

    async def run(self, statements: Sequence[str]) -> None:
        """Run statements on one connection."""
        connection = await self.connect()
        try:
            async with connection.cursor() as cursor:
                for statement in statements:
                    await cursor.execute(statement)
        finally:
            connection.close()

    async def schema(self) -> list[str]:
        """Return the statement of each table, in the order of their names."""
        tables = [table for (table,) in await self.rows("SHOW TABLES")]
        return [(await self.rows(f"SHOW CREATE TABLE `{table}`"))[0][1] for table in sorted(tables)]

    async def number(self, statement: str) -> int:
        """Run a statement, and return its only number; 0 for NULL."""
        return int((await self.rows(statement))[0][0] or 0)

    @asynccontextmanager
    async def locking(self, statement: str) -> AsyncIterator[None]:
        """Hold the locks of a locking read while the body runs."""
        connection = await self.connect()
        try:
            async with connection.cursor() as cursor:
                await cursor.execute("START TRANSACTION")
                await cursor.execute(statement)
                yield
                await cursor.execute("ROLLBACK")
        finally:
            connection.close()

    def locked(self, variant_id: int) -> AbstractAsyncContextManager[None]:
        """Lock the variant while the body runs, so that purchases of it wait."""
        return self.locking(f"SELECT id FROM variant WHERE id = {variant_id} FOR UPDATE")

    async def kill_connections(self) -> int:
        """Kill every other connection to this database, as a restart of the server would, and return their number."""
        connection = await self.connect()
        killed = 0
        try:
            async with connection.cursor() as cursor:
                await cursor.execute(
                    f"SELECT id FROM information_schema.processlist WHERE db = '{self.name}' AND id <> CONNECTION_ID()"
                )
                for (number,) in await cursor.fetchall():
                    with contextlib.suppress(asyncmy.errors.MySQLError):  # it ended by itself
                        await cursor.execute(f"KILL {number}")
                        killed += 1
        finally:
            connection.close()
        return killed

    async def end_leases(self) -> None:
        """End the leases of killed processes now, instead of after up to two minutes.

        Call it only while no shop runs, or if no process works on the leased rows any more.
        """
        past = "'2020-01-01 00:00:00.000000'"
        await self.rows(f"UPDATE idempotency_key SET lease_until = {past} WHERE state = 'RUNNING'")
        await self.rows(f"UPDATE job SET lease_until = {past}, next_run_at = {past}")
        for table in ("inbox_message", "outbox_event", "refund", "background_task", "outbound_delivery", "message"):
            await self.rows(f"UPDATE {table} SET available_at = {past} WHERE work_status = 'PENDING'")
        await self.rows(f"UPDATE payment SET next_reread_at = {past} WHERE next_reread_at IS NOT NULL")


@asynccontextmanager
async def new_database(*, is_empty: bool = False) -> AsyncIterator[Database]:
    """Create a database with the schema of this code, or with nothing in it, and drop it at the end."""
    statements = () if is_empty else await schema_statements()
    database = Database()
    await on_server(f"CREATE DATABASE {database.name} CHARACTER SET utf8mb4")
    try:
        if statements:
            await database.run(("SET FOREIGN_KEY_CHECKS = 0", *statements))
        yield database
    finally:
        await on_server(f"DROP DATABASE IF EXISTS {database.name}")


_schema: list[str] = []


async def schema_statements() -> list[str]:
    """Return the statements of a schema that was migrated once, with aerich's record of it.

    Migrating creates and alters each table several times, and the server syncs its files each time: seven times as long
    as making the tables as they end.
    """
    if not _schema:
        async with new_database(is_empty=True) as database:
            await asyncio.to_thread(migrate, database.url)
            _schema.extend(await database.schema())
            copied = ("id", "version", "app", "content")
            for row in await database.rows(f"SELECT {', '.join(copied)} FROM aerich ORDER BY id"):
                values = ", ".join(f"'{escape_string(str(value))}'" for value in row)
                _schema.append(f"INSERT INTO aerich ({', '.join(copied)}) VALUES ({values})")
    return _schema


def migrate(url: str) -> None:
    """Migrate a database by the command."""
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "src.cli", "migrate"], cwd=ROOT, env=environment, check=True)


class RedisServer:
    """A private redis-server that stores nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self.start()

    def start(self) -> None:
        """Start the server, always on the same port, and wait until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = spawn([*command, "--dir", str(self._folder)], log=self._folder / "redis.log")
        end = time.monotonic() + 60
        while self.ask("PING") != "+PONG":
            assert time.monotonic() < end, (self._folder / "redis.log").read_text()
            time.sleep(0.05)

    def ask(self, command: str) -> str:
        """Send a command, and return the first line of the answer; an empty text if there is no answer."""
        with (
            contextlib.suppress(OSError),
            socket.create_connection(("127.0.0.1", self.port), timeout=2) as connection,
        ):
            connection.sendall(f"{command}\r\n".encode())
            return connection.recv(1000).decode().splitlines()[0]
        return ""

    def stop(self) -> None:
        """Kill the server. Its data is lost."""
        self.process.kill()
        self.process.wait(60)

    def freeze(self) -> None:
        """Stop the process by SIGSTOP: connections are accepted, but get no answer."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Continue the process, which then also answers what it received while frozen."""
        self.process.send_signal(signal.SIGCONT)


@contextmanager
def own_redis(folder: Path) -> Iterator[RedisServer]:
    """Run a private Redis while the body runs."""
    folder.mkdir(parents=True, exist_ok=True)
    server = RedisServer(folder)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def any_redis(folder: Path) -> Iterator[str]:
    """Yield the URL of a private Redis, or of the Redis under test if redis-server is not installed."""
    if shutil.which("redis-server") is None:
        yield REDIS_URL
        return
    with own_redis(folder) as server:
        yield server.url
