"""Authentication of every route that needs a signed-in caller."""

from dataclasses import replace

from src.app.auth.services.sessions import sessions, tokens
from src.common import clock
from src.common.exceptions.general import NotAllowed
from src.common.identity import Identity
from src.core.configs import settings


class SessionGate:
    """Reads a Bearer token's session: one round trip to Redis, none for a token that the shop did not sign."""

    async def member(self, authorization: str) -> Identity:
        """Return the member of the header's token. Raises InvalidToken, NotAllowed (staff), SessionStoreUnavailable.

        Near the token's expiry the identity carries a new one for the response (``X-New-Token``).
        """
        claims = _claims(authorization)
        identity = await _only("member", claims)
        left = claims.expires_at - clock.now().timestamp()
        if left > settings().identity.new_token_within_seconds:
            return identity
        return replace(identity, new_token=tokens.new_access(claims))

    async def staff(self, authorization: str) -> Identity:
        """Return the staff member of the header's token. Raises InvalidToken, NotAllowed (a member),
        SessionStoreUnavailable."""
        return await _only("staff", _claims(authorization))


def _claims(authorization: str) -> tokens.Claims:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise tokens.refused()
    return tokens.read(token.strip(), typ="access")


async def _only(kind: tokens.AccountKind, claims: tokens.Claims) -> Identity:
    identity = await sessions.identity_of(claims)
    if identity is None:
        raise tokens.refused()
    if identity.kind != kind:
        raise NotAllowed
    return identity
