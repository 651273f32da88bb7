"""A login id and a password become an account: the same for members and staff."""

from collections.abc import Awaitable, Callable

from src.app.auth.errors import AccountSuspended, BadCredentials
from src.app.auth.services.credentials import passwords
from src.app.auth.services.credentials.throttle import SignInAttempt
from src.app.auth.services.sessions import accounts
from src.app.auth.services.sessions.accounts import Account
from src.common.exceptions import AppError

OnRefusal = Callable[[Account | None, type[AppError]], Awaitable[None]]


async def _nobody_is_told(account: Account | None, why: type[AppError]) -> None:
    """Refused sign-ins of members are counted, not written down."""


async def authenticated(attempt: SignInAttempt, *, password: str, on_refusal: OnRefusal = _nobody_is_told) -> Account:
    """The account, if the password is its. An unknown login id costs and answers the same as a wrong password.

    The limit is looked at again after the check, so that guesses sent all at once learn no more than it allows.
    `on_refusal` is told of each refusal but those by the limit, with the account that was meant, None where there is
    none; it must cost the same for both. Raises TooManyAttempts, BadCredentials, AccountSuspended.
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
