"""Bring the database to the schema of this code once, however many instances start together.

MySQL is migrated by aerich under a lock of all nodes (`schema_lock`). The embedded SQLite schema is generated from the
models. Its hash is kept in ``PRAGMA user_version``; a file with another schema is moved aside and never changed.
"""

import hashlib
import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from aerich import Command
from aerich.models import Aerich
from tortoise import BaseDBAsyncClient, Tortoise
from tortoise.utils import get_schema_sql

from src.core.configs import Settings, settings
from src.core.database.outcomes import on_cluster
from src.core.database.schema_lock import SchemaLock
from src.core.database.tortoise import MIGRATIONS, sqlite_file, tortoise_config

logger = logging.getLogger(__name__)


@asynccontextmanager
async def prepared(chosen: Settings) -> AsyncIterator[None]:
    """Migrate, then run the body with Tortoise open and the lock still held (the demo shop is loaded there)."""
    config = tortoise_config(chosen, is_bounded=False)
    if chosen.database.mysql is None:
        async with _sqlite_lock(chosen):
            await _open_sqlite(chosen)
            try:
                yield
            finally:
                await Tortoise.close_connections()
        return
    async with SchemaLock(chosen.database.mysql) as lock:
        await Tortoise.init(config=config, _enable_global_fallback=True)
        try:
            command = OwnersCommand(config, lock)
            await command.init()
            if done := await command.upgrade(run_in_transaction=False):
                logger.info("migrated: %s", ", ".join(done))
            await lock.check()
            yield
        finally:
            await Tortoise.close_connections()


class OwnersCommand(Command):
    """aerich's command, which checks before each migration that this instance still owns the lock."""

    def __init__(self, config: dict[str, Any], lock: SchemaLock) -> None:
        super().__init__(config, app="models", location=str(MIGRATIONS))
        self._lock = lock

    async def init(self, offline: bool = False) -> None:
        await super().init(offline)
        if await on_cluster():  # first apply what another owner committed on its node
            await Tortoise.get_connection("default").execute_script("SET SESSION wsrep_sync_wait = 15")

    async def _upgrade(self, conn: BaseDBAsyncClient, *more: Any, **named: Any) -> None:
        rows = (await conn.execute_query("SELECT CONNECTION_ID() AS number"))[1]
        await self._lock.check(connection=rows[0]["number"])
        await super()._upgrade(conn, *more, **named)


@asynccontextmanager
async def _sqlite_lock(chosen: Settings) -> AsyncIterator[None]:
    """A lock file beside the database: two processes with one STATE_DIR prepare it one after the other."""
    import fcntl

    chosen.server.state_dir.mkdir(parents=True, exist_ok=True)
    with (chosen.server.state_dir / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


async def _open_sqlite(chosen: Settings) -> None:
    file = sqlite_file(chosen)
    await Tortoise.init(config=tortoise_config(chosen), _enable_global_fallback=True)
    connection = Tortoise.get_connection("default")
    wanted = schema_hash(get_schema_sql(connection, safe=True))
    if file.exists() and (found := _user_version(file)) != wanted:
        if found:
            aside = _move_aside(file)
            logger.warning("the database is of another version of the shop: moved aside to %s", aside)
        else:  # an earlier start failed before the schema was complete
            _remove(file)
    if not file.exists():
        await Tortoise.generate_schemas(safe=True)
        await connection.execute_script(f"PRAGMA user_version = {wanted}")


def schema_hash(sql: str) -> int:
    """Return a 31-bit hash of the schema, never 0."""
    return int.from_bytes(hashlib.sha256(sql.encode()).digest()[:4], "big") % (2**31 - 1) + 1


def _user_version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def _companions(file: Path) -> list[Path]:
    return [path for suffix in ("", "-wal", "-shm") if (path := Path(f"{file}{suffix}")).exists()]


def _move_aside(file: Path) -> Path:
    number = 1
    while (aside := file.with_name(f"{file.stem}.old-{number}{file.suffix}")).exists():
        number += 1
    for path in _companions(file):
        path.replace(str(path).replace(str(file), str(aside)))
    return aside


def _remove(file: Path) -> None:
    for path in _companions(file):
        path.unlink()


async def is_migrated() -> bool:
    """Return True if every migration of this code is applied. Newer ones are ignored, so that a rollback gets ready
    too.

    The embedded schema has no migrations: it is made from the models before the first worker starts.
    """
    if settings().database.mysql is None:
        return True
    applied = await Aerich.filter(app="models").values_list("version", flat=True)
    return migration_files() <= {str(version) for version in applied}


def migration_files() -> set[str]:
    """Return the names of this code's migrations, as aerich records them."""
    return {file.name for file in Path(MIGRATIONS, "models").glob("[0-9]*_*.py")}
