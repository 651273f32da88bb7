"""Walk the schemas of the document, and simplify their titles, defaults and names."""

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
    """Return a reference to a named schema."""
    return {"$ref": f"{REF}{name}"}


def children(schema: Schema) -> Iterator[Schema]:
    """Yield the direct subschemas."""
    yield from schema.get("properties", {}).values()
    for key in _LISTS:
        yield from schema.get(key, ())
    for key in _SINGLES:
        if isinstance(schema.get(key), dict):
            yield schema[key]


def walk(schema: Schema) -> Iterator[Schema]:
    """Yield this schema and all its subschemas."""
    yield schema
    for child in children(schema):
        yield from walk(child)


def operations(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Yield path, method and operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def contents(operation: Schema) -> Iterator[Schema]:
    """Yield the media type objects of an operation: of its request body and of its responses."""
    yield from operation.get("requestBody", {}).get("content", {}).values()
    for answer in operation["responses"].values():
        yield from answer.get("content", {}).values()


def roots(document: Schema) -> Iterator[Schema]:
    """Yield the schemas that are not part of another schema."""
    yield from document["components"]["schemas"].values()
    for _, _, operation in operations(document):
        yield from (parameter["schema"] for parameter in operation.get("parameters", ()))
        yield from (media["schema"] for media in contents(operation) if "schema" in media)


def without_derived_titles(document: Schema) -> None:
    """Remove titles that pydantic derives from names: they add nothing, and client generators name types by them."""
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
    """Return the title that pydantic derives from a field name."""
    return name.replace("_", " ").title()


def without_null(schema: Schema) -> Schema:
    """Return a parameter's schema without null: a parameter is sent or left out, never null."""
    if "anyOf" not in schema:
        return schema
    rest = [choice for choice in schema["anyOf"] if choice != NULL]
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    if beside.get("default", ...) is None:
        del beside["default"]
    return {**rest[0], **beside} if len(rest) == 1 else {**beside, "anyOf": rest}


def with_spoken_defaults(document: Schema) -> None:
    """Move defaults of request bodies into the descriptions. From a `default` value some client generators make the
    field required, or send the default when the field is left out."""
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
    """Rename schemas that FastAPI and pydantic name themselves, as in ``PageOfOrderRead``, ``UploadPictureForm``."""

    def own(name: str) -> str:
        if found := _BODY_OF_FORM.fullmatch(name):
            return f"{pascal(found[1])}Form"
        return _OF.sub(r"\1Of\2", name) if _OF.fullmatch(name) else name

    rename(document, own)


def pascal(name: str) -> str:
    """Return the name in Pascal case: ``PlaceOrder`` for ``placeOrder``, ``PLACE_ORDER`` and ``place-order``."""
    parts = [part for part in re.split(r"[^A-Za-z0-9]+", name) if part]
    return "".join(part.capitalize() if part.isupper() else part[0].upper() + part[1:] for part in parts)


def rename(document: Schema, own: Callable[[str], str]) -> None:
    """Rename the named schemas by `own`, and all references to them."""
    schemas = document["components"]["schemas"]
    for root in roots(document):
        for schema in walk(root):
            if "$ref" in schema:
                schema["$ref"] = f"{REF}{own(schema['$ref'].removeprefix(REF))}"
    document["components"]["schemas"] = {own(name): schema for name, schema in schemas.items()}
