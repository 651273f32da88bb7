"""Keyset pagination: positions in a list as opaque cursors.

A cursor holds the name of its order and the ordering values of the last row, so rows that are added or removed before
it do not shift the list. It contains only values that the row showed, grants no access, and its values reach the
database as parameters; therefore it is validated but not signed.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from tortoise.expressions import Q
from tortoise.models import Model

LARGEST: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Keyset:
    """A total order: `name` tells it from every other, `columns` are as in `order_by`, the last one unique, `kinds`
    what their values are. A descending column may be NULL, which comes last."""

    name: str
    columns: tuple[str, ...] = ("-id",)
    kinds: tuple[type, ...] = (int,)

    @property
    def order(self) -> tuple[str, ...]:
        """For `order_by`."""
        return self.columns

    def cursor_of(self, row: Any) -> str:
        """The cursor of what follows this row, of a model or of a statement with these columns."""
        values = [_of(row, column.lstrip("-")) for column in self.columns]
        told = [_told(value) if kind is datetime else value for value, kind in zip(values, self.kinds, strict=True)]
        return base64.urlsafe_b64encode(orjson.dumps([self.name, *told])).rstrip(b"=").decode()

    def values(self, cursor: str) -> tuple[Any, ...]:
        """What a cursor holds. Raises ValueError for one that is not of this order."""
        try:
            told = orjson.loads(base64.b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}", altchars=b"-_", validate=True))
        except (binascii.Error, UnicodeError, orjson.JSONDecodeError) as error:
            raise ValueError("no cursor") from error
        if not isinstance(told, list) or told[:1] != [self.name] or len(told) != len(self.columns) + 1:
            raise ValueError("a cursor of another list or order")
        parts = zip(self.columns, self.kinds, told[1:], strict=True)
        return tuple(_parsed(value, kind, may_be_null=column.startswith("-")) for column, kind, value in parts)

    def after(self, cursor: str) -> Q:
        """What follows. Raises ValueError."""
        found, same = Q(), Q()
        for number, (column, value) in enumerate(zip(self.columns, self.values(cursor), strict=True)):
            later = same & _beyond(column, value)
            found = later if number == 0 else found | later
            name = column.lstrip("-")
            same &= _q(f"{name}__isnull", True) if value is None else _q(name, value)
        return found

    def sql(self, cursor: str, table: str) -> tuple[str, tuple[object, ...]]:
        """As `after`, as a condition in SQL over columns of this table that are never NULL. Raises ValueError."""
        parts: list[str] = []
        values: list[object] = []
        told = self.values(cursor)
        if None in told:
            raise ValueError("no value")
        names = [f"{table}.{column.lstrip('-')}" for column in self.columns]
        for number, column in enumerate(self.columns):
            sign = "<" if column.startswith("-") else ">"
            equal = "".join(f"{name} = %s AND " for name in names[:number])
            parts.append(f"({equal}{names[number]} {sign} %s)")
            values += told[: number + 1]
        # The additional bound on the first column lets the database begin an index range there.
        bound = f"{names[0]} {'<=' if self.columns[0].startswith('-') else '>='} %s"
        return f"({bound} AND ({' OR '.join(parts)}))", (told[0], *values)


def _of(row: Any, column: str) -> Any:
    return getattr(row, column) if isinstance(row, Model) else row[column]


def _told(moment: Any) -> str | None:
    """A raw statement answers moments as the driver does: text on SQLite, naive UTC on MySQL."""
    if moment is None:
        return None
    known = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    told: datetime = known.replace(tzinfo=UTC) if known.tzinfo is None else known.astimezone(UTC)
    return told.isoformat()


def _beyond(column: str, value: Any) -> Q:
    name = column.lstrip("-")
    if not column.startswith("-"):
        return _q(f"{name}__gt", value)
    if value is None:
        return _q(f"{name}__isnull", True) & _q(f"{name}__isnull", False)  # nothing comes after NULL
    return _q(f"{name}__lt", value) | _q(f"{name}__isnull", True)


def _q(term: str, value: Any) -> Q:
    return Q(**{term: value})


def _parsed(value: Any, kind: type, *, may_be_null: bool) -> Any:
    if value is None and may_be_null:
        return None
    if kind is datetime and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    elif (kind is int and type(value) is int and abs(value) <= LARGEST) or (
        kind is str and isinstance(value, str) and len(value) <= 200 and "\0" not in value
    ):
        return value
    raise ValueError("no value of this column")
