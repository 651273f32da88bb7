"""Call the endpoint of a well-formed request directly. FastAPI's own handler costs an order a quarter of its CPU.

The plan of a call is made once for each route. FastAPI's handler answers whatever is not valid, so that its errors and
their order stay its own: nothing has been called before all values are known to be valid.
"""

from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import Any, Final

from fastapi import Request, Response, params
from fastapi._compat import ModelField, field_annotation_is_sequence
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import _get_param_aliases, _get_param_model, _is_json_field
from fastapi.routing import APIRoute, serialize_response

Handler = Callable[[Request], Awaitable[Response]]

WITH_BODY: Final = frozenset({None, 200, 201, 202})
JSON: Final = "application/json"


class _Invalid(Exception):
    """A value is not valid, or not of the form that is handled here."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A function and what it takes from the request: each value with its attribute of the request and its alias."""

    name: str | None
    call: Callable[..., Awaitable[Any]]
    values: tuple[tuple[str, str, ModelField], ...]
    request_name: str | None

    def arguments(self, request: Request) -> dict[str, Any]:
        """Return the valid values by name. Raises _Invalid."""
        found = {field.name: _valid(field, getattr(request, source).get(alias)) for source, alias, field in self.values}
        if self.request_name is not None:
            found[self.request_name] = request
        return found


def direct(route: APIRoute, otherwise: Handler) -> Handler:
    """Return a handler that calls the route's endpoint directly, or `otherwise` where a request or route needs more.

    Handled are routes with one JSON body or none, values that are no lists or models, and dependencies that are
    coroutine functions without dependencies of their own.
    """
    endpoint = _plan(route.dependant)
    inner = route.dependant.dependencies
    before = [plan for one in inner if not one.dependencies and (plan := _plan(one)) is not None]
    if endpoint is None or len(before) < len(inner) or not _is_plain(route):
        return otherwise
    body = route.dependant.body_params[0] if route.dependant.body_params else None
    response_name, status = route.dependant.response_param_name, route.status_code

    async def handle(request: Request) -> Response:
        try:
            values = endpoint.arguments(request)
            if body is not None:
                values[body.name] = await _body(request, body)
            asked = [plan.arguments(request) for plan in before]
        except Exception:  # noqa: BLE001 - whatever it was, FastAPI comes to it again and answers it
            return await otherwise(request)
        for plan, arguments in zip(before, asked, strict=True):
            found = await plan.call(**arguments)
            if plan.name is not None:
                values[plan.name] = found
        own = None
        if response_name is not None:
            own = values[response_name] = Response()
            del own.headers["content-length"]
            own.status_code = None  # type: ignore[assignment] # FastAPI's sign for: not set
        answer = await endpoint.call(**values)
        if isinstance(answer, Response):
            return answer
        content = await serialize_response(field=route.response_field, response_content=answer, dump_json=True)
        response = Response(content, (own and own.status_code) or status or 200, media_type=JSON)
        if own is not None:
            response.headers.raw.extend(own.headers.raw)
        return response

    return handle


def _is_plain(route: APIRoute) -> bool:
    """Return True if nothing about the route's answer or body needs FastAPI's handler."""
    inner = route.dependant.dependencies
    return (
        route.dependency_overrides_provider is None
        and isinstance(route.response_class, DefaultPlaceholder)
        and route.response_field is not None
        and route.status_code in WITH_BODY
        and not route.response_model_exclude_unset
        and not route.response_model_exclude_defaults
        and not route.response_model_exclude_none
        and route.response_model_include is None
        and route.response_model_exclude is None
        and route.response_model_by_alias
        and len({dependency.call for dependency in inner}) == len(inner)  # none is called once for two
        and (route.body_field is None or _is_one_json_body(route))
    )


def _is_one_json_body(route: APIRoute) -> bool:
    """Return True if the whole body is one value; forms and files have classes of their own."""
    bodies = route.dependant.body_params
    return len(bodies) == 1 and not route._embed_body_fields and type(bodies[0].field_info) is params.Body  # noqa: SLF001


def _plan(dependant: Dependant) -> _Call | None:
    """Return the plan of a call, or None if it takes something that is not handled here."""
    call = dependant.call
    others = (
        dependant.websocket_param_name,
        dependant.http_connection_param_name,
        dependant.background_tasks_param_name,
        dependant.security_scopes_param_name,
        dependant.concurrency,
    )
    if call is None or any(others) or not _is_coroutine(call):
        return None
    groups = {
        "path_params": dependant.path_params,
        "query_params": dependant.query_params,
        "headers": dependant.header_params,
        "cookies": dependant.cookie_params,
    }
    fields = [(source, field) for source, group in groups.items() for field in group]
    if not all(_is_single(field) for _, field in fields):
        return None
    values = tuple((source, _get_param_aliases(field)[0][1], field) for source, field in fields)
    return _Call(dependant.name, call, values, dependant.request_param_name)


def _is_coroutine(call: Callable[..., Any]) -> bool:
    return iscoroutinefunction(call) or iscoroutinefunction(type(call).__call__)


def _is_single(field: ModelField) -> bool:
    return (
        _get_param_model(field) is None
        and not _is_json_field(field)
        and not field_annotation_is_sequence(field.field_info.annotation)
        and len(_get_param_aliases(field)) == 1
    )


def _valid(field: ModelField, value: Any) -> Any:
    """Return the valid value of a field, its default where the request has none. Raises _Invalid."""
    if value is None:
        if field.field_info.is_required():
            raise _Invalid
        value = deepcopy(field.default)
        if not field.field_info.validate_default:
            return value
    found, errors = field.validate(value, {}, loc=())
    if errors:
        raise _Invalid
    return found


async def _body(request: Request, field: ModelField) -> Any:
    """Return the valid JSON body. Raises _Invalid for other types and for no body at all."""
    essence = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if essence != JSON or not await request.body():
        raise _Invalid
    found, errors = field.validate(await request.json(), {}, loc=("body",))
    if errors:
        raise _Invalid
    return found
