"""Which request is under way, for what is told far from it: slow statements, failures, traces, work that it left behind."""

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
    """A name for a request that brought none, or for a run that nobody asked for."""
    return secrets.token_hex(13)


@contextmanager
def under(own_id: str) -> Iterator[None]:
    """What happens in the body goes back to this request; where it is empty, to the one under way. For work that is done
    after the answer: its log lines, the rows that it writes and the requests that it sends carry the id."""
    token = request_id.set(own_id or request_id.get())
    try:
        yield
    finally:
        request_id.reset(token)


def route_of(scope: Any) -> str:
    """The template of the route that a request met (``/api/v1/orders/{order_no}``), "other" where it met none.

    Never the path itself: that may be personal, and strangers would make a new figure with each address they try.
    """
    path: str = scope["path"]
    if path.startswith(MOUNTS):  # the simulators have routes of their own
        return next((mount for mount in MOUNTS if path == mount or path.startswith(f"{mount}/")), OTHER)
    route = scope.get("route")
    return OTHER if route is None else str(route.path)


def current_route() -> str:
    """The route of the request under way, empty outside one."""
    scope = request_scope.get()
    return "" if scope is None else route_of(scope)
