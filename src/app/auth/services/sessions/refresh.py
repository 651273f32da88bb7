"""Continue a session by its refresh token."""

from src.app.auth.errors import SessionRevoked
from src.app.auth.services.sessions import accounts, sessions, tokens
from src.app.auth.services.sessions.tokens import AccountKind, Tokens
from src.common.exceptions.general import NotSignedIn


async def refresh(token: str | None, *, kind: AccountKind) -> Tokens:
    """Return new tokens for the session of this refresh token, which is replaced; see `sessions.rotate` for one that
    was replaced already.

    A token that the shop did not sign as a refresh token of this kind raises InvalidToken and ends nothing. An older
    one, or one of another epoch of the account or of an account that is not active, ends its session: SessionRevoked.
    Without a token: NotSignedIn.
    """
    if token is None:
        raise NotSignedIn(headers={"WWW-Authenticate": "Bearer"})
    claims = tokens.read(token, typ="refresh")
    if claims.kind != kind:
        raise tokens.refused()
    account = await accounts.by_id(kind, claims.account_id)
    if account is None or not account.is_active:
        await sessions.close(kind, claims.account_id, claims.session_id)
        raise SessionRevoked
    return await sessions.rotate(claims, account=account)
