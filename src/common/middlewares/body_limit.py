"""Refuse bodies over the limit: at once by their declared length, or by counting bytes if none is declared."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src.common.exceptions.general import BodyTooLarge
from src.common.handlers.problems import problem_response


class BodyLimit:
    """Answer 413 BODY_TOO_LARGE above `limit` bytes, or above the path's limit in `own` (a path that ends with a slash
    stands for all paths below it). The app's own response to a truncated body is discarded.
    """

    def __init__(self, app: ASGIApp, *, limit: int, own: Mapping[str, int] | None = None) -> None:
        self.app = app
        self.limit = limit
        self.own = {path: own_limit for path, own_limit in (own or {}).items() if not path.endswith("/")}
        self.below = tuple((path, own_limit) for path, own_limit in (own or {}).items() if path.endswith("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit_of(scope["path"])
        is_undeclared = False
        for name, value in scope["headers"]:
            if name == b"content-length" and (not value.isdigit() or int(value[:19]) > limit):
                await self._refuse(limit, scope, receive, send)
                return
            is_undeclared = is_undeclared or name == b"transfer-encoding"
        if is_undeclared:
            await self._count(limit, scope, receive, send)
        else:  # the server passes on as many bytes as were declared; with neither header there is no body
            await self.app(scope, receive, send)

    async def _count(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        seen = 0
        has_started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > limit else message

        async def unless_refused(message: Message) -> None:
            nonlocal has_started
            if seen <= limit or has_started:
                has_started = True
                await send(message)

        try:
            await self.app(scope, counted, unless_refused)
        except Exception:
            if seen <= limit or has_started:
                raise
        if seen > limit and not has_started:
            await self._refuse(limit, scope, receive, send)

    def _limit_of(self, path: str) -> int:
        for below, limit in self.below:
            if path.startswith(below):
                return limit
        return self.own.get(path, self.limit)

    async def _refuse(self, limit: int, scope: Scope, receive: Receive, send: Send) -> None:
        await problem_response(BodyTooLarge(limit=limit), scope)(scope, receive, send)
