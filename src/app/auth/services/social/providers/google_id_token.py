"""Google's id_token, checked with PyJWT against Google's published keys.

Sources: docs/vendors/google.md#the-id_token; OpenID Connect Core 3.1.3.7.
"""

import asyncio
import hmac
from typing import Annotated, Any, Final

import jwt
from pydantic import Field, StrictBool, StrictStr

from src.app.auth.services.social.providers import wire
from src.app.auth.services.social.providers.wire import Calls, Wire, told
from src.common.vendors import Nonsense, Unreachable

ISSUERS: Final = ("https://accounts.google.com", "accounts.google.com")
LEEWAY_SECONDS: Final = 30  # difference between Google's clock and ours
REQUIRED: Final = ["iss", "aud", "exp", "iat", "sub", "nonce"]


class Claims(Wire):
    """The values read from a token after its checks."""

    sub: Annotated[StrictStr, Field(min_length=1, max_length=255)]
    name: StrictStr | None = None
    email: StrictStr | None = None
    email_verified: StrictBool | None = None
    hd: StrictStr | None = None


class IdTokens:
    """Verifies id_tokens. Keys are cached by ``kid`` and fetched again for an unknown one.

    Tokens come from Google's token endpoint only, so others cannot trigger a fetch. Each fetch replaces all keys: one
    that Google withdrew is dropped then.
    """

    def __init__(self, calls: Calls, certs_url: str, *, audience: str) -> None:
        self._calls = calls
        self._certs_url = certs_url
        self._audience = audience
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetching = asyncio.Lock()

    async def verified(self, token: str, *, nonce: str) -> Claims:
        """Return the claims of an unexpired token that Google signed (only RS256) for this client and this nonce.

        Raises Nonsense, and Unreachable where the keys cannot be fetched.
        """
        try:
            kid = jwt.get_unverified_header(token).get("kid")
        except jwt.PyJWTError as error:
            raise Nonsense(f"id_token: {type(error).__name__}") from None
        key = await self._key(kid if isinstance(kid, str) else "")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=ISSUERS,
                leeway=LEEWAY_SECONDS,
                options={"require": REQUIRED, "strict_aud": True},
            )
        except (jwt.PyJWTError, TypeError, ValueError) as error:
            raise Nonsense(f"id_token: {type(error).__name__}") from None
        if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
            raise Nonsense("id_token: nonce")
        return wire.read(Claims, claims)

    async def _key(self, kid: str) -> jwt.PyJWK:
        if kid not in self._keys:
            async with self._fetching:
                if kid not in self._keys:  # the previous holder of the lock may have fetched it
                    self._keys = await self._fetched()
        if kid not in self._keys:
            raise Nonsense("id_token: unknown key")
        return self._keys[kid]

    async def _fetched(self) -> dict[str, jwt.PyJWK]:
        answer = await self._calls.send("GET", self._certs_url)
        if answer.status_code != 200:
            raise Unreachable(f"certs: HTTP {answer.status_code}")
        listed = told(answer).get("keys")
        if not isinstance(listed, list):
            raise Nonsense("certs: no keys")
        return {key["kid"]: _loaded(key) for key in listed if _is_ours(key)}


def _is_ours(key: Any) -> bool:
    return isinstance(key, dict) and key.get("kty") == "RSA" and isinstance(key.get("kid"), str)


def _loaded(key: dict[str, Any]) -> jwt.PyJWK:
    try:
        return jwt.PyJWK(key, algorithm="RS256")
    except jwt.PyJWTError as error:
        raise Nonsense(f"certs: {type(error).__name__}") from None
