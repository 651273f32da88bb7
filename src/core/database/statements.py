"""Fixed SQL for the few statements that every order runs: Tortoise would build the same text again each time.

Written once in MySQL's form; ``%s`` becomes ``?`` on SQLite. It runs in the open unit of work, if there is one.
"""

from collections.abc import Sequence
from typing import Any

from tortoise.connection import get_connection
from tortoise.models import Model


async def fetch(text: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows of a SELECT, as dictionaries."""
    return (await _run(text, values))[1]


async def change(text: str, values: Sequence[Any] = ()) -> int:
    """Run an UPDATE or DELETE; returns how many rows it found."""
    return (await _run(text, values))[0]


def marks(count: int) -> str:
    """``%s, %s`` for so many values."""
    return ", ".join(["%s"] * count)


async def _run(text: str, values: Sequence[Any]) -> tuple[int, list[dict[str, Any]]]:
    connection = get_connection("default")
    if connection.capabilities.dialect == "sqlite":
        text = text.replace("%s", "?")
    found, rows = await connection.execute_query(text, list(values))
    return found, list(rows)


async def insert(row: Model) -> None:
    """Save a new row whose class has no signals: `Model.save` would look for listeners twice and for a database."""
    connection = get_connection("default")
    await connection.executor_class(model=type(row), db=connection).execute_insert(row)
    row._saved_in_db = True  # noqa: SLF001 - as Model.save does
