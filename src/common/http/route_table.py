"""Find the route of a request among the few that its path's beginning allows, instead of all of them in turn."""

from collections.abc import Iterable
from typing import Final

from fastapi import APIRouter
from starlette.routing import BaseRoute, Match
from starlette.routing import Route as StarletteRoute
from starlette.types import Receive, Scope, Send

from src.common.http.routing import API

ADMIN: Final = f"{API}/admin/"
Key = tuple[str, str]


class RouteTable:
    """The way into a router, put before its own search: `router.middleware_stack`.

    For each method and beginning of a path (three segments, four below ``/admin``) it holds the routes that may match,
    in the router's order, so the first that matches is the router's own choice. Everything else, 404 and 405 too, is
    left to the router. The table is made at the first request: routes must not be added later.
    """

    def __init__(self, router: APIRouter) -> None:
        self._router = router
        self._search = router.middleware_stack
        self._table: dict[Key, list[BaseRoute]] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope.get("root_path"):
            if self._table is None:
                self._table = table_of(self._router.routes)
            for route in self._table.get((scope["method"], head_of(scope["path"])), ()):
                match, child = route.matches(scope)
                if match is Match.FULL:
                    scope.setdefault("router", self._router)
                    scope.update(child)
                    await route.handle(scope, receive, send)
                    return
        await self._search(scope, receive, send)


def head_of(path: str) -> str:
    """Return the beginning of a path by which its routes are found: ``/api/v1/orders``."""
    end = path.find("/", len(ADMIN) if path.startswith(ADMIN) else len(API) + 1)
    return path if end < 0 else path[:end]


def table_of(routes: Iterable[BaseRoute]) -> dict[Key, list[BaseRoute]]:
    """Return the routes by method and beginning. A route whose beginning has a parameter, and what is no plain route
    (a mount, a host), may match any path, so it is in every list.
    """
    table: dict[Key, list[BaseRoute]] = {}
    anywhere: list[BaseRoute] = []
    for route in routes:
        head = head_of(route.path) if isinstance(route, StarletteRoute) else "{"
        if "{" in head or not isinstance(route, StarletteRoute) or route.methods is None:
            anywhere.append(route)
            for others in table.values():
                others.append(route)
            continue
        for method in route.methods:
            table.setdefault((method, head), [*anywhere]).append(route)
    return table
