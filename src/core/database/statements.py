"""Fixed SQL for the few statements of every order: Tortoise would build the same text at each call.

The text is written in MySQL's form; ``%s`` becomes ``?`` on SQLite. A statement runs in the open unit of work, if there
is one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import require_context
from tortoise.fields import DatetimeField
from tortoise.fields.base import Field

from src.core.database.models import Model

M = TypeVar("M", bound=Model)


async def fetch(text: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """Return the rows of a SELECT as dictionaries."""
    return (await _run(text, values))[1]


async def change(text: str, values: Sequence[Any] = ()) -> int:
    """Run an UPDATE or DELETE and return the number of matching rows."""
    return (await _run(text, values))[0]


async def find(model: type[M], where: str, values: Sequence[Any], *, locking: bool = False) -> list[M]:
    """Return the rows of a class that match the condition ``where``, a fixed text with ``%s`` for each value.

    `locking` locks the rows until the transaction ends. SQLite locks nothing: its transaction is the only writer.
    """
    text = _select_of(model, where, locking=locking and dialect() == "mysql")
    return [model._init_from_db(**row) for row in (await _run(text, values))[1]]  # noqa: SLF001 - as Tortoise reads rows


async def find_one(model: type[M], where: str, values: Sequence[Any], *, locking: bool = False) -> M | None:
    """Return the first of the rows that `find` returns, None if there is none."""
    rows = await find(model, where, values, locking=locking)
    return rows[0] if rows else None


async def save(row: Model, columns: tuple[str, ...]) -> None:
    """Write these fields of a row that is in the database, by its id."""
    await _run(_update_of(type(row), columns), [*_held(row, columns), row.pk])


def dialect() -> str:
    """Return ``mysql`` or ``sqlite``, for the few words in which they differ."""
    name: str = _connection().capabilities.dialect
    return name


def marks(count: int) -> str:
    """Return ``%s, %s`` with one mark per value."""
    return ", ".join(["%s"] * count)


async def _run(text: str, values: Sequence[Any]) -> tuple[int, list[dict[str, Any]]]:
    connection = _connection()
    if connection.capabilities.dialect == "sqlite":
        text = text.replace("%s", "?")
    found, rows = await connection.execute_query(text, list(values))
    return found, list(rows)


def new_row(model: type[M], **values: Any) -> M:
    """Return an unsaved row with these values and the defaults of other fields.

    Like ``model(**values)``, but values are not converted: they come from our own code in the field's type, and the
    database checks lengths and nulls. Raises TypeError for an unknown column.
    """
    plan = _plan(model)
    if not plan.names.issuperset(values):
        raise TypeError(f"{model.__name__} has no {sorted(values.keys() - plan.names)}")
    row = model.__new__(model)
    vars(row).update(plan.defaults, _await_when_save={}, **values)
    return row


def _connection() -> BaseDBAsyncClient:
    """Return the connection as Tortoise's `get_connection` does, which runs an import statement at every call."""
    return require_context().connections.get("default")


async def insert(row: Model) -> None:
    """Save a new row of a class without signals, and set its id."""
    connection = _connection()
    text = _insert_text(type(row), connection, count=1)
    row.pk = await connection.execute_insert(text, _values(row))
    row._saved_in_db = True  # noqa: SLF001 - as Model.save does


async def insert_all(rows: Sequence[Model]) -> None:
    """Save one or more new rows of one class by one statement. Their ids are not set."""
    connection = _connection()
    text = _insert_text(type(rows[0]), connection, count=len(rows))
    await connection.execute_query(text, [value for row in rows for value in _values(row)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Parts that are equal for every new row of a class."""

    names: frozenset[str]
    defaults: dict[str, Any]
    columns: tuple[str, ...]
    converts: dict[str, Callable[[Any, Model], Any] | None]


@cache
def _plan(model: type[Model]) -> _Plan:
    """Return the plan of a class. Raises TypeError where the database makes no ids or a default is made per row."""
    meta = model._meta  # noqa: SLF001 - Tortoise's description of the class
    fields = {name: meta.fields_map[name] for name in meta.fields_db_projection}
    if not meta.pk.generated or any(callable(field.default) for field in fields.values()):
        raise TypeError(f"{model.__name__} is no row for a fixed INSERT")
    defaults: dict[str, Any] = {name: field.default for name, field in fields.items()}
    own = {name: field for name, field in fields.items() if name != meta.pk_attr}
    return _Plan(
        names=frozenset(own),
        defaults={**defaults, "_partial": False, "_saved_in_db": False, "_custom_generated_pk": False},
        columns=tuple(meta.fields_db_projection[name] for name in own),
        converts={name: None if _is_plain(field) else field.to_db_value for name, field in own.items()},
    )


def _is_plain(field: Field[Any]) -> bool:
    """Return True if the driver accepts the value without conversion."""
    if isinstance(field, DatetimeField):
        return not (field.auto_now or field.auto_now_add)
    return type(field).to_db_value is Field.to_db_value


def _values(row: Model) -> list[Any]:
    return _held(row, _plan(type(row)).converts)


def _held(row: Model, columns: Iterable[str]) -> list[Any]:
    """Return the values of these fields as the driver takes them."""
    converts, held = _plan(type(row)).converts, vars(row)
    return [held[name] if (convert := converts[name]) is None else convert(held[name], row) for name in columns]


def _insert_text(model: type[Model], connection: BaseDBAsyncClient, *, count: int) -> str:
    return _insert_of(model, connection.capabilities.dialect, count)


@cache
def _insert_of(model: type[Model], dialect: str, count: int) -> str:
    quote, mark = ('"', "?") if dialect == "sqlite" else ("`", "%s")
    columns = _plan(model).columns
    names = ",".join(f"{quote}{name}{quote}" for name in columns)
    row = f"({','.join([mark] * len(columns))})"
    return f"INSERT INTO {quote}{model._meta.db_table}{quote} ({names}) VALUES {','.join([row] * count)}"  # noqa: S608, SLF001


@cache
def _select_of(model: type[Model], where: str, *, locking: bool) -> str:
    columns = ",".join(f"`{column}`" for column in model._meta.fields_db_projection.values())  # noqa: SLF001
    end = " FOR UPDATE" if locking else ""
    return f"SELECT {columns} FROM `{model._meta.db_table}` WHERE {where}{end}"  # noqa: S608, SLF001


@cache
def _update_of(model: type[Model], columns: tuple[str, ...]) -> str:
    names = model._meta.fields_db_projection  # noqa: SLF001
    pairs = ",".join(f"`{names[name]}`=%s" for name in columns)
    return f"UPDATE `{model._meta.db_table}` SET {pairs} WHERE `{names[model._meta.pk_attr]}`=%s"  # noqa: S608, SLF001
