"""The route class of every router: checks the policy first, refuses unknown query parameters, parses JSON strictly.

FastAPI reads the body before it solves dependencies. A caller without permission must not learn the form of the body
from a 400 or 422, so the policy of the signature is checked here, before the body is read.
"""

import contextlib
import json
from collections.abc import Callable, Coroutine
from functools import cache
from inspect import isclass
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.utils import create_model_field
from pydantic import BaseModel
from starlette.routing import Match
from starlette.types import Scope

from src.common.exceptions.general import (
    MultipartExpected,
    NotAllowed,
    NotSignedIn,
    PasswordChangeRequired,
    SecondFactorRequired,
    UnsupportedMediaType,
)
from src.common.http.direct_calls import direct
from src.common.identity import GUEST, Gate, Identity, Policy
from src.common.openapi.endings import ending_of, telling
from src.common.openapi.summaries import summary_of
from src.core.observing.metrics import CACHE_READS

API = "/api/v1"
REMEMBERED, FORGOTTEN = CACHE_READS.of("me", "hit"), CACHE_READS.of("me", "miss")


class StrictRequest(Request):
    """A request with strict JSON: no NaN, no invalid UTF-8, no unlimited nesting (orjson refuses all three), and no
    duplicate name in one object, because parsers silently keep only one of the values."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            body = await self.body()
            found = orjson.loads(body)
            _refuse_repeated_names(body)
            self._json = found
        return self._json


def _refuse_repeated_names(body: bytes) -> None:
    """Raise JSONDecodeError if a name occurs twice in one object. The body is JSON in UTF-8."""
    with contextlib.suppress(RecursionError):  # nested too deeply for any of our models: validation refuses it
        LOOK.decode(body.decode())


def _look(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) < len(pairs):
        raise json.JSONDecodeError("a name is there twice", "", 0)


LOOK = json.JSONDecoder(object_pairs_hook=_look)


class Route(APIRoute):
    """A route that checks its `Policy` and refuses unknown query parameters and bodies that are not JSON.

    Starlette tries routes one after the other. `matches` compares the path before the first parameter first, at a tenth
    of the cost of the regular expression, which then runs for few routes only.

    `errors` are those that the route declares; `common.openapi` adds those that follow from the signature. The summary
    is the first sentence of the endpoint's docstring.
    """

    takes_forms = False
    closes_query = True

    def __init__(
        self,
        path: str,
        endpoint: Callable[..., Any],
        *,
        responses: dict[int | str, dict[str, Any]] | None = None,
        **options: Any,
    ) -> None:
        answers = responses or {}
        self.errors = tuple(error for answer in answers.values() for error in answer.get("errors", ()))
        others = {status: answer for status, answer in answers.items() if "errors" not in answer}
        models = {status: answer["model"] for status, answer in others.items() if "model" in answer}
        # Without "model" FastAPI builds no serializers for these responses; `response_fields` gives it their schemas.
        without = {status: {key: answer[key] for key in answer if key != "model"} for status, answer in others.items()}
        ending = ending_of(endpoint)
        if ending is not None:
            options["deprecated"] = True
        options["summary"] = options.get("summary") or summary_of(endpoint.__doc__)
        super().__init__(path, endpoint, responses=without, **options)
        self.response_fields = {status: _documented(model) for status, model in models.items()}
        self.beginning = path.partition("{")[0]
        self.ending = ending
        if ending is not None:
            self.handle = telling(self.handle, ending)  # type: ignore[method-assign,assignment] # no cost for other routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """See Starlette. ``in``, not `startswith`: inside an included router the path begins with its prefix."""
        return super().matches(scope) if self.beginning in scope["path"] else (Match.NONE, {})

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = direct(self, super().get_route_handler())
        policy = policy_of(self.dependant)
        allowed = query_names(self.dependant)
        takes_body = self.body_field is not None

        async def checked(request: Request) -> Response:
            request.state.identity = identity = GUEST if policy is None else await _admit(policy, request)
            if request.scope["query_string"] and self.closes_query:
                _refuse_unknown(request, allowed)
            if takes_body:
                request = StrictRequest(request.scope, request.receive)
                _refuse_other_types(request, forms=self.takes_forms)
            if policy is not None and policy.remembers:
                (REMEMBERED if identity.remembered else FORGOTTEN).add()
            if policy is not None and policy.remembers and identity.remembered:
                response = Response(identity.remembered, media_type="application/json")
            else:
                response = await handle(request)
            if policy is not None and policy.kind == "member" and policy.renews:
                _renew(request, response)
            return response

        return checked


class FormRoute(Route):
    """A route whose body is ``multipart/form-data``. Its own body limit is in `main.body_limits`."""

    takes_forms = True


class OpenQueryRoute(Route):
    """A route that a vendor calls: unknown query parameters are ignored, because the vendor may add some."""

    closes_query = False


@cache
def _documented(model: Any) -> Any:
    """Return the field by which OpenAPI shows this model as an additional response. One field per model."""
    return create_model_field(name=f"Response_{getattr(model, '__name__', 'Any')}", type_=model, mode="serialization")


def policy_of(dependant: Dependant) -> Policy | None:
    """Return the policy that the route's signature declares, or None."""
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Policy):
            return dependency.call
    return None


