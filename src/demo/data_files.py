"""Read the demo shop's JSON files under ``data`` into dataclasses.

Every local start reads them, before it serves anything: orjson parses all of them in a millisecond, where the standard
library's TOML reader needs about 50. The checks are written out because Pydantic prepares its own longer than they run.
"""

from collections.abc import Sequence
from dataclasses import fields
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

import orjson

DATA: Final = Path(__file__).parent / "data"

Record = TypeVar("Record")


class UnfitDemoData(ValueError):
    """A demo file holds what its record does not allow, or names a colour, size or guide that does not exist."""


def read(name: str) -> Any:
    """The parsed file ``data/<name>``."""
    return orjson.loads((DATA / name).read_bytes())


def records(kind: type[Record], rows: Sequence[dict[str, Any]], *, source: str) -> tuple[Record, ...]:
    """One `kind` (a dataclass) for each row, in order.

    Raises UnfitDemoData for a key that no field has, a field without a value and a value of another type than its
    field's; it names the file (`source`), the number of the row, counted from 1, and the field.
    """
    types = _types(kind)
    made = []
    for number, row in enumerate(rows, start=1):
        try:
            made.append(kind(**{name: _field(types, name, value) for name, value in row.items()}))
        except (TypeError, ValueError) as error:
            raise UnfitDemoData(f"{source}, {kind.__name__} {number}: {error}") from error
    return tuple(made)


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
    """`value` as the type `kind`: a plain type, an Enum, a Literal, a tuple of these, or one of them or None."""
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
