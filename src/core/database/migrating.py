"""Schema commands: ``python -m src.cli db --help``.

The embedded database has no migrations: its schema is made from the models, so a downgrade is impossible.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aerich.models import Aerich
from aerich.utils import decompress_dict, get_models_describe, import_py_file
from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import OperationalError

from src.core.configs import Settings
from src.core.database import constraints
from src.core.database.schema import OwnersCommand, migration_files, prepared
from src.core.database.schema_lock import TABLE, SchemaLock
from src.core.database.tortoise import MIGRATIONS, tortoise_config

WORDS = frozenset({"docstring", "description", "python_type", "name", "backward_fk_fields", "backward_o2o_fields"})
"""What a model says and the database does not know. The backward relations repeat the foreign keys of other models, in
the order in which the modules were loaded."""


class NoSuchMigration(Exception):
    """No applied migration has this number."""


async def upgrade(chosen: Settings) -> list[str]:
    """Apply pending migrations and then missing constraints that no row violates, under the schema lock.

    Returns a line for each constraint that was added and for each that is still missing.
    """
    async with prepared(chosen):
        if chosen.database.mysql is None:
            return []
        db = Tortoise.get_connection("default")
        absent = await constraints.missing(db)
        bad = await constraints.broken(db, tuple(absent))
        fit = [check for check in absent if check not in {check for check, _ in bad}]
        if fit:
            await db.execute_script(constraints.additions(fit))
        return [f"added: {check.name}" for check in fit] + [_refused(check, rows) for check, rows in bad]


async def downgrade(chosen: Settings, version: int) -> list[str]:
    """Revert every migration from this number on, the newest first; -1 means only the last one.

    Returns their names. Raises NoSuchMigration.
    """
    mysql = chosen.database.mysql
    if mysql is None:
        raise NoSuchMigration("the embedded database has no migrations: remove its file to begin anew")
    async with SchemaLock(mysql) as lock, _opened(chosen):
        command = OwnersCommand(tortoise_config(chosen, is_bounded=False), lock)
        await command.init()
        names = await _applied()
        wanted = [name for name in names if _number(name) >= version] if version >= 0 else names[-1:]
        if not wanted or (version >= 0 and _number(wanted[0]) != version):
            raise NoSuchMigration(f"no migration {version} is applied")
        done: list[str] = []
        for name in reversed(wanted):  # aerich would begin with the oldest, on which the others depend
            await lock.check()
            assert name == (await _applied())[-1]  # noqa: S101 - the lock excludes other writers
            done += await command.downgrade(version=-1, delete=False)
        return done


async def current(chosen: Settings) -> str:
    """Return the name of the newest applied migration, or an empty string."""
    async with _opened(chosen):
        names = await _applied()
    return names[-1] if names else ""


async def history(chosen: Settings) -> list[tuple[str, bool]]:
    """Return the migrations of this code, the oldest first, each with True if it is applied."""
    async with _opened(chosen):
        there = set(await _applied())
    return [(name, name in there) for name in sorted(migration_files(), key=_number)]


async def problems(chosen: Settings) -> list[str]:
    """Return a line for each difference between the database and this code, or an empty list.

    Differences are migrations that are pending or unknown, tables or columns that differ from the models, models that
    no migration describes, and constraints that are missing or that rows violate.
    """
    async with _opened(chosen):
        db = Tortoise.get_connection("default")
        found = _drift() if chosen.database.mysql is None else [*await _of_migrations(), *_drift()]
        differing = await _of_tables(db, is_mysql=chosen.database.mysql is not None)
        if differing:
            return found + differing
        bad = dict(await constraints.broken(db))
        absent = await constraints.missing(db) if chosen.database.mysql is not None else []
        found += [f"constraint missing: {check.name}" for check in absent if check not in bad]
        return found + [_refused(check, rows) for check, rows in bad.items()]


@asynccontextmanager
async def _opened(chosen: Settings) -> AsyncIterator[None]:
    await Tortoise.init(config=tortoise_config(chosen, is_bounded=False), _enable_global_fallback=True)
    try:
        yield
    finally:
        await Tortoise.close_connections()


async def _applied() -> list[str]:
    """Return the applied migrations in the order of their application."""
    try:
        return [
            str(version)
            for version in await Aerich.filter(app="models").order_by("id").values_list("version", flat=True)
        ]
    except OperationalError as error:
        if "1146" in str(error) or "no such table" in str(error):
            return []
        raise


async def _of_migrations() -> list[str]:
    there, known = set(await _applied()), migration_files()
    pending = [f"pending: {name}" for name in sorted(known - there, key=_number)]
    return pending + [f"of another release: {name}" for name in sorted(there - known)]


def _drift() -> list[str]:
    """Return the models that differ from the state of the newest migration."""
    newest = max(migration_files(), key=_number)
    state = decompress_dict(import_py_file(Path(MIGRATIONS, "models", newest)).MODELS_STATE)
    before, now = (_bare(json.loads(json.dumps(each, default=str))) for each in (state, get_models_describe("models")))
    changed = sorted(name for name in {*before, *now} if before.get(name) != now.get(name))
    return [f"without a migration: {name}" for name in changed]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in WORDS}
    return [_bare(inner) for inner in value] if isinstance(value, list | tuple) else value


async def _of_tables(db: BaseDBAsyncClient, *, is_mysql: bool) -> list[str]:
    """Return tables and columns that only the models or only the database have."""
    question = (
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = DATABASE()"
        if is_mysql
        else "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p"
        " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    )
    there = {(row["t"], row["c"]) for row in await db.execute_query_dict(question) if row["t"] != TABLE}
    wanted = {
        (model._meta.db_table, column)  # noqa: SLF001 - Tortoise's description of the class
        for model in Tortoise.apps["models"].values()
        for column in model._meta.fields_db_projection.values()  # noqa: SLF001 - as above
    }
    absent = [f"missing: {table}.{column}" for table, column in sorted(wanted - there)]
    return absent + [f"unknown: {table}.{column}" for table, column in sorted(there - wanted)]


def _refused(check: constraints.Check, rows: int) -> str:
    return f"{rows} rows of {check.table} break {check.name}: {check.condition}"


def _number(name: str) -> int:
    return int(name.partition("_")[0])
