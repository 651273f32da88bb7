"""Shared parts of the adapters: one call with a deadline, JSON objects, error words that are safe to log, PKCE."""

import asyncio
import base64
import hashlib
import re
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

import httpx
from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from src.common.vendors import Nonsense, Unreachable
from src.core.configs import Settings
from src.core.http import new_http_client

WORD: Final = re.compile(r"[A-Za-z0-9_.-]{1,40}")
BUSY: Final = frozenset({408, 425, 429})

OUR_FAULT: Final = frozenset(
    {
        "invalid_client",
        "unauthorized_client",
        "redirect_uri_mismatch",
        "unsupported_grant_type",
        "unsupported_response_type",
        "invalid_scope",
        "KOE004",
        "KOE006",
        "KOE010",
        "KOE101",
        "KOE205",
        "KOE303",
        "KOE310",
    }
)
"""Error words for a client, secret or redirect address other than the registered one (docs/vendors/kakao.md#errors)."""


class Wire(BaseModel):
    """Base model: unknown fields are ignored, as outputs may gain fields. Values never reach an error's text."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)


class WireTokens(Wire):
    """The token answer of all three. ``expires_in`` is not read: Naver's is a string, and no access token is kept."""

    access_token: StrictStr
    refresh_token: StrictStr | None = None
    id_token: StrictStr | None = None


W = TypeVar("W", bound=Wire)


class Calls:
    """A pooled client of one vendor with the configured timeouts. The whole call has a deadline, not only each read."""

    def __init__(self, chosen: Settings) -> None:
        connect, read = chosen.social.connect_seconds, chosen.social.read_seconds
        self._deadline = connect + read
        self._client = new_http_client("", headers={"Accept": "application/json"}, read_seconds=read)
        self._client.timeout = httpx.Timeout(read, connect=connect)

    async def close(self) -> None:
        """Close the pool."""
        await self._client.aclose()

    async def send(self, method: str, url: str, **options: Any) -> httpx.Response:
        """Send one request, never repeated. Raises Unreachable, also for statuses that mean "later" or "broken"."""
        try:
            async with asyncio.timeout(self._deadline):
                answer = await self._client.request(method, url, **options)
        except (httpx.HTTPError, TimeoutError) as error:
            raise Unreachable(type(error).__name__) from error
        if answer.status_code >= 500 or answer.status_code in BUSY:
            raise Unreachable(f"HTTP {answer.status_code}")
        return answer


def told(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer. Raises Nonsense."""
    try:
        body = answer.json()
    except (ValueError, RecursionError):  # not chained: the error holds the document
        raise Nonsense(f"HTTP {answer.status_code}, not JSON") from None
    if not isinstance(body, dict):
        raise Nonsense(f"HTTP {answer.status_code}, no object")
    return body


def read(model: type[W], body: Any) -> W:
    """Parse the body as `model`. Raises Nonsense naming the fields, not their values."""
    try:
        return model.model_validate(body)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors(include_input=False)[:5])
        raise Nonsense(f"{model.__name__}: {fields}") from None


def word(value: object) -> str:
    """Return an error word that is safe to log: a description may hold the code, so only a bare word is returned."""
    return value if isinstance(value, str) and WORD.fullmatch(value) else "unreadable"


def challenge_of(verifier: str) -> str:
    """Return PKCE's S256 challenge (RFC 7636, section 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def address(base: str, fields: dict[str, str]) -> str:
    """Return `base` with these query fields."""
    return f"{base}?{urlencode(fields, quote_via=quote, safe='')}"
