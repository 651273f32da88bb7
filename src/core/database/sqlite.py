"""Tortoise's SQLite backend whose transactions take the write lock at once.

A deferred ``BEGIN`` that reads first and writes later fails with SQLITE_BUSY, without waiting, as soon as another
process (a command, a test) wrote in between; ``BEGIN IMMEDIATE`` waits for ``busy_timeout`` instead.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any

from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper
from tortoise.backends.sqlite.schema_generator import SqliteSchemaGenerator
from tortoise.exceptions import OperationalError

from src.core.database.constraints import of_table
from src.core.database.timing import Answer, Timed, timed
from src.core.database.transactions import SafeTransaction


class TimedSqlite(Timed):
    """A timed client whose `execute_query_dict` is timed itself: unlike MySQL's, SQLite's does not call
    `execute_query`.
    """

    async def answer(self, text: str, values: Sequence[Any] | None, *, is_fixed: bool = False) -> Answer:
        found, rows = await self.execute_query(text.replace("%s", "?"), list(values or ()))
        return Answer(found, 0, [(name,) for name in rows[0].keys()] if rows else None, rows)  # noqa: SIM118 - a Row

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        return await timed(query, super().execute_query_dict(query, values))


class ImmediateTransaction(TimedSqlite, SqliteTransactionWrapper):
    """A transaction that can write from its first statement. It holds the lock of SQLite's only connection
    throughout."""

    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


class CheckedSchemaGenerator(SqliteSchemaGenerator):
    """Schema generator that adds the constraints that MySQL's migrations add."""

    TABLE_CREATE_TEMPLATE = "CREATE TABLE {exists}{table_name} ({fields}{extra}){comment};"

    def _table_generate_extra(self, table: str) -> str:
        return "".join(f",\n    {check.sql}" for check in of_table(table))


class ImmediateSqliteClient(TimedSqlite, SqliteClient):
    """SQLite client of Tortoise's engine."""

    schema_generator = CheckedSchemaGenerator

    def _in_transaction(self) -> SafeTransaction:
        wrapper = ImmediateTransaction(self)

        async def take() -> None:
            await self._lock.acquire()
            try:
                if not self._connection:
                    await self.create_connection(with_db=True)
            except BaseException:
                self._lock.release()
                raise
            assert self._connection is not None  # noqa: S101 - create_connection sets it or raises
            wrapper._connection = self._connection  # noqa: SLF001 - how Tortoise's own context does it

        async def give_back() -> None:
            self._lock.release()

        return SafeTransaction(wrapper, take=take, give_back=give_back)


client_class = ImmediateSqliteClient
