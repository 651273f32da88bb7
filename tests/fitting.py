"""A schema made into functions once, so that a body that fits it is known in a tenth of the time that jsonschema takes.

A function says True only of what fits. Where it says False, jsonschema has the last word and the text of the finding; a
keyword that is unknown here therefore only costs time.
"""

import re
from collections.abc import Callable
from typing import Any, Final

Fits = Callable[[Any], bool]
Schema = dict[str, Any]

# What describes a value, and limits none.
SAID: Final = frozenset(
    {
        *("title", "description", "default", "example", "examples", "format", "deprecated", "discriminator"),
        *("readOnly", "writeOnly", "contentMediaType"),
    }
)
TYPES: Final[dict[str, tuple[type, ...]]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
OBJECT: Final = frozenset({"properties", "required", "additionalProperties"})
LIMITS: Final[dict[str, tuple[tuple[type, ...], Callable[[Any, Any], bool]]]] = {
    "minimum": ((int, float), lambda value, limit: value >= limit),
    "maximum": ((int, float), lambda value, limit: value <= limit),
    "minLength": ((str,), lambda value, limit: len(value) >= limit),
    "maxLength": ((str,), lambda value, limit: len(value) <= limit),
    "minItems": ((list,), lambda value, limit: len(value) >= limit),
    "maxItems": ((list,), lambda value, limit: len(value) <= limit),
    "maxProperties": ((dict,), lambda value, limit: len(value) <= limit),
    "pattern": ((str,), lambda value, pattern: re.search(pattern, value) is not None),
}


class Fitting:
    """The functions of the schemas that references name, each made when the first value comes."""

    def __init__(self, named: dict[str, Schema]) -> None:
        self._named = named
        self._made: dict[str, Fits] = {}

    def of(self, schema: Schema | bool) -> Fits:
        """Return the function of a schema."""
        if isinstance(schema, bool):
            return lambda _value: schema
        parts = [self._part(word, schema[word]) for word in schema if word not in SAID | OBJECT]
        if OBJECT & schema.keys():
            parts.append(self._object(schema))
        return parts[0] if len(parts) == 1 else lambda value: all(part(value) for part in parts)

    def _part(self, word: str, said: Any) -> Fits:
        if word in LIMITS:
            kinds, holds = LIMITS[word]
            return lambda value: type(value) not in kinds or holds(value, said)
        makers: dict[str, Callable[[Any], Fits]] = {
            "$ref": self._reference,
            "items": self._items,
            "anyOf": self._any_of,
            "type": _type,
            "const": _const,
            "enum": _enum,
        }
        return makers[word](said) if word in makers else lambda _value: False

    def _items(self, schema: Schema | bool) -> Fits:
        item = self.of(schema)
        return lambda value: type(value) is not list or all(item(one) for one in value)

    def _any_of(self, schemas: list[Schema]) -> Fits:
        ways = [self.of(schema) for schema in schemas]
        return lambda value: any(way(value) for way in ways)

    def _reference(self, reference: str) -> Fits:
        name = reference.rpartition("/")[2]

        def fits(value: Any) -> bool:
            if name not in self._made:
                self._made[name] = self.of(self._named.get(name, False))
            return self._made[name](value)

        return fits

    def _object(self, schema: Schema) -> Fits:
        known = {name: self.of(inner) for name, inner in schema.get("properties", {}).items()}
        required, other = frozenset(schema.get("required", ())), self.of(schema.get("additionalProperties", True))

        def fits(value: Any) -> bool:
            if type(value) is not dict:
                return True
            return required <= value.keys() and all(known.get(name, other)(inner) for name, inner in value.items())

        return fits


def _type(name: str | list[str]) -> Fits:
    if isinstance(name, list):
        ways = [_type(one) for one in name]
        return lambda value: any(way(value) for way in ways)
    kinds = TYPES[name]
    if name == "integer":  # JSON has one kind of number
        return lambda value: type(value) is int or (type(value) is float and value.is_integer())
    return lambda value: type(value) in kinds


def _const(said: Any) -> Fits:
    return lambda value: type(value) is type(said) and value == said


def _enum(said: list[Any]) -> Fits:
    choices = {(type(choice), choice) for choice in said}
    return lambda value: type(value) not in (list, dict) and (type(value), value) in choices
