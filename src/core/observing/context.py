"""The current request, for records made far from it: slow statements, failures, traces, background work."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

request_scope: ContextVar[dict[str, Any] | None] = ContextVar("request_scope", default=None)
request_id: ContextVar[str] = ContextVar("request_id", default="")
trace_id: ContextVar[str] = ContextVar("trace_id", default="")

OTHER: Final = "other"
METHODS: Final = {name: name for name in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")}
MOUNTS: Final = ("/media", "/sandbox")


def new_request_id() -> str:
    """Return an id for a request that sent none, or for a run that no request caused."""
    return secrets.token_hex(13)


@contextmanager
def under(own_id: str) -> Iterator[None]:
    """Attribute the body to this request; if empty, to the current one. For work after the response: its log lines, the
    rows that it writes and the requests that it sends carry the id.
    """
    token = request_id.set(own_id or request_id.get())
    try:
        yield
    finally:
        request_id.reset(token)


def route_of(scope: Any) -> str:
    """Return the template of the matched route (``/api/v1/orders/{order_no}``), or "other" without a match.

    The path itself is never returned: it may be personal, and strangers could create a metric per address.
    """
    path: str = scope["path"]
    if path.startswith(MOUNTS):  # the simulators have their own routes
        return next((mount for mount in MOUNTS if path == mount or path.startswith(f"{mount}/")), OTHER)
    route = scope.get("route")
    return OTHER if route is None else str(route.path)


def current_route() -> str:
    """Return the route of the current request, or an empty string."""
    scope = request_scope.get()
    return "" if scope is None else route_of(scope)
