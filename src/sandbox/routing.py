"""Find the endpoint of a request with few comparisons: every purchase of a load test makes half a dozen requests."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

Answering = Callable[[Request, Exception], Awaitable[Response]]


class Direct:
    """Runs the endpoint of a request that a route matches, and answers its refusals. `inner`, with the same routes and
    Starlette's layers around them, answers all other requests: a wrong path or method, a path without its slash.

    A request is compared only with the routes whose path has the same first word. Endpoints are coroutine functions.
    """

    def __init__(
        self,
        routes: Sequence[BaseRoute],
        *,
        inner: ASGIApp,
        refusing: tuple[type[Exception], ...],
        answer: Answering,
    ) -> None:
        self._inner, self._refusing, self._answer = inner, refusing, answer
        self._parts: defaultdict[str, list[BaseRoute]] = defaultdict(list)
        for route in routes:
            self._parts[_first_word(getattr(route, "path", ""))].append(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        word = _first_word(scope["path"].removeprefix(scope["root_path"])) if scope["type"] == "http" else ""
        for route in self._parts.get(word, ()):
            match, found = route.matches(scope)
            if match is Match.FULL:
                scope.update(found)
                await self._run(scope, receive, send)
                return
        await self._inner(scope, receive, send)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            response: Response = await scope["endpoint"](request)
        except self._refusing as error:
            response = await self._answer(request, error)
        await response(scope, receive, send)


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
