"""Browser parts of the auth routes: the refresh cookie, and the Origin check of requests that send it."""

from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Cookie, Depends, Request, Response

from src.app.auth.dtos.responses import TokenRead
from src.app.auth.services.sessions.tokens import AccountKind, Tokens
from src.common.exceptions.general import OriginNotAllowed
from src.common.openapi.marks import tells
from src.core.configs import settings

COOKIES: Final[dict[AccountKind, tuple[str, str]]] = {
    "member": ("refresh_token", "/api/v1/auth"),
    "staff": ("staff_refresh", "/api/v1/admin/auth"),
}

MemberCookie = Annotated[str | None, Cookie(alias="refresh_token", description="Set by sign-in and refresh.")]
StaffCookie = Annotated[str | None, Cookie(alias="staff_refresh", description="Set by sign-in and refresh.")]


def hand_over(tokens: Tokens, response: Response, *, kind: AccountKind) -> TokenRead:
    """Put the refresh token into its cookie and return the body. Without "remember me" it is a session cookie."""
    name, path = COOKIES[kind]
    response.set_cookie(
        name,
        tokens.refresh,
        max_age=tokens.refresh_seconds if tokens.is_remembered else None,
        path=path,
        secure=_is_secure(),
        httponly=True,
        samesite=settings().security.cookie_samesite,
    )
    return TokenRead(access_token=tokens.access, expires_in=tokens.access_seconds)


def take_back(response: Response, *, kind: AccountKind) -> None:
    """Make the browser delete the refresh cookie."""
    name, path = COOKIES[kind]
    response.delete_cookie(
        name, path=path, secure=_is_secure(), httponly=True, samesite=settings().security.cookie_samesite
    )


@tells(OriginNotAllowed)
async def _allowed_origin(request: Request) -> None:
    """Check the Origin. Raises OriginNotAllowed for one that is neither in the allow-list nor the request's host."""
    origin = request.headers.get("origin")
    if origin is None or origin in settings().server.cors_origins:
        return
    host = request.headers.get("host", "")
    if not host or not origin.startswith(("http://", "https://")) or _place(origin) != host.lower():
        raise OriginNotAllowed


AllowedOrigin = Depends(_allowed_origin)


def _place(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _is_secure() -> bool:
    """Return True outside local, and with ``SameSite=None``, which browsers accept only on secure cookies."""
    return not settings().is_local or settings().security.cookie_samesite == "none"
