"""Outcome of a transaction whose COMMIT was not answered: its own rows are looked up on a new connection.

A row that the transaction inserted has a number that no other row ever gets, so its presence decides. A transaction
that inserts nothing may leave another proof (`unit_of_work.proven_by`). The query locks: it waits for a transaction
that is still open on the server because its COMMIT has not arrived yet.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, Final

from tortoise import Tortoise
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from src.core.database.errors import CommitLost

logger = logging.getLogger(__name__)

Proof = Callable[[], Awaitable[bool]]

LOOKS: Final = 5
FIRST_PAUSE: Final = 0.1
LOOKING_SECONDS: Final = 15.0
INTO: Final = re.compile(r"\s*INSERT\s+INTO\s+`(\w+)`", re.IGNORECASE)


async def is_committed(lost: CommitLost, proof: Proof | None) -> bool | None:
    """Return True or False where its rows prove the outcome; None without such rows or without a server to ask."""
    if proof is None and not (proof := _rows_of(lost)):
        return None
    pause = FIRST_PAUSE
    try:
        async with asyncio.timeout(LOOKING_SECONDS):
            for _ in range(LOOKS):
                await asyncio.sleep(pause)
                pause *= 2
                try:
                    return await _look(proof)
                except (OperationalError, OSError) as error:
                    logger.warning("a lost COMMIT could not be looked up: %s", type(error).__name__)
    except TimeoutError:
        logger.warning("a lost COMMIT could not be looked up in time")
    return None


async def _look(proof: Proof) -> bool:
    async with in_transaction() as connection:
        is_cluster = await on_cluster(connection)
        if is_cluster:  # another node may answer: it must first apply earlier commits, as for BEGIN
            await connection.execute_script("ROLLBACK; SET SESSION wsrep_sync_wait = 15; BEGIN")
        try:
            return await proof()
        finally:
            if is_cluster:
                await connection.execute_script("SET SESSION wsrep_sync_wait = DEFAULT")


def _rows_of(lost: CommitLost) -> Proof | None:
    """Find the rows that the transaction inserted; None where it inserted none."""
    keys = {model._meta.db_table: model._meta.db_pk_column for model in Tortoise.apps["models"].values()}  # noqa: SLF001
    rows = [
        (match[1], keys[match[1]], number)
        for text, number in lost.inserted
        if (match := INTO.match(text)) and match[1] in keys
    ]
    return partial(_any_is_there, rows) if rows else None


async def _any_is_there(rows: list[tuple[str, str, int]]) -> bool:
    connection = get_connection("default")
    for table, key, number in rows:
        text = f"SELECT 1 FROM `{table}` WHERE `{key}` = %s FOR UPDATE"  # noqa: S608 - names of our own models
        if (await connection.execute_query(text, [number]))[1]:
            return True
    return False


_cluster: dict[str, bool] = {}


async def on_cluster(connection: BaseDBAsyncClient | None = None) -> bool:
    """Return True on a node of a Galera cluster. Asked once per process, and only after an error."""
    asked: Any = connection or get_connection("default")
    if "is" not in _cluster:
        _, rows = await asked.execute_query("SHOW VARIABLES LIKE 'wsrep_on'")
        _cluster["is"] = any(row["Value"] == "ON" for row in rows)
    return _cluster["is"]
