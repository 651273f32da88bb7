"""Errors in the document: one schema for each code, so that generated clients have typed members, and for each error
status of an operation the union of its errors."""

import inspect
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, Final, get_type_hints

from pydantic import TypeAdapter

from src.common.exceptions.base import AppError
from src.common.exceptions.problem import Problem
from src.common.openapi.schemas import REF, Schema, pascal, ref

PROBLEM: Final = "application/problem+json"
STANDARD: Final = ("type", "title", "status", "code", "detail", "instance", "request_id", "errors")


class Problems:
    """Collects the schemas and examples of the document's errors, each when it is used first."""

    def __init__(self, schemas: dict[str, Schema]) -> None:
        self.schemas = schemas
        self.examples: dict[str, Schema] = {}
        self._base = TypeAdapter(Problem).json_schema(mode="serialization", ref_template=f"{REF}{{model}}")
        schemas.update(self._base.pop("$defs"))
        schemas["Problem"] = self._base

    def answers(self, operation: str, errors: Iterable[type[AppError]]) -> dict[str, Schema]:
        """Return the error responses of an operation, by status. Adds an enum of their codes to `schemas`, as in
        ``PlaceOrderErrorCode``."""
        by_status: dict[int, list[type[AppError]]] = {}
        for error in dict.fromkeys(errors):
            by_status.setdefault(error.status, []).append(error)
        codes = f"{pascal(operation)}ErrorCode"
        self.schemas[codes] = {
            "type": "string",
            "description": f"Every `code` that `{operation}` may answer.",
            "enum": sorted({error.code for status in by_status.values() for error in status}),
        }
        return {str(status): self._answer(by_status[status], codes) for status in sorted(by_status)}

    def _answer(self, errors: Sequence[type[AppError]], codes: str) -> Schema:
        """Return the response of one status: the union of its errors with `code` as discriminator."""
        ordered = sorted(errors, key=lambda error: error.code)
        names = {error.code: self._named(error) for error in ordered}
        schema: Schema = {
            "type": "object",
            "required": ["code"],
            "properties": {"code": ref(codes)},
            "oneOf": [ref(name) for name in names.values()],
            "discriminator": {
                "propertyName": "code",
                "mapping": {code: f"{REF}{name}" for code, name in names.items()},
            },
        }
        examples = {code: {"$ref": f"#/components/examples/{code}"} for code in names}
        title = ordered[0].title or HTTPStatus(ordered[0].status).phrase
        return {"description": title, "content": {PROBLEM: {"schema": schema, "examples": examples}}}

    def _named(self, error: type[AppError]) -> str:
        """Return the name of this error's schema, which is created at its first use."""
        name = f"{pascal(error.code)}Problem"
        if name not in self.schemas:
            self.schemas[name] = self._schema(error)
            self.examples[error.code] = _example(error)
        return name

    def _schema(self, error: type[AppError]) -> Schema:
        base = self._base["properties"]
        extras, required = self._extras(error)
        own = {
            "status": {"type": "integer", "const": error.status},
            "code": {"type": "string", "const": error.code},
        }
        return {
            "type": "object",
            "description": f"{error.en}\n\n{inspect.cleandoc(_words(error))}".strip(),
            "properties": {**{name: own.get(name, base[name]) for name in STANDARD}, **extras},
            "required": [*STANDARD, *required],
        }

    def _extras(self, error: type[AppError]) -> tuple[dict[str, Schema], list[str]]:
        """Return the members in addition to the standard ones, and the names of those that are required."""
        found: dict[str, Schema] = {}
        required: list[str] = []
        parameters = _keywords(error)
        hints = get_type_hints(error.__init__) if parameters else {}
        for name, parameter in parameters.items():
            found[name] = self._of_type(hints[name])
            if parameter.default is not None and name not in error.optional:
                required.append(name)
        for name, value in error.sample.items():
            if name not in found:
                found[name] = _of_value(value)
                required += [name] if name not in error.optional else []
        return found, required

    def _of_type(self, hint: Any) -> Schema:
        schema = TypeAdapter(hint).json_schema(mode="serialization", ref_template=f"{REF}{{model}}")
        for name, inner in schema.pop("$defs", {}).items():
            self.schemas.setdefault(name, inner)
        return schema


def _keywords(error: type[AppError]) -> dict[str, inspect.Parameter]:
    """Return the members that the constructor names; none if it is AppError's own, which takes any."""
    if error.__init__ is AppError.__init__:
        return {}
    named = inspect.signature(error.__init__).parameters.values()
    kinds = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return {each.name: each for each in named if each.kind in kinds and each.name not in ("self", "headers")}


def _of_value(value: Any) -> Schema:
    """Return the schema of a member that is known only from the sample."""
    if isinstance(value, dict):
        return {"type": "object", "properties": {name: _of_value(inner) for name, inner in value.items()}}
    if isinstance(value, list):
        return {"type": "array", "items": _of_value(value[0]) if value else {}}
    kinds: dict[type, str] = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": kinds[type(value)]} if type(value) in kinds else {}


def _words(error: type[AppError]) -> str:
    """Return the class's own docstring, not an inherited one."""
    return error.__dict__.get("__doc__") or ""


def _example(error: type[AppError]) -> Schema:
    extras = error.sample
    return {
        "summary": error.en.format(**extras) if extras else error.en,
        "value": {
            "type": "about:blank",
            "title": error.title,
            "status": error.status,
            "code": error.code,
            "detail": error.ko.format(**extras) if extras else error.ko,
            "instance": "/api/v1/...",
            "request_id": "01JG7Q6X9ZP4M3C2B1A0ZYXWVT",
            "errors": [],
            **extras,
        },
    }
