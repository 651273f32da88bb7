"""Tortoise's MySQL backend with binary collation and transactions that never lose a pool slot.

The default collations of MySQL and MariaDB differ; with them, for example, different emoji are equal in a unique key.
"""

import contextlib
from collections.abc import Iterator
from time import perf_counter
from typing import Any, Final
from weakref import WeakSet

from asyncmy import errors
from tortoise.backends.base.client import PoolConnectionWrapper
from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper, translate_exceptions
from tortoise.backends.mysql.schema_generator import MySQLSchemaGenerator
from tortoise.exceptions import OperationalError

from src.core.database.errors import LOST, NOT_CONNECTED, NOT_SENT, CommitLost
from src.core.database.mysql.direct import Direct
from src.core.database.mysql.pooling import Watch, answering, take
from src.core.database.transactions import SafeTransaction
from src.core.observing.metrics import POOL_CONNECTIONS, POOL_WAIT_SECONDS, POOL_WAITING
from src.core.observing.process_metrics import at_each_beat

CLIENTS_OWN: Final = (2000, 3000)
INTERRUPTED: Final = 1317  # KILL QUERY while COMMIT ran
KEPT_TEXTS: Final = 64
"""Fixed statements that a connection keeps parsed on the server. A server keeps 16,382 in all by default and refuses
more; such a statement is then sent as text."""

_pool_wait = POOL_WAIT_SECONDS.of()
_pools: WeakSet[Any] = WeakSet()


@at_each_beat
def _look_at_pools() -> None:
    """Set the pool gauges of this process. `_cond` is the condition on which callers of asyncmy's pool wait."""
    POOL_CONNECTIONS.of("used").set(sum(pool.size - pool.freesize for pool in _pools))
    POOL_CONNECTIONS.of("free").set(sum(pool.freesize for pool in _pools))
    POOL_CONNECTIONS.of("limit").set(sum(pool.maxsize for pool in _pools))
    POOL_WAITING.of().set(sum(len(pool.cond._waiters) for pool in _pools))  # noqa: SLF001 - see above


class BinarySchemaGenerator(MySQLSchemaGenerator):
    """Schema generator that creates ``utf8mb4_bin`` tables without comments: an apostrophe in a comment breaks
    aerich."""

    def _table_generate_extra(self, table: str) -> str:
        return " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"

    def _table_comment_generator(self, table: str, comment: str) -> str:
        return ""

    def _column_comment_generator(self, table: str, column: str, comment: str) -> str:
        return ""


class KnowingTransaction(Direct, TransactionWrapper):
    """A transaction whose errors say if it may have been committed.

    Tortoise passes on the driver's own errors of COMMIT and ROLLBACK, for which the application has no handlers.
    """

    def __init__(self, connection: MySQLClient) -> None:
        super().__init__(connection)
        self._first: tuple[str, int] | None = None
        self._last: tuple[str, int] | None = None

    async def take(self) -> Any:
        """Wait until no other task has a statement under way in this transaction."""
        await self._lock.acquire()
        return self._connection

    def give_back(self, connection: Any) -> None:
        self._lock.release()

    async def execute_insert(self, query: str, values: list[Any], *, is_fixed: bool = False) -> Any:
        """Insert as Tortoise does. The numbers of the first and the last row are remembered: they prove the commit."""
        number = (await self.answer(query, values, is_fixed=is_fixed)).number
        if number:
            self._last = (query, number)
            self._first = self._first or self._last
        return number

    async def commit(self) -> None:
        """Commit. Raises `CommitLost` where COMMIT was sent and the answer does not tell its outcome."""
        try:
            await super().commit()
        except errors.MySQLError as error:
            if _is_answer(error):
                raise OperationalError(error) from error
            inserted = tuple(row for row in (self._first, self._last) if row is not None)
            raise CommitLost(error, inserted) from error

    async def begin(self) -> None:
        """Begin. A connection that had ended is told as lost."""
        with _ended_told():
            await super().begin()

    @translate_exceptions
    async def rollback(self) -> None:
        with _ended_told():
            await super().rollback()


@contextlib.contextmanager
def _ended_told() -> Iterator[None]:
    """Raise Tortoise's error for the driver's InterfaceError, which Tortoise does not know."""
    try:
        yield
    except errors.InterfaceError as error:
        raise OperationalError(error) from error


def _is_answer(error: errors.MySQLError) -> bool:
    """Return True if the server reported that it did not commit, or COMMIT was never sent. Anything else is unknown."""
    code = error.args[0] if error.args else None
    if code in (NOT_CONNECTED, NOT_SENT):
        return True
    is_the_servers = isinstance(code, int) and not CLIENTS_OWN[0] <= code < CLIENTS_OWN[1]
    return is_the_servers and code not in LOST and code != INTERRUPTED


class TimedConnection(PoolConnectionWrapper[Any]):
    """A pooled connection for one statement. The time to get it is measured."""

    async def __aenter__(self) -> Any:
        self.connection = await self.client.take()  # type: ignore[attr-defined]
        return self.connection


class BinaryMySQLClient(Direct, MySQLClient):
    """MySQL client of Tortoise's engine. `wait_seconds` limits the wait for a pooled connection, `read_seconds` the
    wait for an answer; None means no limit.
    """

    schema_generator = BinarySchemaGenerator

    def __init__(self, *, wait_seconds: float, read_seconds: float | None, **kwargs: Any) -> None:
        super().__init__(stmt_cache_size=KEPT_TEXTS, **kwargs)
        self._wait_seconds, self._read_seconds = wait_seconds, read_seconds
        self._watch: Watch | None = None

    def acquire_connection(self) -> TimedConnection:
        return TimedConnection(self, self._pool_init_lock)

    async def create_connection(self, with_db: bool) -> None:
        try:
            await answering(super().create_connection(with_db))
        except BaseException:
            self._pool = None  # half made: the next caller starts again
            raise
        if self._pool is not None:
            _pools.add(self._pool)
            self._watch = Watch(self._pool, read_seconds=self._read_seconds)
            self._watch.start()

    async def _close(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        # Closed pools are no longer counted, even if something still refers to them: the master froze its own before
        # the fork.
        _pools.discard(self._pool)
        await super()._close()

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Run the statements in their own transaction. In Tortoise's version an error of ROLLBACK hides the original
        one.
        """
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)

    def _in_transaction(self) -> SafeTransaction:
        wrapper = KnowingTransaction(self)

        async def take_one() -> None:
            wrapper._connection = await self._translated()  # noqa: SLF001 - how Tortoise's own context does it

        async def give_back() -> None:
            self.give_back(wrapper._connection)  # noqa: SLF001 - as above

        return SafeTransaction(wrapper, take=take_one, give_back=give_back)

    @translate_exceptions
    async def _translated(self) -> Any:
        """Like `take`, but a failed connect raises Tortoise's error instead of the driver's."""
        return await self.take()

    async def take(self) -> Any:
        """Take a connection of the pool. Raises `DatabaseBusy` where none becomes free in time."""
        if not self._pool:
            async with self._pool_init_lock:
                if not self._pool:
                    await self.create_connection(with_db=True)
        started = perf_counter()
        try:
            return await take(self._pool, within=self._wait_seconds)
        finally:
            _pool_wait.observe(perf_counter() - started)

    def give_back(self, connection: Any) -> None:
        """Return a connection to its pool, at once: what asyncmy's `release` returns is done already."""
        if self._pool:
            self._pool.release(connection)


client_class = BinaryMySQLClient
