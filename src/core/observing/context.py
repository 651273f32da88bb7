"""Which request is under way, for what is told far from it: slow statements, failures, traces."""

from contextvars import ContextVar
from typing import Any, Final

request_scope: ContextVar[dict[str, Any] | None] = ContextVar("request_scope", default=None)
trace_id: ContextVar[str] = ContextVar("trace_id", default="")

OTHER: Final = "other"
METHODS: Final = {name: name for name in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")}
MOUNTS: Final = ("/media", "/sandbox")


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
