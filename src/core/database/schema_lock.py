"""A lock under which one instance at a time changes the schema, on one server or on all nodes of a cluster.

The lock is a row, because GET_LOCK is known only to its own node. Its owner renews `beat_at` every BEAT_SECONDS.
Another instance takes it over from an owner that was silent for SILENT_SECONDS, and only when the owner's connection
runs no statement in the process list of its node: a killed process leaves an ALTER running there. GET_LOCK is taken too
for one release, because the previous release knows no other lock.
"""

import asyncio
import contextlib
import hashlib
import logging
import os
import secrets
from collections.abc import Sequence
from typing import Any, Final, Self

import asyncmy
from asyncmy.errors import MySQLError
from tortoise.exceptions import OperationalError

from src.core.configs.groups import MysqlAddress
from src.core.database.tortoise import CONNECT_SECONDS

logger = logging.getLogger(__name__)

TABLE: Final = "schema_lock"
LOCK_SECONDS: Final = 120
BEAT_SECONDS: Final = 5.0
SILENT_SECONDS: Final = 60
LOOK_SECONDS: Final = 0.5

CREATE: Final = f"""
CREATE TABLE IF NOT EXISTS `{TABLE}` (
    `id` SMALLINT NOT NULL PRIMARY KEY,
    `owner` VARCHAR(96) NOT NULL,
    `node` VARCHAR(300) NOT NULL,
    `addresses` VARCHAR(600) NOT NULL,
    `connection` BIGINT NOT NULL,
    `taken_at` DATETIME(6) NOT NULL,
    `beat_at` DATETIME(6) NOT NULL
) ENGINE = InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"""
EXISTS: Final = (
    f"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{TABLE}'"  # noqa: S608 - this and what follows: the name is ours
)
TAKE: Final = f"INSERT INTO `{TABLE}` VALUES (1, %s, %s, %s, CONNECTION_ID(), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"  # noqa: S608
LOOK: Final = (
    "SELECT owner, node, addresses, connection, beat_at,"  # noqa: S608
    f" beat_at < UTC_TIMESTAMP(6) - INTERVAL {SILENT_SECONDS} SECOND FROM `{TABLE}` WHERE id = 1"
)
TAKE_OVER: Final = (
    f"UPDATE `{TABLE}` SET owner = %s, node = %s, addresses = %s, connection = CONNECTION_ID(),"  # noqa: S608
    " taken_at = UTC_TIMESTAMP(6), beat_at = UTC_TIMESTAMP(6) WHERE id = 1 AND owner = %s AND beat_at = %s"
)
BEAT: Final = f"UPDATE `{TABLE}` SET beat_at = UTC_TIMESTAMP(6) WHERE id = 1 AND owner = %s"  # noqa: S608
WORKS_ON: Final = f"UPDATE `{TABLE}` SET connection = %s, beat_at = UTC_TIMESTAMP(6) WHERE id = 1 AND owner = %s"  # noqa: S608
GIVE_BACK: Final = f"DELETE FROM `{TABLE}` WHERE id = 1 AND owner = %s"  # noqa: S608
RUNNING: Final = "SELECT command FROM information_schema.processlist WHERE id = %s"

TAKEN: Final = 1062
AGAIN: Final = frozenset({1213, 1205, 1047})
"""Another one was faster, perhaps on another node; or this node is not ready yet."""

REFUSED: Final = 111  # ECONNREFUSED: no server runs there, and so no statement


class SchemaLocked(Exception):
    """Another instance has been changing the schema for longer than LOCK_SECONDS, or has taken the lock over."""


