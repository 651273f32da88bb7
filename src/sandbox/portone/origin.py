"""Serve PortOne at the root of an origin, as api.portone.io does: PortOne's SDKs drop the path of a base URL."""

from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

PLACE: Final = "/portone"
OWN: Final = ("/portone", "/control", "/inbox", "/oauth", "/sens", "/receiver")
"""Paths of the sandbox, which its pages link to; they are passed on unchanged. PortOne has no such paths."""


class PortOneOrigin:
    """The sandbox with PortOne's paths at the root: `/payments/...` as well as `/portone/payments/...`."""

    def __init__(self, sandbox: ASGIApp) -> None:
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on to the sandbox. Paths of PortOne get the prefix `PLACE`."""
        if scope["type"] == "http" and not _is_own(scope["path"]):
            scope = {**scope, "path": PLACE + scope["path"], "raw_path": PLACE.encode() + scope["raw_path"]}
        await self._sandbox(scope, receive, send)


def _is_own(path: str) -> bool:
    return path in ("", "/") or any(path == part or path.startswith(f"{part}/") for part in OWN)
