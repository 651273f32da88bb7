"""How the document's schemas are walked, and what is made plain in them."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

Schema = dict[str, Any]

REF: Final = "#/components/schemas/"
NULL: Final = {"type": "null"}
_LISTS: Final = ("anyOf", "oneOf", "allOf", "prefixItems")
_SINGLES: Final = ("items", "additionalProperties", "not", "contains", "propertyNames")
_BODY_OF_FORM: Final = re.compile(r"Body_(\w+)")
_OF: Final = re.compile(r"([A-Za-z0-9]+)_([A-Za-z0-9]+)_")


def ref(name: str) -> Schema:
    """A reference to a named schema."""
    return {"$ref": f"{REF}{name}"}


def children(schema: Schema) -> Iterator[Schema]:
    """The schemas right inside this one."""
    yield from schema.get("properties", {}).values()
    for key in _LISTS:
        yield from schema.get(key, ())
    for key in _SINGLES:
        if isinstance(schema.get(key), dict):
            yield schema[key]


def walk(schema: Schema) -> Iterator[Schema]:
    """This schema and every one inside it."""
    yield schema
    for child in children(schema):
        yield from walk(child)


def operations(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Path, method and operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def contents(operation: Schema) -> Iterator[Schema]:
    """Every media type object of an operation: of its body and of its answers."""
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for answer in operation["responses"].values():
        yield from answer.get("content", {}).values()


def roots(document: Schema) -> Iterator[Schema]:
    """Every schema that is inside no other one."""
    yield from document["components"]["schemas"].values()
    for _, _, operation in operations(document):
        yield from (parameter["schema"] for parameter in operation.get("parameters", ()))
        yield from (media["schema"] for media in contents(operation) if "schema" in media)


def without_derived_titles(document: Schema) -> None:
    """Drop the titles that pydantic makes of names: they say nothing, and generators name types by them."""
    for name, schema in document["components"]["schemas"].items():
        if schema.get("title") == name:
            del schema["title"]
    for root in roots(document):
        for schema in walk(root):
            for name, field in schema.get("properties", {}).items():
                if field.get("title") == derived(name):
                    del field["title"]
    for _, _, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            if parameter["schema"].get("title") == derived(parameter["name"]):
                del parameter["schema"]["title"]


def derived(name: str) -> str:
    """The title that pydantic gives a field of this name."""
    return name.replace("_", " ").title()


def without_null(schema: Schema) -> Schema:
    """The schema of a value that is there: a parameter that is left out is not null."""
    if "anyOf" not in schema:
        return schema
    rest = [choice for choice in schema["anyOf"] if choice != NULL]
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    if beside.get("default", ...) is None:
        del beside["default"]
    return {**rest[0], **beside} if len(rest) == 1 else {**beside, "anyOf": rest}


def with_spoken_defaults(document: Schema) -> None:
    """Say the defaults of request bodies in words. Generators of clients that find them as values make the field a
    needed one, or send them, where it was left out."""
    schemas = document["components"]["schemas"]
    waiting = [
        media["schema"]
        for _, _, operation in operations(document)
        for media in operation.get("requestBody", {}).get("content", {}).values()
    ]
    seen: set[str] = set()
    while waiting:
        for schema in walk(waiting.pop()):
            name = schema.get("$ref", "").removeprefix(REF)
            if name and name not in seen:
                seen.add(name)
                waiting.append(schemas[name])
            for field in schema.get("properties", {}).values():
                if "default" in field:
                    spoken = f"Default: `{json.dumps(field.pop('default'), ensure_ascii=False)}`."
                    field["description"] = f"{field.get('description', '')} {spoken}".strip()


def with_plain_names(document: Schema) -> None:
    """Name what FastAPI and pydantic name by themselves: ``PageOfOrderRead``, ``UploadPictureForm``."""

    def own(name: str) -> str:
        if found := _BODY_OF_FORM.fullmatch(name):
            return f"{pascal(found[1])}Form"
        return _OF.sub(r"\1Of\2", name) if _OF.fullmatch(name) else name

    rename(document, own)


def pascal(name: str) -> str:
    """``placeOrder``, ``PLACE_ORDER`` and ``place-order`` as ``PlaceOrder``."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", name) if part]
    return "".join(part.capitalize() if part.isupper() else part[0].upper() + part[1:] for part in parts)


def rename(document: Schema, own: Callable[[str], str]) -> None:
    """Give the named schemas other names, and every reference to them."""
    schemas = document["components"]["schemas"]
    for root in roots(document):
        for schema in walk(root):
            if "$ref" in schema:
                schema["$ref"] = f"{REF}{own(schema['$ref'].removeprefix(REF))}"
    document["components"]["schemas"] = {own(name): schema for name, schema in schemas.items()}
