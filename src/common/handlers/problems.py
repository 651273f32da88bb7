"""The only place that turns errors into ``application/problem+json``."""

from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Scope

from src.common.exceptions.base import AppError
from src.common.logs.context import request_id


def language_of(scope: Scope) -> str:
    """Return "en" if ``Accept-Language`` begins with English, else "ko"."""
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return "en" if value[:2].lower() == b"en" else "ko"
    return "ko"


def problem_body(error: AppError, scope: Scope, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """Return the members of the problem. `instance` is the path without the query, which may hold personal data."""
    return {
        "type": "about:blank",
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "detail": error.detail(language_of(scope)),
        "instance": scope["path"],
        "request_id": request_id.get(),
        "errors": errors or [],
        **error.extras,
    }


def problem_bytes(error: AppError, scope: Scope, errors: list[dict[str, str]] | None = None) -> bytes:
    """Return the problem as JSON. Invalid Unicode in the path is replaced, so that it never raises an error."""
    body = problem_body(error, scope, errors)
    try:
        return orjson.dumps(body, default=_plain)
    except TypeError:
        body["instance"] = body["instance"].encode("utf-8", "replace").decode()
        return orjson.dumps(body, default=_plain)


def problem_response(error: AppError, scope: Scope, errors: list[dict[str, str]] | None = None) -> Response:
    """Return the problem as a response with the error's own headers."""
    return Response(
        problem_bytes(error, scope, errors),
        status_code=error.status,
        headers=error.headers,
        media_type="application/problem+json",
    )


def _plain(value: Any) -> Any:
    """Serialise extras that are pydantic models, as the new quote in PRICE_CHANGED."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    raise TypeError
