"""Build the OpenAPI document: FastAPI's, plus errors, headers and security schemes of our routes.

It is built at the first request for it and not at the start, because it takes about a second.
"""

from collections.abc import Iterator
from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from src.common.exceptions.base import AppError
from src.common.exceptions.general import (
    BadRequestLine,
    BodyTooLarge,
    DatabaseIsBusy,
    DatabaseUnavailable,
    HostNotAllowed,
    IdempotencyInProgress,
    IdempotencyKeyRequired,
    IdempotencyKeyReused,
    IfMatchRequired,
    InternalError,
    InvalidToken,
    MalformedJson,
    MultipartExpected,
    NotAllowed,
    NotSignedIn,
    PasswordChangeRequired,
    SecondFactorRequired,
    SessionStoreUnavailable,
    StaleEdit,
    UnsupportedMediaType,
    ValidationFailed,
    ValueRefused,
)
from src.common.http.routing import API, Route, policy_of
from src.common.identity import Policy
from src.common.openapi import callers, enums, examples, headers, schemas
from src.common.openapi.marks import Told, told_by, told_within
from src.common.openapi.problems import Problems
from src.common.openapi.schemas import Schema
from src.common.openapi.tags import TAGS

BY_HEADER: Final[dict[str, tuple[type[AppError], ...]]] = {
    "Idempotency-Key": (IdempotencyKeyRequired, IdempotencyKeyReused, IdempotencyInProgress),
    "If-Match": (IfMatchRequired, StaleEdit),
}
FASTAPIS: Final = ("HTTPValidationError", "ValidationError")
SERVERS: Final = ({"url": "/", "description": "Where this document was read."},)


def document_of(app: FastAPI) -> dict[str, Any]:
    """Return the document of an app whose routes are `Route`. It does not depend on the settings."""
    made = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version=app.openapi_version,
        description=app.description,
        routes=app.routes,
        tags=[dict(tag) for tag in TAGS if tag["name"] in _used(app)],
        servers=[dict(server) for server in SERVERS],
    )
    examples.with_nulls(made)
    schemas.without_derived_titles(made)
    schemas.with_spoken_defaults(made)
    schemas.with_plain_names(made)
    components = made["components"]
    for name in FASTAPIS:
        components["schemas"].pop(name, None)
    problems = Problems(components["schemas"])
    routes = _routes(app)
    for path, method, operation in schemas.operations(made):
        _complete(operation, routes[path, method], problems)
    enums.name_all(made)
    components["examples"] = problems.examples
    components["headers"] = headers.HEADERS
    components["securitySchemes"] = callers.SCHEMES
    return made


def errors_of(route: Route) -> list[type[AppError]]:
    """Return all errors that a route may answer: declared by it or its dependencies, or implied by its signature."""
    policy = policy_of(route.dependant)
    errors: list[type[AppError]] = [*route.errors]
    for told in _told(route):
        errors += told.errors
    for header in _header_names(route.dependant):
        errors += BY_HEADER.get(header, ())
    errors += [HostNotAllowed, ValidationFailed, InternalError]
    if route.path.startswith(API):
        errors += [DatabaseUnavailable, DatabaseIsBusy]
    if route.methods != {"GET"}:
        errors += [BodyTooLarge, BadRequestLine]
        errors += [ValueRefused] if route.path.startswith(API) else []
    if route.takes_forms:
        errors += [MultipartExpected]
    elif route.body_field is not None:
        errors += [MalformedJson, UnsupportedMediaType]
    return errors + _refusals(policy)


def _refusals(policy: Policy | None) -> list[type[AppError]]:
    if policy is None or policy.kind == "guest":
        return []
    errors: list[type[AppError]] = [InvalidToken, NotAllowed, SessionStoreUnavailable]
    if policy.kind != "shopper":
        errors.append(NotSignedIn)
    if policy.kind == "staff":
        errors += [PasswordChangeRequired] if "password" not in policy.for_limited else []
        errors += [SecondFactorRequired] if "second_factor" not in policy.for_limited else []
    return errors


def _complete(operation: Schema, route: Route, problems: Problems) -> None:
    parameters = operation.get("parameters", [])
    policy = policy_of(route.dependant)
    headers.ask(parameters)
    operation["security"] = callers.security(policy, parameters, told_by(route.endpoint).shows)
    for media in schemas.contents(operation):
        if media.get("schema") == {}:  # an endpoint that returns None with a status that allows a body
            media["schema"] = dict(schemas.NULL)
    operation["responses"].pop("422", None)  # FastAPI's own form, which `common.handlers` replaces
    for status, answer in problems.answers(operation["operationId"], errors_of(route)).items():
        known = operation["responses"].setdefault(status, {"description": answer["description"]})
        known["content"] = {**known.get("content", {}), **answer["content"]}
    on_success = [header for told in _told(route) for header in told.headers]
    if "Idempotency-Key" in _header_names(route.dependant):
        on_success.append("Idempotency-Replayed")
    if policy is not None and policy.kind == "member" and policy.renews:
        on_success.append("X-New-Token")
    if route.ending is not None:
        operation["description"] = f"{route.ending.words()}\n\n{operation.get('description', '')}".strip()
    headers.answer(operation["responses"], on_success=on_success, ending=route.ending)


def _told(route: Route) -> Iterator[Told]:
    yield from told_within(route.endpoint)
    for dependant in _all(route.dependant):
        yield told_by(dependant.call)


def _all(dependant: Dependant) -> Iterator[Dependant]:
    for inner in dependant.dependencies:
        yield inner
        yield from _all(inner)


def _header_names(dependant: Dependant) -> set[str]:
    return {field.alias for each in (dependant, *_all(dependant)) for field in each.header_params}


def _routes(app: FastAPI) -> dict[tuple[str, str], Route]:
    found: dict[tuple[str, str], Route] = {}
    for context in iter_route_contexts(app.routes):
        if isinstance(context.original_route, Route):
            for method in context.methods or ():
                found[cast("str", context.path_format), method.lower()] = context.original_route
    return found


def _used(app: FastAPI) -> set[str]:
    return {str(tag) for route in _routes(app).values() for tag in route.tags}
