"""Statements on asyncmy's own cursor. Tortoise's way to it costs more than the statement itself."""

import logging
from collections.abc import Sequence
from time import perf_counter
from typing import Any, Final

from asyncmy import errors
from tortoise.exceptions import IntegrityError, OperationalError

from src.core.database.errors import CheckViolated, is_check
from src.core.database.timing import Answer, Timed
from src.core.observing import tracing
from src.core.observing.statements import ended, name_of

REFUSED: Final = (
    errors.OperationalError,
    errors.ProgrammingError,
    errors.DataError,
    errors.InternalError,
    errors.NotSupportedError,
    errors.IntegrityError,
    errors.InterfaceError,
)
"""The driver's errors that become Tortoise's, as in Tortoise's own client; and that of a connection that ended before
the statement was sent."""


class Direct(Timed):
    """A mixin, placed before Tortoise's own class. A connection is taken and returned by `take` and `give_back`."""

    log: logging.Logger

    async def take(self) -> Any:
        """Return a connection on which no other statement runs."""
        raise NotImplementedError

    def give_back(self, connection: Any) -> None:
        """Return what `take` gave, also after an error: a cancelled statement has closed its connection."""
        raise NotImplementedError

    async def answer(self, text: str, values: Sequence[Any] | None, *, is_fixed: bool = False) -> Answer:
        started = perf_counter()
        try:
            if not tracing.is_on():
                return await self._answer(text, values, is_fixed=is_fixed)
            with tracing.client_span(name_of(text), {"db.system.name": "sql"}):
                return await self._answer(text, values, is_fixed=is_fixed)
        except REFUSED as error:
            raise _translated(error) from error
        finally:
            ended(text, perf_counter() - started)

    async def _answer(self, text: str, values: Sequence[Any] | None, *, is_fixed: bool) -> Answer:
        connection = await self.take()
        try:
            if self.log.isEnabledFor(logging.DEBUG):
                self.log.debug("%s: %s", text, values)
            cursor = connection.cursor()
            if is_fixed:
                await cursor.execute(text, values)
            else:
                await cursor.execute(cursor.mogrify(text, values))
                if cursor._result.has_next:  # noqa: SLF001 - what `close` looks at
                    await cursor.close()
            return Answer(cursor.rowcount, cursor.lastrowid, cursor.description, cursor._rows or ())  # noqa: SLF001
        finally:
            self.give_back(connection)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        found = await self.answer(query, values)
        return found.changed, found.dicts()

    async def execute_insert(self, query: str, values: list[Any], *, is_fixed: bool = False) -> Any:
        return (await self.answer(query, values, is_fixed=is_fixed)).number


def _translated(error: errors.MySQLError) -> IntegrityError | OperationalError:
    translated = (IntegrityError if isinstance(error, errors.IntegrityError) else OperationalError)(error)
    return CheckViolated(*translated.args) if is_check(translated) else translated
