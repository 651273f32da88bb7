"""Move rows between live tables and their archives, and read from both. The caller decides which rows may move."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from src.core.database import in_unit_of_work
from src.core.database.models import Model
from src.core.database.statements import change, dialect, fetch, marks

M = TypeVar("M", bound=Model)
K = TypeVar("K", int, str)


class MovedUnevenly(Exception):
    """The number of written or removed rows differs from the number of locked rows. Roll the transaction back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table whose rows move with those of `parent`; `column` holds the parent's id. For the root, `parent` is `live`
    and `column` its own id."""

    live: type[Model]
    archive: type[Model]
    parent: type[Model]
    column: str


async def move(parts: Sequence[Part], ids: Sequence[int], *, back: bool = False) -> int:
    """Move these rows of the first part, with their dependent rows, into the archives, or `back`. Returns the number of
    moved rows of the first part.

    `parts` has parents first; rows are locked in that order, by id. Missing ids are skipped. Call it in a unit of work
    (else RuntimeError): all rows are copied, then removed, and both are counted. Raises MovedUnevenly, and
    IntegrityError if a table that is not in `parts` refers to a row.
    """
    if not in_unit_of_work():
        raise RuntimeError("rows move only inside a unit of work")
    held: dict[type[Model], list[int]] = {parts[0].parent: list(ids)}
    for part in parts:
        held[part.live] = await _lock(part.archive if back else part.live, part.column, held[part.parent])
    for part in parts:
        await _copy(part, held[part.live], back=back)
    for part in reversed(parts):
        await _remove(part.archive if back else part.live, held[part.live])
    return len(held[parts[0].live])


async def either(live: type[M], archive: type[M], find: Callable[[type[M]], Awaitable[M | None]]) -> M | None:
    """Return one row from either table. The live table is read again at the end: the row may move back in between."""
    return await find(live) or await find(archive) or await find(live)


async def rows_of(live: type[M], archive: type[M], column: str, keys: Sequence[K]) -> dict[K, list[M]]:
    """Return rows by the value of `column`, each list in id order. One query if all keys are live, else up to three."""
    found: dict[K, list[M]] = defaultdict(list)
    for table in (live, archive, live):
        if missing := [key for key in keys if key not in found]:
            text = f"{_select(table)} WHERE `{column}` IN ({marks(len(missing))}) ORDER BY id"
            for row in await fetch(text, missing):
                found[row[column]].append(table._init_from_db(**row))  # noqa: SLF001 - as Tortoise makes rows
    return found


async def _lock(table: type[Model], column: str, keys: Sequence[int]) -> list[int]:
    if not keys:
        return []
    words = " FOR UPDATE" if dialect() == "mysql" else ""
    text = f"SELECT id FROM {_name(table)} WHERE {column} IN ({marks(len(keys))}) ORDER BY id{words}"  # noqa: S608
    return [row["id"] for row in await fetch(text, keys)]


async def _copy(part: Part, ids: Sequence[int], *, back: bool) -> None:
    if not ids:
        return
    source, target = (part.archive, part.live) if back else (part.live, part.archive)
    columns = ", ".join(f"`{column}`" for column in _columns(part.live))
    text = f"INSERT INTO {_name(target)} ({columns}) SELECT {columns} FROM {_name(source)}"  # noqa: S608
    if await change(f"{text} WHERE id IN ({marks(len(ids))})", ids) != len(ids):
        raise MovedUnevenly(_name(target))


async def _remove(table: type[Model], ids: Sequence[int]) -> None:
    if not ids:
        return
    text = f"DELETE FROM {_name(table)} WHERE id IN ({marks(len(ids))})"  # noqa: S608
    if await change(text, ids) != len(ids):
        raise MovedUnevenly(_name(table))


def _name(table: type[Model]) -> str:
    return f"`{table._meta.db_table}`"  # noqa: SLF001 - Tortoise's own description of the class


@cache
def _select(table: type[Model]) -> str:
    return f"SELECT {', '.join(f'`{column}`' for column in _columns(table))} FROM {_name(table)}"  # noqa: S608


def _columns(table: type[Model]) -> list[str]:
    return list(table._meta.fields_db_projection.values())  # noqa: SLF001
