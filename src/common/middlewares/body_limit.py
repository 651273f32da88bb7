"""Refuse bodies over the limit, by their declared length at once and by counting where none is declared."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from src.common.exceptions.general import BodyTooLarge
from src.common.handlers.problems import problem_response


class BodyLimit:
    """413 BODY_TOO_LARGE above `limit` bytes. What the app would answer to a body cut short is thrown away."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        for name, value in scope["headers"]:
            if name == b"content-length" and (not value.isdigit() or int(value[:19]) > self.limit):
                await self._refuse(scope, receive, send)
                return
        seen = 0
        has_started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > self.limit else message

        async def unless_refused(message: Message) -> None:
            nonlocal has_started
            if seen <= self.limit or has_started:
                has_started = True
                await send(message)

        try:
            await self.app(scope, counted, unless_refused)
        except Exception:
            if seen <= self.limit or has_started:
                raise
        if seen > self.limit and not has_started:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await problem_response(BodyTooLarge(limit=self.limit), scope)(scope, receive, send)
