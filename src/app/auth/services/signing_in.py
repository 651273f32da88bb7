"""Open a session with a login id and a password."""

from src.app.auth.dtos.requests import SignIn
from src.app.auth.errors import AccountSuspended, BadCredentials
from src.app.auth.services import accounts, passwords, sessions
from src.app.auth.services.accounts import Account
from src.app.auth.services.devices import ClientDevice
from src.app.auth.services.password_upgrade import upgrade_hash
from src.app.auth.services.throttle import SignInAttempt
from src.app.auth.services.tokens import Tokens
from src.app.user.dtos.fields import normal_login_id
from src.app.user.services import credentials


async def sign_in_member(body: SignIn, *, client: ClientDevice) -> Tokens:
    """A member's session. Raises BadCredentials, AccountSuspended, TooManyAttempts, SessionStoreUnavailable.

    A hash of another cost than the configured one is made anew, and the sign-in is noted in the member's row.
    """
    attempt = SignInAttempt("member", normal_login_id(body.login_id), client.address)
    password = body.password.get_secret_value()
    account = await _authenticated(attempt, password=password)
    await upgrade_hash(account, password)
    issued = await sessions.open_session(account, client=client, is_remembered=body.remember_me)
    await credentials.touch_last_sign_in(account.id)
    return issued


async def _authenticated(attempt: SignInAttempt, *, password: str) -> Account:
    """The account, if the password is its. An unknown login id costs and answers the same as a wrong password.

    The limit is looked at again after the check, so that guesses sent all at once learn no more than it allows.
    """
    await attempt.check()
    account = await accounts.by_login_id(attempt.kind, attempt.login_id)
    is_right = await passwords.matches(password, account.password_hash if account else None)
    if account is None or not is_right:
        await attempt.failed()
        raise BadCredentials
    await attempt.check()
    if not account.is_active:
        raise AccountSuspended
    return account
