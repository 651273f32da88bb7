"""Tortoise's MySQL backend with binary collation and transactions that never lose a pool slot.

MySQL's and MariaDB's default collations differ and make, for example, different emoji equal in a unique key.
"""

from time import perf_counter
from typing import Any
from weakref import WeakSet

from tortoise.backends.base.client import PoolConnectionWrapper
from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper, translate_exceptions
from tortoise.backends.mysql.schema_generator import MySQLSchemaGenerator

from src.core.database.timing import Timed
from src.core.database.transactions import SafeTransaction
from src.core.observing.beat import at_each_beat
from src.core.observing.metrics import POOL_CONNECTIONS, POOL_WAIT_SECONDS, POOL_WAITING

_pool_wait = POOL_WAIT_SECONDS.of()
_pools: WeakSet[Any] = WeakSet()


@at_each_beat
def _look_at_pools() -> None:
    """How full the pools of this process are. `_cond` is the condition on which asyncmy's pool lets callers wait."""
    POOL_CONNECTIONS.of("used").set(sum(pool.size - pool.freesize for pool in _pools))
    POOL_CONNECTIONS.of("free").set(sum(pool.freesize for pool in _pools))
    POOL_CONNECTIONS.of("limit").set(sum(pool.maxsize for pool in _pools))
    POOL_WAITING.of().set(sum(len(pool.cond._waiters) for pool in _pools))  # noqa: SLF001 - see above


class BinarySchemaGenerator(MySQLSchemaGenerator):
    """Creates every table as ``utf8mb4_bin``, without comments: aerich would break on an apostrophe of a docstring."""

    def _table_generate_extra(self, table: str) -> str:
        return " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"

    def _table_comment_generator(self, table: str, comment: str) -> str:
        return ""

    def _column_comment_generator(self, table: str, column: str, comment: str) -> str:
        return ""


class TranslatingTransaction(Timed, TransactionWrapper):
    """Tortoise lets the driver's own errors of COMMIT and ROLLBACK through, which no handler of ours knows."""

    @translate_exceptions
    async def commit(self) -> None:
        await super().commit()

    @translate_exceptions
    async def rollback(self) -> None:
        await super().rollback()


class TimedConnection(PoolConnectionWrapper[Any]):
    """A connection of the pool for one statement; how long it took to get one is counted."""

    async def __aenter__(self) -> Any:
        started = perf_counter()
        try:
            return await super().__aenter__()
        finally:
            _pool_wait.observe(perf_counter() - started)


class BinaryMySQLClient(Timed, MySQLClient):
    """What Tortoise's engine look-up takes."""

    schema_generator = BinarySchemaGenerator

    def acquire_connection(self) -> TimedConnection:
        return TimedConnection(self, self._pool_init_lock)

    async def create_connection(self, with_db: bool) -> None:
        await super().create_connection(with_db)
        if self._pool is not None:
            _pools.add(self._pool)

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
        started = perf_counter()
        try:
            return await pool.acquire()
        finally:
            _pool_wait.observe(perf_counter() - started)


client_class = BinaryMySQLClient
