"""Authenticate a login id and a password, for members and staff alike."""

from collections.abc import Awaitable, Callable

from src.app.auth.errors import AccountSuspended, BadCredentials
from src.app.auth.services.credentials import passwords
from src.app.auth.services.credentials.throttle import SignInAttempt
from src.app.auth.services.sessions import accounts
from src.app.auth.services.sessions.accounts import Account
from src.common.exceptions import AppError

OnRefusal = Callable[[Account | None, type[AppError]], Awaitable[None]]


async def _nobody_is_told(account: Account | None, why: type[AppError]) -> None:
    """Do nothing: refused sign-ins of members are counted, not recorded."""


async def authenticated(attempt: SignInAttempt, *, password: str, on_refusal: OnRefusal = _nobody_is_told) -> Account:
    """Return the account if the password is right. An unknown login id takes the same time and answer as a wrong
    password.

    The limit is checked again after the password, so that simultaneous guesses learn no more than it allows.
    `on_refusal` is called for each refusal except those by the limit, with the account of the login id or None; it must
    take the same time for both. Raises TooManyAttempts, BadCredentials, AccountSuspended.
    """
    await attempt.check()
    account = await accounts.by_login_id(attempt.kind, attempt.login_id)
    is_right = await passwords.matches(password, account.password_hash if account else None)
    if account is None or not is_right:
        await on_refusal(account, BadCredentials)
        await attempt.failed()
        raise BadCredentials
    await attempt.check()
    if not account.is_active:
        await on_refusal(account, AccountSuspended)
        raise AccountSuspended
    return account
