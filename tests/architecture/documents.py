"""Reading an OpenAPI document: operations, references, and everything that an example or a default must fit."""

import copy
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

METHODS = {"get", "put", "post", "delete", "patch"}
PROBLEM = "application/problem+json"
SCHEMAS = "#/components/schemas/"

Document = dict[str, Any]


def operations(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    """``POST /api/v1/orders`` and its operation."""
    for path, item in document["paths"].items():
        for method in METHODS & item.keys():
            yield f"{method.upper()} {path}", item[method]


def resolved(document: Document, thing: dict[str, Any]) -> dict[str, Any]:
    """What a reference stands for; anything else is itself."""
    while "$ref" in thing:
        found: Any = document
        for part in thing["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        thing = found
    return thing


def answers(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Operation, status and answer."""
    for name, operation in operations(document):
        for status, answer in operation["responses"].items():
            yield name, status, resolved(document, answer)


def codes_of(document: Document, schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The schemas of the problems in a union, by the one code that each allows."""
    found = {}
    for choice in schema.get("oneOf", [schema]):
        problem = resolved(document, choice)
        found[problem["properties"]["code"]["const"]] = problem
    return found


def problems(document: Document, operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every problem that an operation may answer, by code."""
    return {
        code: problem
        for answer in operation["responses"].values()
        for kind, media in answer.get("content", {}).items()
        if kind == PROBLEM
        for code, problem in codes_of(document, media.get("schema", {})).items()
    }


class Validators:
    """Validators of the schemas in one document."""

    def __init__(self, document: Document) -> None:
        absolute = copy.deepcopy(document)
        _point_at(absolute, "urn:shop")
        resource = Resource.from_contents(absolute, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource("urn:shop", resource)

    def errors(self, schema: dict[str, Any], value: Any) -> list[str]:
        """What is wrong with a value."""
        absolute = copy.deepcopy(schema)
        _point_at(absolute, "urn:shop")
        validator = Draft202012Validator(absolute, registry=self._registry)
        return [error.message for error in validator.iter_errors(value)]


def _point_at(node: Any, base: str) -> None:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/"):
            node["$ref"] = f"{base}{reference}"
        for inner in node.values():
            _point_at(inner, base)
    elif isinstance(node, list):
        for inner in node:
            _point_at(inner, base)


def shown(document: Document) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """Every example and default of the document: where it is, the schema that it must fit, and itself."""
    for name, schema in document["components"]["schemas"].items():
        yield from _inside(schema, name)
    for name, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            where = f"{name} {parameter['name']}"
            yield from _inside(parameter["schema"], where)
            yield from _beside(document, parameter, where)
        for status, holder in [("body", operation.get("requestBody", {})), *operation["responses"].items()]:
            for media in resolved(document, holder).get("content", {}).values():
                yield from _beside(document, media, f"{name} {status}")
            for header, described in resolved(document, holder).get("headers", {}).items():
                yield from _beside(document, resolved(document, described), f"{name} {status} {header}")


def _beside(document: Document, holder: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    values = [holder["example"]] if "example" in holder else []
    values += [resolved(document, example)["value"] for example in holder.get("examples", {}).values()]
    yield from ((where, holder["schema"], value) for value in values)


def _inside(schema: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    bare = {key: value for key, value in schema.items() if key not in ("examples", "default")}
    yield from ((where, bare, example) for example in schema.get("examples", ()))
    if "default" in schema:
        yield f"{where} (default)", bare, schema["default"]
    for name, field in schema.get("properties", {}).items():
        yield from _inside(field, f"{where}.{name}")
    for key in ("anyOf", "oneOf", "allOf"):
        for choice in schema.get(key, ()):
            yield from _inside(choice, where)
    if isinstance(schema.get("items"), dict):
        yield from _inside(schema["items"], f"{where}[]")
