"""Tortoise's MySQL backend with binary collation and transactions that never lose a pool slot.

MySQL's and MariaDB's default collations differ and make, for example, different emoji equal in a unique key.
"""

from time import perf_counter
from typing import Any, Final
from weakref import WeakSet

from asyncmy import errors
from tortoise.backends.base.client import PoolConnectionWrapper
from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper, translate_exceptions
from tortoise.backends.mysql.schema_generator import MySQLSchemaGenerator
from tortoise.exceptions import OperationalError

from src.core.database.errors import LOST, NOT_SENT, CommitLost
from src.core.database.pooling import Watch, answering, take
from src.core.database.timing import Timed, timed
from src.core.database.transactions import SafeTransaction
from src.core.observing.metrics import POOL_CONNECTIONS, POOL_WAIT_SECONDS, POOL_WAITING
from src.core.observing.process_metrics import at_each_beat

NOT_CONNECTED: Final = 0  # asyncmy's InterfaceError: nothing was sent
CLIENTS_OWN: Final = (2000, 3000)
INTERRUPTED: Final = 1317  # KILL QUERY while COMMIT ran

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


class KnowingTransaction(Timed, TransactionWrapper):
    """A transaction whose errors say whether it may be committed.

    Tortoise lets the driver's own errors of COMMIT and ROLLBACK through, which no handler of ours knows.
    """

    def __init__(self, connection: MySQLClient) -> None:
        super().__init__(connection)
        self._first: tuple[str, int] | None = None
        self._last: tuple[str, int] | None = None

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        """As Tortoise does, and remember the number of the first and of the last row: they prove the commit."""
        number = await timed(query, super(Timed, self).execute_insert(query, values))
        if number:
            self._last = (query, number)
            self._first = self._first or self._last
        return number

    async def commit(self) -> None:
        """Raises `CommitLost` where COMMIT was sent and what came back does not tell whether it was done."""
        try:
            await super().commit()
        except errors.MySQLError as error:
            if _is_answer(error):
                raise OperationalError(error) from error
            inserted = tuple(row for row in (self._first, self._last) if row is not None)
            raise CommitLost(error, inserted) from error

    @translate_exceptions
    async def rollback(self) -> None:
        await super().rollback()


def _is_answer(error: errors.MySQLError) -> bool:
    """Whether the server said that it did not commit, or COMMIT never left. All else leaves it open."""
    code = error.args[0] if error.args else None
    if code in (NOT_CONNECTED, NOT_SENT):
        return True
    is_the_servers = isinstance(code, int) and not CLIENTS_OWN[0] <= code < CLIENTS_OWN[1]
    return is_the_servers and code not in LOST and code != INTERRUPTED


class TimedConnection(PoolConnectionWrapper[Any]):
    """A connection of the pool for one statement; how long it took to get one is counted."""

    async def __aenter__(self) -> Any:
        self.connection = await self.client.taken()  # type: ignore[attr-defined]
        return self.connection


class BinaryMySQLClient(Timed, MySQLClient):
    """What Tortoise's engine look-up takes. `wait_seconds` bounds the wait for a connection of the pool,
    `read_seconds` that for an answer; None does not."""

    schema_generator = BinarySchemaGenerator

    def __init__(self, *, wait_seconds: float, read_seconds: float | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._wait_seconds, self._read_seconds = wait_seconds, read_seconds
        self._watch: Watch | None = None

    def acquire_connection(self) -> TimedConnection:
        return TimedConnection(self, self._pool_init_lock)

    async def create_connection(self, with_db: bool) -> None:
        try:
            await answering(super().create_connection(with_db))
        except BaseException:
            self._pool = None  # half made: the next one who asks begins anew
            raise
        if self._pool is not None:
            _pools.add(self._pool)
            self._watch = Watch(self._pool, read_seconds=self._read_seconds)
            self._watch.start()

    async def _close(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        # What was closed is counted no longer, whoever still holds it: the master froze its own before the fork.
        _pools.discard(self._pool)
        await super()._close()

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """In a transaction of its own. Tortoise's way lets an error of ROLLBACK hide the one before it."""
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)

    def _in_transaction(self) -> SafeTransaction:
        wrapper = KnowingTransaction(self)

        async def take_one() -> None:
            wrapper._connection = await self._translated()  # noqa: SLF001 - how Tortoise's own context does it

        async def give_back() -> None:
            if self._pool:
                await self._pool.release(wrapper._connection)  # noqa: SLF001 - as above

        return SafeTransaction(wrapper, take=take_one, give_back=give_back)

    @translate_exceptions
    async def _translated(self) -> Any:
        """As `taken`. A pool that cannot connect says so by Tortoise's error, not by the driver's."""
        return await self.taken()

    async def taken(self) -> Any:
        """A connection of the pool, which its caller gives back. Raises `DatabaseBusy` where none comes free."""
        if not self._pool:
            async with self._pool_init_lock:
                if not self._pool:
                    await self.create_connection(with_db=True)
        started = perf_counter()
        try:
            return await take(self._pool, within=self._wait_seconds)
        finally:
            _pool_wait.observe(perf_counter() - started)


client_class = BinaryMySQLClient
