"""Fixed SQL for the few statements of every order: Tortoise would build the same text at each call.

The text is written in MySQL's form; ``%s`` becomes ``?`` on SQLite. A statement runs in the open unit of work, if there
is one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final, TypeVar

from tortoise.context import require_context
from tortoise.fields import DatetimeField
from tortoise.fields.base import Field
from tortoise.fields.data import CharEnumFieldInstance
from tortoise.timezone import get_default_timezone, get_use_tz

from src.core.database.models import Model
from src.core.database.timing import Timed
from src.core.database.transactions import open_transaction

M = TypeVar("M", bound=Model)

FEW: Final = 4
"""A statement with more rows or ids is sent as text: the server would keep one for each number of them."""


async def fetch(text: str, values: Sequence[Any] = (), *, is_fixed: bool = False) -> list[dict[str, Any]]:
    """Return the rows of a SELECT as dictionaries. `is_fixed`: see `Timed.answer`."""
    return (await _connection().answer(text, values, is_fixed=is_fixed)).dicts()


async def change(text: str, values: Sequence[Any] = (), *, is_fixed: bool = False) -> int:
    """Run an UPDATE or DELETE and return the number of matching rows. `is_fixed`: see `Timed.answer`."""
    return (await _connection().answer(text, values, is_fixed=is_fixed)).changed


async def find(model: type[M], where: str, values: Sequence[Any], *, locking: bool = False) -> list[M]:
    """Return the rows of a class that match the condition ``where``, a fixed text with ``%s`` for each value.

    `locking` locks the rows until the transaction ends. SQLite locks nothing: its transaction is the only writer.
    """
    text = _select_of(model, where, locking=locking and dialect() == "mysql")
    answer = await _connection().answer(text, values, is_fixed=True)
    return [_read(model, values) for values in answer.rows]


async def find_one(model: type[M], where: str, values: Sequence[Any], *, locking: bool = False) -> M | None:
    """Return the first of the rows that `find` returns, None if there is none."""
    rows = await find(model, where, values, locking=locking)
    return rows[0] if rows else None


async def save(row: Model, columns: tuple[str, ...]) -> None:
    """Write these fields of a row that is in the database, by its id."""
    values = [*_held(row, columns), row.pk]
    await _connection().answer(_update_of(type(row), columns), values, is_fixed=True)


def dialect() -> str:
    """Return ``mysql`` or ``sqlite``, for the few words in which they differ."""
    name: str = _connection().capabilities.dialect
    return name


def marks(count: int) -> str:
    """Return ``%s, %s`` with one mark per value."""
    return ", ".join(["%s"] * count)


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


def _connection() -> Timed:
    """Return the open transaction, else the pool. Tortoise's `get_connection` imports at every call."""
    return open_transaction.get() or require_context().connections.get("default")  # type: ignore[return-value]


async def insert(row: Model) -> None:
    """Save a new row of a class without signals, and set its id."""
    connection = _connection()
    text = _insert_of(type(row), connection.capabilities.dialect, 1)
    held = vars(row)
    held[_plan(type(row)).key] = await connection.execute_insert(text, _values(row), is_fixed=True)
    held["_saved_in_db"] = True  # as Model.save does


async def insert_all(rows: Sequence[Model]) -> None:
    """Save one or more new rows of one class by one statement. Their ids are not set."""
    connection = _connection()
    text = _insert_of(type(rows[0]), connection.capabilities.dialect, len(rows))
    values = [value for row in rows for value in _values(row)]
    await connection.answer(text, values, is_fixed=len(rows) <= FEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Parts that are equal for every new row of a class."""

    key: str
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
        key=meta.pk_attr,
        names=frozenset(own),
        defaults={**defaults, "_partial": False, "_saved_in_db": False, "_custom_generated_pk": False},
        columns=tuple(meta.fields_db_projection[name] for name in own),
        converts={name: None if _is_plain(field) else _writer(field) for name, field in own.items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """How the columns of a class, in the order of its SELECT, become attributes."""

    names: tuple[str, ...]
    converts: tuple[tuple[str, Callable[[Any], Any]], ...]
    marks: dict[str, Any]


@cache
def _reading(model: type[Model]) -> _Reading:
    meta = model._meta  # noqa: SLF001
    simple = [(name, field.field_type) for _, name, field in meta.db_default_fields]
    return _Reading(
        names=tuple(meta.fields_db_projection),
        converts=(*simple, *((name, _reader(field)) for _, name, field in meta.db_complex_fields)),
        marks={
            "_partial": False,
            "_saved_in_db": True,
            "_custom_generated_pk": meta.db_pk_column not in meta.generated_db_fields,
        },
    )


def _writer(field: Field[Any]) -> Callable[[Any, Model], Any]:
    """Return the field's conversion; a member of its enum takes a shorter way."""
    if not isinstance(field, CharEnumFieldInstance):
        return field.to_db_value
    slow, kind = field.to_db_value, field.enum_type
    return lambda value, row: value._value_ if type(value) is kind else slow(value, row)


def _reader(field: Field[Any]) -> Callable[[Any], Any]:
    """Return the field's conversion; times that come without their zone, as the driver's do, take a shorter way."""
    if type(field) is not DatetimeField or not get_use_tz():
        return field.to_python_value
    slow, zone = field.to_python_value, get_default_timezone()
    return lambda value: value.replace(tzinfo=zone) if type(value) is datetime and not value.tzinfo else slow(value)


def _read(model: type[M], values: Sequence[Any]) -> M:
    """Return a row as Tortoise's `_init_from_db` makes it."""
    reading = _reading(model)
    row = model.__new__(model)
    held = vars(row)
    held.update(reading.marks, _await_when_save={})
    held.update(zip(reading.names, values, strict=True))
    for name, convert in reading.converts:
        if (value := held[name]) is not None:
            held[name] = convert(value)
    return row


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
