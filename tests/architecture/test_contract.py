"""The document is a contract that clients are made of: who may call, how it is called, what comes back."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from src.common.http.routing import Route, policy_of
from src.core.configs import Settings
from src.main import create_app
from tests.architecture.documents import (
    PROBLEM,
    SCHEMAS,
    Document,
    Validators,
    answers,
    codes_of,
    operations,
    problems,
    resolved,
    shown,
)

BEARERS = {"member", "staff"}


def kind_of(route: Route) -> str:
    policy = policy_of(route.dependant)
    return policy.kind if policy else ""


@pytest.fixture(scope="module")
def routes(shop_settings: Settings) -> dict[str, Route]:
    app = create_app(shop_settings, with_runner=False)
    found = [route for route in app.routes if isinstance(route, Route)]
    return {f"{method} {route.path}": route for route in found for method in route.methods or ()}


@pytest.fixture(scope="module")
def document(shop_settings: Settings) -> Document:
    return create_app(shop_settings, with_runner=False).openapi()


@pytest.mark.fault("A1")
def test_every_operation_says_who_may_call_it(document: Document, routes: dict[str, Route]) -> None:
    schemes = document["components"].get("securitySchemes", {})
    assert {name: schemes.get(name, {}).get("scheme") for name in BEARERS} == dict.fromkeys(BEARERS, "bearer")
    wrong = []
    for name, operation in operations(document):
        policy = policy_of(routes[name].dependant)
        wanted = {policy.kind} & BEARERS if policy else set()
        alternatives = operation.get("security")
        if (
            alternatives is None
            or any(scheme not in schemes for each in alternatives for scheme in each)
            or (wanted and [set(each) & BEARERS for each in alternatives] != [wanted])
            or (policy and policy.kind == "guest" and any(BEARERS & set(each) for each in alternatives))
            or (policy and policy.kind == "shopper" and ({} not in alternatives or {"member": []} not in alternatives))
        ):
            wrong.append(name)
    assert wrong == []


@pytest.mark.fault("A1")
@pytest.mark.parametrize(
    ("name", "alternatives"),
    [
        ("GET /api/v1/products", []),
        ("GET /api/v1/me", [{"member": []}]),
        ("GET /api/v1/admin/users", [{"staff": []}]),
        ("GET /api/v1/cart", [{}, {"member": []}, {"cartToken": []}, {"cartCookie": []}]),
        ("GET /api/v1/orders/{order_no}", [{}, {"member": []}, {"guestToken": []}]),
        ("POST /api/v1/auth/refresh", [{"refreshCookie": []}]),
        ("POST /api/v1/admin/auth/refresh", [{"staffRefreshCookie": []}]),
        ("POST /api/v1/webhooks/portone", [{"webhookSignature": []}]),
        ("POST /api/v1/webhooks/tracking", [{"trackingSecret": []}]),
    ],
)
def test_each_kind_of_caller_has_a_scheme(document: Document, name: str, alternatives: list[dict[str, Any]]) -> None:
    security = dict(operations(document))[name].get("security")
    assert security == alternatives


@pytest.mark.fault("A2")
def test_every_problem_is_typed(document: Document) -> None:
    untyped, found = [], 0
    for name, status, answer in answers(document):
        for kind, media in answer.get("content", {}).items():
            if kind != PROBLEM:
                continue
            found += 1
            schema = media.get("schema", {})
            if set(media.get("examples", ())) != set(codes_of(document, schema) if "oneOf" in schema else ()) or any(
                problem["properties"]["status"].get("const") != int(status)
                for problem in codes_of(document, schema).values()
            ):
                untyped.append(f"{name} {status}")
    assert untyped == []
    assert found > 1_300


@pytest.mark.fault("A2")
def test_the_codes_of_an_operation_are_an_enum_with_a_name(document: Document) -> None:
    schemas = document["components"]["schemas"]
    wrong = []
    for name, operation in operations(document):
        identifier = operation["operationId"]
        named = schemas.get(f"{identifier[0].upper()}{identifier[1:]}ErrorCode", {})
        if named.get("enum") != sorted(problems(document, operation)):
            wrong.append(name)
    assert wrong == []


@pytest.mark.fault("A2")
@pytest.mark.parametrize(
    ("name", "code", "members"),
    [
        ("POST /api/v1/orders", "STOCK_SHORT", {"variant_id", "left"}),
        ("POST /api/v1/orders", "PRICE_CHANGED", {"quote"}),
        ("POST /api/v1/auth/sign-in", "TOO_MANY_ATTEMPTS", {"retry_after"}),
        ("PATCH /api/v1/admin/products/{product_id}", "STALE_EDIT", {"version"}),
        ("POST /api/v1/admin/products/import", "SHEET_HEADER_WRONG", {"missing", "unknown", "repeated"}),
        ("POST /api/v1/cart/items", "BODY_TOO_LARGE", {"limit"}),
    ],
)
def test_the_members_beside_a_code_are_named(document: Document, name: str, code: str, members: set[str]) -> None:
    problem = problems(document, dict(operations(document))[name])[code]
    assert members <= set(problem["required"])
    assert all(problem["properties"][member].keys() & {"type", "$ref"} for member in members)


@pytest.mark.fault("A2")
@pytest.mark.parametrize(
    ("code", "is_told"),
    [
        ("INTERNAL_ERROR", lambda route, name: True),
        ("VALIDATION_ERROR", lambda route, name: True),
        ("DATABASE_UNAVAILABLE", lambda route, name: "/api/" in name),
        ("BODY_TOO_LARGE", lambda route, name: not name.startswith("GET ")),
        ("MALFORMED_JSON", lambda route, name: route.body_field is not None and not route.takes_forms),
        ("MULTIPART_EXPECTED", lambda route, name: route.takes_forms),
        ("NOT_AUTHENTICATED", lambda route, name: kind_of(route) in BEARERS),
        ("SESSION_STORE_UNAVAILABLE", lambda route, name: kind_of(route) in ("shopper", *BEARERS)),
    ],
)
def test_what_every_route_adds_is_told(document: Document, routes: dict[str, Route], code: str, is_told: Any) -> None:
    silent = [
        name
        for name, operation in operations(document)
        if is_told(routes[name], name) and code not in problems(document, operation)
    ]
    assert silent == []


@pytest.mark.fault("A2")
def test_every_body_has_a_shape(document: Document) -> None:
    shapeless = [
        f"{name} {status}"
        for name, status, answer in answers(document)
        for media in answer.get("content", {}).values()
        if not media.get("schema")
    ]
    assert shapeless == []


@pytest.mark.fault("A3")
def test_schema_names_are_plain(document: Document) -> None:
    names = list(document["components"]["schemas"])
    assert [name for name in names if not re.fullmatch(r"[A-Z][A-Za-z0-9]+", name)] == []
    folded = Counter(name.casefold() for name in names)
    assert [name for name, count in folded.items() if count > 1] == []


@pytest.mark.fault("A3")
def test_no_schema_is_called_like_its_own_field(document: Document) -> None:
    """A Python client has both as names of one function."""
    snake = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
    own = [
        name
        for name, schema in document["components"]["schemas"].items()
        if snake.sub("_", name).lower() in schema.get("properties", {})
    ]
    assert own == []


@pytest.mark.fault("A4")
def test_operation_ids_are_given_short_and_unique(document: Document, routes: dict[str, Route]) -> None:
    assert [name for name, route in routes.items() if not route.operation_id] == []
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert [each for each in ids if not re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)*", each) or len(each) > 30] == []
    folded = Counter(each.casefold() for each in ids)
    assert [each for each, count in folded.items() if count > 1] == []
    assert dict(operations(document))["POST /api/v1/orders"]["operationId"] == "placeOrder"


@pytest.mark.fault("A5")
def test_the_document_is_valid(document: Document) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


@pytest.mark.fault("A5")
def test_examples_and_defaults_fit_their_schemas(document: Document) -> None:
    validators = Validators(document)
    checked, wrong = 0, []
    for where, schema, value in shown(document):
        checked += 1
        wrong += [f"{where}: {error}" for error in validators.errors(schema, value)]
    assert wrong == []
    assert checked > 1_000


@pytest.mark.fault("A5")
def test_what_a_body_leaves_out_has_no_default_value(document: Document) -> None:
    """A client made of the document would need it, or send it: a PATCH would overwrite what it left out."""
    waiting = [
        media["schema"]
        for _, operation in operations(document)
        for media in operation.get("requestBody", {}).get("content", {}).values()
    ]
    seen: list[dict[str, Any]] = []
    while waiting:
        schema = resolved(document, waiting.pop())
        if schema not in seen:
            seen.append(schema)
            waiting += [*schema.get("properties", {}).values(), *schema.get("anyOf", ()), *schema.get("oneOf", ())]
            waiting += [schema["items"]] if isinstance(schema.get("items"), dict) else []
    assert len(seen) > 100
    assert [schema for schema in seen if "default" in schema] == []


@pytest.mark.fault("A6")
@pytest.mark.parametrize(
    ("header", "code"), [("Idempotency-Key", "IDEMPOTENCY_KEY_REQUIRED"), ("If-Match", "IF_MATCH_REQUIRED")]
)
def test_a_needed_header_is_required(document: Document, header: str, code: str) -> None:
    asked = {
        name: parameter["required"]
        for name, operation in operations(document)
        for parameter in operation.get("parameters", ())
        if parameter["name"] == header
    }
    refused = {name for name, operation in operations(document) if code in problems(document, operation)}
    assert len(refused) > 3
    assert asked == dict.fromkeys(refused, True)


def headers(document: Document, name: str, status: str) -> set[str]:
    answer = resolved(document, dict(operations(document))[name]["responses"][status])
    return {header for header, described in answer.get("headers", {}).items() if resolved(document, described)}


@pytest.mark.fault("A6")
@pytest.mark.parametrize(
    ("name", "status", "header"),
    [
        ("POST /api/v1/cart/items", "200", "X-Cart-Token"),
        ("GET /api/v1/me", "200", "X-New-Token"),
        ("POST /api/v1/orders", "201", "Idempotency-Replayed"),
        ("POST /api/v1/auth/sign-in", "429", "Retry-After"),
        ("GET /api/v1/me", "503", "Retry-After"),
        ("GET /api/v1/me", "401", "WWW-Authenticate"),
        ("GET /api/v1/admin/products/{product_id}", "200", "ETag"),
        ("POST /api/v1/auth/sign-in", "200", "Set-Cookie"),
        ("GET /api/v1/admin/products/export.csv", "200", "Content-Disposition"),
    ],
)
def test_answer_headers_are_documented(document: Document, name: str, status: str, header: str) -> None:
    assert header in headers(document, name, status)


@pytest.mark.fault("A6")
def test_every_answer_has_the_two_headers_that_every_answer_has(document: Document) -> None:
    without = [
        f"{name} {status}"
        for name, status, answer in answers(document)
        if not {"X-Request-ID", "X-Process-Time"} <= answer.get("headers", {}).keys()
    ]
    assert without == []


def inline_enums(document: Document) -> Iterator[str]:
    def look(node: Any, where: str) -> Iterator[str]:
        if isinstance(node, dict):
            if isinstance(node.get("enum"), list):
                yield where
            for key, inner in node.items():
                if key not in ("example", "examples", "default"):
                    yield from look(inner, f"{where}.{key}")
        elif isinstance(node, list):
            for place, inner in enumerate(node):
                yield from look(inner, f"{where}.{place}")

    for name, operation in operations(document):
        yield from look(operation, name)
    for name, schema in document["components"]["schemas"].items():
        yield from look({key: value for key, value in schema.items() if key != "enum"}, name)


@pytest.mark.fault("A6")
def test_every_list_of_words_has_a_name(document: Document) -> None:
    assert list(inline_enums(document)) == []


@pytest.mark.fault("A6")
def test_a_parameter_that_is_left_out_is_not_null(document: Document) -> None:
    nullable = [
        f"{name} {parameter['name']}"
        for name, operation in operations(document)
        for parameter in operation.get("parameters", ())
        if {"type": "null"} in parameter["schema"].get("anyOf", ())
    ]
    assert nullable == []


@pytest.mark.fault("A6")
def test_servers_and_tags_are_told(document: Document) -> None:
    assert [server["url"] for server in document.get("servers", ())] == ["/"]
    used = {tag for _, operation in operations(document) for tag in operation["tags"]}
    told = {tag["name"]: tag.get("description", "") for tag in document.get("tags", ())}
    assert {name for name, text in told.items() if text} == used


def test_references_lead_somewhere(document: Document) -> None:
    def look(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            for inner in node.values():
                yield from look(inner)
        elif isinstance(node, list):
            for inner in node:
                yield from look(inner)

    used = set(look(document))
    assert all(resolved(document, {"$ref": each}) for each in used)
    named = {each.removeprefix(SCHEMAS) for each in used if each.startswith(SCHEMAS)}
    unused = document["components"]["schemas"].keys() - named
    assert {name for name in unused if not name.endswith("ErrorCode")} == {"Problem"}
