"""Transaction contexts that always return their connection.

When BEGIN fails, Tortoise's own contexts never return the pool slot (MySQL) or the connection's lock (SQLite). They
also let an error of ROLLBACK hide its cause.
"""

import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.connection import get_connections

logger = logging.getLogger(__name__)

open_transaction: ContextVar[Any] = ContextVar("open_transaction", default=None)
"""The client of the open transaction: what Tortoise finds by its own, longer way."""


class SafeTransaction(TransactionContext):
    """A transaction that calls `take`, begins, and on every exit ends the transaction and calls `give_back`."""

    def __init__(
        self, client: Any, *, take: Callable[[], Awaitable[None]], give_back: Callable[[], Awaitable[None]]
    ) -> None:
        self.client = client
        self._take = take
        self._give_back = give_back

    async def __aenter__(self) -> TransactionalDBClient:
        await self._take()
        try:
            await self.client.begin()
        except BaseException:
            await self._let_go()
            raise
        self._token = get_connections().set(self.client.connection_name, self.client)
        self._opened = open_transaction.set(self.client)
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None:
                await self.client.commit()
            else:
                await self._roll_back()
        finally:
            open_transaction.reset(self._opened)
            get_connections().reset(self._token)
            await self._let_go()

    async def _let_go(self) -> None:
        try:
            await self._give_back()
        except Exception as error:  # noqa: BLE001 - a pool that is closing: the transaction's own outcome matters
            logger.warning("a connection could not be given back: %s", type(error).__name__)

    async def _roll_back(self) -> None:
        try:
            await self.client.rollback()
        except Exception as error:  # noqa: BLE001 - report the first error; a dead link rolls back by itself
            logger.warning("rollback failed: %s", type(error).__name__)
