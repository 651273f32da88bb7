"""Request counts: a dictionary look-up and five additions for each request."""

from typing import Any, Final

from src.core.observing.context import METHODS, OTHER, route_of
from src.core.observing.families import Counter, Histogram
from src.core.observing.metrics import REQUEST_SECONDS, REQUESTS

_known: Final[dict[tuple[Any, str, int], tuple[Counter, Histogram]]] = {}


def answered(scope: Any, status: int, seconds: float) -> None:
    """Count an answered request. The status is 500 where no response was sent."""
    route = scope.get("route")
    # Keyed by the route's identity: routes are not hashable, and they live as long as the process.
    key = (route_of(scope) if route is None else id(route), METHODS.get(scope["method"], OTHER), status)
    found = _known.get(key)
    if found is None:
        template = route_of(scope)
        found = _known[key] = (
            REQUESTS.of(key[1], template, str(status)),
            REQUEST_SECONDS.of(key[1], template),
        )
    found[0].cells[0] += 1
    found[1].observe(seconds)
