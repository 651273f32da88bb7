"""CORS that costs a request without an ``Origin`` next to nothing: most come from servers, apps and our own pages."""

from typing import Any, Final

from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Message, Receive, Scope, Send

VARY: Final = b"vary"
ORIGIN: Final = (VARY, b"Origin")


class Cors(CORSMiddleware):
    """Starlette's middleware; without an ``Origin`` it would only add ``Vary: Origin``, which is done here."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        for name, _ in scope["headers"]:
            if name == b"origin":
                await super().__call__(scope, receive, send)
                return

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _varied(message.get("headers", ()))
            await send(message)

        await self.app(scope, receive, varied)


def _varied(headers: Any) -> list[tuple[bytes, bytes]]:
    """Return the headers with ``Origin`` added to what the response varies by, as one header."""
    kept = [pair for pair in headers if pair[0] != VARY]
    if len(kept) == len(headers):
        kept.append(ORIGIN)
    else:
        others = [value for name, value in headers if name == VARY]
        kept.append((VARY, b", ".join([*others, b"Origin"])))
    return kept
