"""Find the endpoint of a request with few comparisons: every purchase of a load test makes half a dozen requests."""

from collections import defaultdict
from collections.abc import Sequence

from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send


class Parts(Router):
    """A router that compares a request only with the routes whose path has the same first word."""

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        super().__init__(routes)
        parts: defaultdict[str, list[BaseRoute]] = defaultdict(list)
        for route in routes:
            parts[_first_word(getattr(route, "path", ""))].append(route)
        self._parts = {word: Router(part) for word, part in parts.items()}

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request to the routes of its part; without such a part, answer as any router does."""
        word = _first_word(scope["path"].removeprefix(scope["root_path"])) if scope["type"] == "http" else ""
        part = self._parts.get(word)
        await (super().app if part is None else part.app)(scope, receive, send)


class Below:
    """Passes the requests below `path` to `inner`, as a Mount in `outer` does, and all else to `outer`. Unlike with a
    Mount, a request passes only the middleware of the application that answers it."""

    def __init__(self, path: str, inner: ASGIApp, outer: ASGIApp) -> None:
        self._path = path
        self._inner = inner
        self._outer = outer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or the lifespan."""
        if scope["type"] != "http" or not scope["path"].startswith(f"{self._path}/"):
            await self._outer(scope, receive, send)
            return
        root = scope.get("root_path", "")
        await self._inner({**scope, "app_root_path": root, "root_path": root + self._path}, receive, send)


def _first_word(path: str) -> str:
    return path.partition("/")[2].partition("/")[0]
