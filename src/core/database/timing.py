"""Tortoise's clients with each statement timed. Every method by which statements are sent is covered."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import IntegrityError, OperationalError

from src.core.database.errors import CheckViolated, is_check
from src.core.observing import tracing
from src.core.observing.statements import ended, name_of

T = TypeVar("T")


@dataclass(slots=True)
class Answer:
    """What a statement gave: the number of matching rows, the id of a row that it made, and the rows that it read.

    The first item of each of `columns` is the name of a column.
    """

    changed: int
    number: int
    columns: Sequence[Sequence[Any]] | None
    rows: Sequence[Sequence[Any]]

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        if not self.rows:
            return []
        names = [column[0] for column in self.columns or ()]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


class Timed(BaseDBAsyncClient):
    """A mixin, placed before Tortoise's own class."""

    async def answer(self, text: str, values: Sequence[Any] | None, *, is_fixed: bool = False) -> Answer:
        """Send one statement. `is_fixed` tells that this text comes again and again, so that MySQL may keep it parsed:
        a connection holds a limited number of such texts.
        """
        raise NotImplementedError

    async def execute_insert(self, query: str, values: list[Any], *, is_fixed: bool = False) -> Any:
        """Insert one row and return its number. `is_fixed` is as in `answer`."""
        return await timed(query, super().execute_insert(query, values))

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        return await timed(query, super().execute_query(query, values))

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        await timed(query, super().execute_many(query, values))

    async def execute_script(self, query: str) -> None:
        await timed(query, super().execute_script(query))


async def timed(text: str, run: Awaitable[T]) -> T:
    """Wait for a statement and report its duration, also when it failed."""
    started = perf_counter()
    try:
        if not tracing.is_on():
            return await run
        with tracing.client_span(name_of(text), {"db.system.name": "sql"}):
            return await run
    except (IntegrityError, OperationalError) as error:
        if is_check(error):  # each database and driver has its own class for it
            raise CheckViolated(*error.args) from error
        raise
    finally:
        ended(text, perf_counter() - started)