class SchemaLock:
    """The lock, held for the body of ``async with``. `check` raises once another instance has it."""

    def __init__(self, address: MysqlAddress) -> None:
        self._address = address
        self._owner = f"{os.uname().nodename[:60]}:{os.getpid()}:{secrets.token_hex(8)}"
        self._one_at_a_time = asyncio.Lock()
        self._connection: Any = None
        self._beating: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            self._connection = await _connect(self._address, self._address.database)
            await self._take()
        except MySQLError as error:
            self._close()
            raise OperationalError(error) from error
        except BaseException:
            self._close()
            raise
        self._beating = asyncio.create_task(self._beat())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._beating is not None:
            self._beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._beating
        try:
            await self._run(GIVE_BACK, (self._owner,))
        except (MySQLError, OSError) as error:  # the lock expires by its silence
            logger.warning("the schema's lock was not given back: %s", type(error).__name__)
        self._close()

    async def check(self, *, connection: int | None = None) -> None:
        """Check that this instance still owns the lock. From now on others wait for the statements of `connection`.

        Raises SchemaLocked where another instance took the lock over, or where no server answers.
        """
        try:
            if connection is not None:
                await self._run(WORKS_ON, (connection, self._owner))
            found = await self._rows(f"SELECT owner FROM `{TABLE}` WHERE id = 1 FOR UPDATE")  # noqa: S608
        except (MySQLError, OSError) as error:
            raise SchemaLocked("the schema's lock cannot be read") from error
        if found != [(self._owner,)]:
            raise SchemaLocked("another instance took the schema's lock over")

    async def _take(self) -> None:
        end = asyncio.get_running_loop().time() + LOCK_SECONDS
        name = "micgolf:" + hashlib.sha256(self._address.database.encode()).hexdigest()[:32]
        if await self._rows("SELECT GET_LOCK(%s, %s)", (name, LOCK_SECONDS)) != [(1,)]:
            raise SchemaLocked("another instance has been changing the schema for too long")
        if await self._rows(EXISTS) == [(0,)]:  # in a cluster CREATE blocks every node, even where it does nothing
            await self._run(CREATE)
        me = (self._owner, *await self._here())
        while not await self._is_taken(me):
            if asyncio.get_running_loop().time() > end:
                raise SchemaLocked(await self._why())
            await asyncio.sleep(LOOK_SECONDS)

    async def _is_taken(self, me: tuple[str, str, str]) -> bool:
        try:
            await self._run(TAKE, me)
        except MySQLError as error:
            if error.args[0] in AGAIN:
                return False
            if error.args[0] != TAKEN:
                raise
        else:
            return True
        for owner, node, addresses, connection, beat_at, is_silent in await self._rows(LOOK):
            if is_silent and await self._is_over(node, addresses, connection):
                return await self._is_taken_over(me, owner, beat_at)
        return False

    async def _is_taken_over(self, me: tuple[str, str, str], owner: str, beat_at: object) -> bool:
        try:
            if not await self._run(TAKE_OVER, (*me, owner, beat_at)):
                return False
        except MySQLError as error:
            if error.args[0] in AGAIN:
                return False
            raise
        logger.warning("the schema's lock of %s was taken over: silent for %d s", owner, SILENT_SECONDS)
        return True

    async def _is_over(self, node: str, addresses: str, connection: int) -> bool:
        """Return True if that connection runs no statement on its node.

        An idle connection is closed, so that an owner that was suspended does not continue. False where the node cannot
        be asked: its statements are unknown.
        """
        if node == (await self._here())[0]:
            return await _is_idle(self._connection, connection)
        is_gone = False
        for host, _, port in (address.rpartition(":") for address in addresses.split()):
            try:
                other = await _connect(self._address.model_copy(update={"host": host, "port": int(port)}), None)
            except MySQLError as error:
                is_gone = is_gone or getattr(error.__cause__, "errno", None) == REFUSED
                continue
            try:
                if _name_of(await _rows(other, "SELECT @@hostname, @@port")) == node:
                    return await _is_idle(other, connection)
            finally:
                other.close()
        return is_gone

    async def _here(self) -> tuple[str, str]:
        """Return this node's name and its addresses: the one used here, and the one used by its cluster."""
        node = _name_of(await self._rows("SELECT @@hostname, @@port"))
        port = node.rpartition(":")[2]
        found = await self._rows("SHOW VARIABLES LIKE 'wsrep_node_address'")
        inner = [f"{value.partition(':')[0]}:{port}" for _, value in found if value]
        return node, " ".join(dict.fromkeys([f"{self._address.host}:{self._address.port}", *inner]))[:600]

    async def _why(self) -> str:
        for owner, node, *_ in await self._rows(LOOK):
            statement = f"a statement on {node}, or that node cannot be asked"
            return f"{owner} has the schema's lock and {statement}; where it is gone for good, empty the table {TABLE}"
        return "other instances were faster, again and again"

    async def _beat(self) -> None:
        """Renew `beat_at`. In a cluster an ALTER blocks all commits, this one too; its statement then proves the
        owner."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            try:
                await self._run(BEAT, (self._owner,))
            except (MySQLError, OSError) as error:
                logger.warning("the schema's lock was not renewed: %s", type(error).__name__)

    async def _run(self, text: str, values: Sequence[object] = ()) -> int:
        async with self._at_hand() as connection, connection.cursor() as cursor:
            found: int = await cursor.execute(text, values)
            return found

    async def _rows(self, text: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        async with self._at_hand() as connection:
            return await _rows(connection, text, values)

    @contextlib.asynccontextmanager
    async def _at_hand(self) -> Any:
        """Return the lock's own connection for one statement; a new one where it was lost."""
        async with self._one_at_a_time:
            if not self._connection.connected or self._connection._stream_broken:  # noqa: SLF001 - the pool's own check
                self._connection.close()
                self._connection = await _connect(self._address, self._address.database)
            yield self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()


async def _connect(address: MysqlAddress, database: str | None) -> Any:
    return await asyncmy.connect(
        host=address.host,
        port=address.port,
        user=address.user,
        password=address.password,
        db=database,
        connect_timeout=CONNECT_SECONDS,
        autocommit=True,
    )


async def _rows(connection: Any, text: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    async with connection.cursor() as cursor:
        await cursor.execute(text, values)
        return list(await cursor.fetchall())


async def _is_idle(connection: Any, number: int) -> bool:
    """Return True if that connection of this node runs no statement. An idle one is closed."""
    for (command,) in await _rows(connection, RUNNING, (number,)):
        if command not in ("Sleep", "Killed"):
            return False
        with contextlib.suppress(MySQLError):  # it had ended
            await _rows(connection, f"KILL {int(number)}")
    return True


def _name_of(rows: list[tuple[Any, ...]]) -> str:
    ((host, port),) = rows
    return f"{host}:{port}"