def query_names(dependant: Dependant) -> frozenset[str]:
    """Return all query parameters of the signature, including those of query models and dependencies."""
    names: set[str] = set()
    for dependency in dependant.dependencies:
        names |= query_names(dependency)
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isclass(annotation) and issubclass(annotation, BaseModel):
            names |= {info.alias or name for name, info in annotation.model_fields.items()}
        else:
            names.add(field.alias)
    return frozenset(names)


async def _admit(policy: Policy, request: Request) -> Identity:
    if policy.kind == "guest":
        return GUEST
    authorization = request.headers.get("authorization")
    if authorization is None:
        if policy.kind == "shopper":
            return GUEST
        raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
    gate: Gate = request.app.state.gate
    if policy.kind != "staff":
        return await gate.member(authorization)
    identity = await gate.staff(authorization)
    if identity.limit and identity.limit not in policy.for_limited:
        raise PasswordChangeRequired if identity.limit == "password" else SecondFactorRequired
    if policy.permission and policy.permission not in identity.permissions:
        await request.app.state.on_denied(identity, request)
        raise NotAllowed
    return identity


def _renew(request: Request, response: Response) -> None:
    """Send a member whose access token expires soon the next one. Routes that end sessions do not (`Policy.renews`)."""
    identity: Identity = request.state.identity
    if identity.new_token:
        response.headers["X-New-Token"] = identity.new_token


def _refuse_unknown(request: Request, allowed: frozenset[str]) -> None:
    unknown = [name for name in dict.fromkeys(request.query_params.keys()) if name not in allowed]
    if unknown:
        errors = [
            {"type": "extra_forbidden", "loc": ("query", name[:64]), "msg": "", "input": None} for name in unknown
        ]
        raise RequestValidationError(errors[:20])


def _refuse_other_types(request: Request, *, forms: bool) -> None:
    essence = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if forms:
        if essence != "multipart/form-data":
            raise MultipartExpected
        return
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if has_body and essence != "application/json" and not essence.endswith("+json"):
        raise UnsupportedMediaType


def new_router(prefix: str = "", *, route_class: type[Route] = Route, **options: Any) -> APIRouter:
    """Return an APIRouter under ``/api/v1`` whose routes are `Route`."""
    return APIRouter(prefix=f"{API}{prefix}", route_class=route_class, **options)


def take_routes(into: APIRouter, *routers: APIRouter) -> None:
    """Add the routes of these routers to `into`, in this order. With `include_router` each would be matched twice."""
    for router in routers:
        into.routes.extend(router.routes)
