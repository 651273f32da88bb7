"""Re-authentication before risky actions.

A session is fresh for ``REAUTHENTICATION_SECONDS`` after its password was given again, or after it was opened: signing
in, also by a social provider, is the same proof. Members without a password can sign in again.
"""

from src.app.auth.dtos.recovery import Reauthentication
from src.app.auth.errors import ReauthenticationRequired, WrongPassword
from src.app.auth.services.credentials import passwords, recovery_limits
from src.app.auth.services.sessions import accounts
from src.app.auth.services.sessions.accounts import Account
from src.app.auth.services.sessions.sessions import session_store
from src.common import clock
from src.common.exceptions.general import InvalidToken
from src.common.identity import Identity
from src.core.configs import settings
from src.core.redis import redis


async def reauthenticate(body: Reauthentication, *, by: Identity) -> None:
    """Make this session fresh. Raises WrongPassword, TooManyAttempts, SessionStoreUnavailable."""
    await check_password(by, body.password.get_secret_value())
    await mark_fresh(by.session_id)


async def mark_fresh(session_id: str) -> None:
    """Let `require_fresh` accept this session for ``REAUTHENTICATION_SECONDS``. The mark expires by itself."""
    with session_store():
        await redis().set(_fresh(session_id), 1, ex=settings().identity.reauthentication_seconds)


async def require_fresh(by: Identity, password: str | None = None) -> None:
    """Raise ReauthenticationRequired unless the session is fresh, or this is the member's password.

    With a password it acts as `reauthenticate`. Registered as the user domain's `Reauthentication`.
    """
    if password is not None:
        await check_password(by, password)
        return
    with session_store():
        is_marked = bool(await redis().exists(_fresh(by.session_id)))
        opened = None if is_marked else await redis().hget(f"session:{by.session_id}", "created")
    if is_marked:
        return
    if opened is None or clock.now().timestamp() - int(opened) >= settings().identity.reauthentication_seconds:
        raise ReauthenticationRequired


async def check_password(by: Identity, password: str) -> Account:
    """Return the caller's account if this is its password. Guesses by a stolen session are limited for each account.

    The limit is checked again after the password, so that simultaneous guesses learn no more than it allows.
    Raises WrongPassword (also where the account has none), TooManyAttempts, InvalidToken if the account no longer
    exists.
    """
    await recovery_limits.check_password(by.key)
    account = await accounts.by_id("staff" if by.kind == "staff" else "member", by.id or 0)
    if account is None:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
    if not await passwords.matches(password, account.password_hash or None):
        await recovery_limits.count_password(by.key)
        raise WrongPassword
    await recovery_limits.check_password(by.key)
    return account


def _fresh(session_id: str) -> str:
    return f"fresh:{session_id}"
