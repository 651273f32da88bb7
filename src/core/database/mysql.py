"""Tortoise's MySQL backend with binary collation and transactions that never lose a pool slot.

MySQL's and MariaDB's default collations differ and make, for example, different emoji equal in a unique key.
"""

from typing import Any

from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper, translate_exceptions
from tortoise.backends.mysql.schema_generator import MySQLSchemaGenerator

from src.core.database.transactions import SafeTransaction


class BinarySchemaGenerator(MySQLSchemaGenerator):
    """Creates every table as ``utf8mb4_bin``, without comments: aerich would break on an apostrophe of a docstring."""

    def _table_generate_extra(self, table: str) -> str:
        return " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"

    def _table_comment_generator(self, table: str, comment: str) -> str:
        return ""

    def _column_comment_generator(self, table: str, column: str, comment: str) -> str:
        return ""


class TranslatingTransaction(TransactionWrapper):
    """Tortoise lets the driver's own errors of COMMIT and ROLLBACK through, which no handler of ours knows."""

    @translate_exceptions
    async def commit(self) -> None:
        await super().commit()

    @translate_exceptions
    async def rollback(self) -> None:
        await super().rollback()


class BinaryMySQLClient(MySQLClient):
    """What Tortoise's engine look-up takes."""

    schema_generator = BinarySchemaGenerator

    def _in_transaction(self) -> SafeTransaction:
        wrapper = TranslatingTransaction(self)

        async def take() -> None:
            wrapper._connection = await self._taken()  # noqa: SLF001 - how Tortoise's own context does it

        async def give_back() -> None:
            if self._pool:
                await self._pool.release(wrapper._connection)  # noqa: SLF001 - as above

        return SafeTransaction(wrapper, take=take, give_back=give_back)

    @translate_exceptions
    async def _taken(self) -> Any:
        """A connection of the pool. A pool that cannot connect says so by Tortoise's error, not by the driver's."""
        if not self._pool:
            async with self._pool_init_lock:
                if not self._pool:
                    await self.create_connection(with_db=True)
        pool: Any = self._pool
        return await pool.acquire()


client_class = BinaryMySQLClient
