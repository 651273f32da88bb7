"""Every answer of the shop that a test gets is held against docs/openapi.json: its status, its type, its headers and
its body, to the last member. What does not fit fails the test that got it.

`install` puts the look between the tests and httpx, so that servers in other processes are looked at too.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache, wraps
from typing import Any, Final

import httpx
import orjson
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.architecture.documents import PROBLEM, Document, codes_of, operations, resolved
from tests.architecture.sources import ROOT
from tests.fitting import Fits, Fitting

BASE: Final = "urn:shop"
# Answers of parts that are no operation: an address or a method that does not exist.
NO_OPERATION: Final = {"NOT_FOUND", "METHOD_NOT_ALLOWED"}
TOLD_HEADERS: Final = frozenset(
    {
        *("x-new-token", "x-cart-token", "idempotency-replayed", "retry-after", "etag", "set-cookie", "link"),
        *("content-disposition", "www-authenticate", "deprecation", "sunset", "location"),
    }
)


class Contract:
    """A document, ready to be held against answers."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._shapes: dict[tuple[str, int], list[tuple[list[str], dict[str, Any]]]] = {}
        for name, operation in operations(document):
            method, _, path = name.partition(" ")
            parts = path.split("/")
            self._shapes.setdefault((method, len(parts)), []).append((parts, operation))
        for shapes in self._shapes.values():
            shapes.sort(key=lambda shape: [part.startswith("{") for part in shape[0]])
        closed = json.loads(json.dumps(document))
        for schema in closed["components"]["schemas"].values():
            _close(schema)
        resource = Resource.from_contents(closed, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource(BASE, resource)
        self._validators: dict[str, Validator] = {}
        self._fitting = Fitting(closed["components"]["schemas"])
        self._fits: dict[str, Fits] = {}
        self._codes: dict[int, dict[str, dict[str, Any]]] = {}

    def operation(self, method: str, path: str) -> dict[str, Any] | None:
        """The operation that a request was for."""
        parts = path.split("/")
        for shape, operation in self._shapes.get((method, len(parts)), ()):
            if all(mine == theirs or mine.startswith("{") for mine, theirs in zip(shape, parts, strict=True)):
                return operation
        return None

    def problems(self, response: httpx.Response) -> list[str]:
        """What the document does not say of this answer."""
        operation = self.operation(response.request.method, response.request.url.path)
        if operation is None:
            return []
        where = f"{operation['operationId']} {response.status_code}"
        return [f"{where}: {found}" for found in self._found(operation, response)]

    def _found(self, operation: dict[str, Any], response: httpx.Response) -> Iterator[str]:
        kind = response.headers.get("content-type", "").partition(";")[0]
        body: Any = orjson.loads(response.content) if kind.endswith("json") and response.content else None
        if kind == PROBLEM and body["code"] in NO_OPERATION:
            return
        answer = operation["responses"].get(str(response.status_code))
        if answer is None:
            yield f"no such status ({body})"
            return
        told = {name.lower() for name in answer.get("headers", ())}
        yield from (f"header {name}" for name in TOLD_HEADERS & set(response.headers) - told)
        content = answer.get("content", {})
        if not response.content and (not content or response.status_code == 304):
            return
        if kind not in content:
            yield f"type {kind!r} with {response.content[:80]!r}"
        elif body is not None:
            yield from self._body_errors(kind, content[kind]["schema"], body)

    def _body_errors(self, kind: str, schema: dict[str, Any], body: Any) -> Iterator[str]:
        if kind == PROBLEM:
            found = self._problems(schema).get(body["code"])
            if found is None:
                yield f"no such code: {body['code']}"
                return
            schema = found
        pointer = json.dumps(schema, sort_keys=True)
        if pointer not in self._fits:
            self._fits[pointer] = self._fitting.of(_closed(schema))
        if not self._fits[pointer](body):
            for error in self._validator(pointer).iter_errors(body):
                yield f"{error.json_path}: {error.message[:200]}"

    def _problems(self, schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """The references to the problems of an answer by their codes. The document outlives this, and its ids."""
        if id(schema) not in self._codes:
            codes = codes_of(self.document, schema)
            self._codes[id(schema)] = {code: _reference_to(self.document, schema, code) for code in codes}
        return self._codes[id(schema)]

    def _validator(self, pointer: str) -> Validator:
        if pointer not in self._validators:
            schema = _closed(json.loads(pointer))
            self._validators[pointer] = Draft202012Validator(schema, registry=self._registry)
        return self._validators[pointer]


def _reference_to(document: Document, schema: dict[str, Any], code: str) -> dict[str, Any]:
    for choice in schema.get("oneOf", [schema]):
        if resolved(document, choice)["properties"]["code"]["const"] == code:
            found: dict[str, Any] = choice
            return found
    raise AssertionError(code)


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """A copy of the schema that forbids what it does not name."""
    closed: dict[str, Any] = json.loads(json.dumps(schema))
    _close(closed)
    return closed


def _close(node: Any) -> None:
    """Forbid members that the schema does not name, and point references at the document."""
    if isinstance(node, dict):
        if "properties" in node and not node.keys() & {"additionalProperties", "oneOf", "anyOf", "allOf"}:
            node["additionalProperties"] = False
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/"):
            node["$ref"] = f"{BASE}{reference}"
        for inner in node.values():
            _close(inner)
    elif isinstance(node, list):
        for inner in node:
            _close(inner)


@cache
def contract() -> Contract:
    """The repository's own."""
    return Contract(json.loads((ROOT / "docs/openapi.json").read_text()))


class Watch:
    """What was found since the last look."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def look(self, response: httpx.Response) -> None:
        """Hold one answer against the contract. Only ours carry both headers."""
        if "x-process-time" in response.headers and "x-request-id" in response.headers and response.is_closed:
            self.found += contract().problems(response)

    def taken(self) -> list[str]:
        """What was found, once."""
        found, self.found = self.found, []
        return found


WATCH: Final = Watch()


def install() -> None:
    """Look at every answer that httpx gets in this process."""
    httpx.AsyncClient.send = _async_watched(httpx.AsyncClient.send)  # type: ignore[method-assign]
    httpx.Client.send = _watched(httpx.Client.send)  # type: ignore[method-assign]


def _async_watched(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    async def watched(*arguments: Any, **options: Any) -> httpx.Response:
        response: httpx.Response = await send(*arguments, **options)
        WATCH.look(response)
        return response

    return watched


def _watched(send: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(send)
    def watched(*arguments: Any, **options: Any) -> httpx.Response:
        response: httpx.Response = send(*arguments, **options)
        WATCH.look(response)
        return response

    return watched
