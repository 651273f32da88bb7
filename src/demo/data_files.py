"""Read the demo shop's JSON files under ``data`` into dataclasses.

A local start reads them before it serves a request, unless the shop is filled and its pictures are current. orjson
parses all of them in 1 ms; the standard library's TOML reader would need about 50 ms. The checks are written by hand,
because Pydantic needs longer to build its validators than these checks need to run.
"""

from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

import orjson

DATA: Final = Path(__file__).parent / "data"

Record = TypeVar("Record")


class UnfitDemoData(ValueError):
    """A demo file has a value that its record does not allow, or names an unknown colour, size or guide."""


def read(name: str) -> Any:
    """Return the parsed file ``data/<name>``."""
    return orjson.loads((DATA / name).read_bytes())


def records(kind: type[Record], rows: Sequence[dict[str, Any]], *, source: str) -> tuple[Record, ...]:
    """Return one `kind` (a dataclass) for each row, in order.

    Raises UnfitDemoData for an unknown key, a missing field and a value of the wrong type. The message has the file
    (`source`), the number of the row, counted from 1, and the field.
    """
    types = _types(kind)  # type: ignore[arg-type] # mypy does not see that a class is hashable
    made = []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(kind(**{name: _field(types, name, value) for name, value in row.items()}))
        except (TypeError, ValueError) as error:
            raise UnfitDemoData(f"{source}, {kind.__name__} {number}: {error}") from error
    return tuple(made)


@cache
def _types(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _field(types: dict[str, Any], name: str, value: Any) -> Any:
    if name not in types:
        raise UnfitDemoData(f"there is no field {name!r}")
    if type(value) is types[name]:
        return value
    try:
        return _value(types[name], value)
    except ValueError as error:
        raise UnfitDemoData(f"{name}: {error}") from error


def _value(kind: Any, value: Any) -> Any:
    """Return `value` as the type `kind`: a plain type, an Enum, a Literal, a tuple of these, or one of them or None.
    Raises ValueError if it does not fit."""
    if isinstance(kind, UnionType):
        return None if value is None else _value(get_args(kind)[0], value)
    if get_origin(kind) is tuple and isinstance(value, list):
        item = get_args(kind)[0]
        return tuple(one if type(one) is item else _value(item, one) for one in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    fits = value in get_args(kind) if get_origin(kind) is Literal else type(value) is kind
    if not fits:
        raise UnfitDemoData(f"{value!r} is no {getattr(kind, '__name__', kind)}")
    return value
