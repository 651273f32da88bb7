"""Open a session with a login id and a password."""

from src.app.auth.dtos.requests import SignIn
from src.app.auth.dtos.responses import Notice
from src.app.auth.services.credentials.authenticate import authenticated
from src.app.auth.services.credentials.password_upgrade import upgrade_hash
from src.app.auth.services.credentials.throttle import SignInAttempt
from src.app.auth.services.sessions import sessions
from src.app.auth.services.sessions.accounts import Account
from src.app.auth.services.sessions.devices import ClientDevice
from src.app.auth.services.sessions.tokens import Tokens
from src.app.user.dtos.fields import normal_login_id
from src.app.user.services.account import credentials


async def sign_in_member(body: SignIn, *, client: ClientDevice) -> tuple[Tokens, list[Notice]]:
    """Open a member's session; return it with the notices for the member. Raises BadCredentials, AccountSuspended,
    TooManyAttempts, SessionStoreUnavailable.

    A hash of another cost than the configured one is replaced, and the time of the sign-in is written to the member's
    row.
    """
    attempt = SignInAttempt("member", normal_login_id(body.login_id), client.address)
    password = body.password.get_secret_value()
    account = await authenticated(attempt, password=password)
    await upgrade_hash(account, password)
    issued = await sessions.open_session(account, client=client, is_remembered=body.remember_me)
    attempt.succeeded()
    await credentials.touch_last_sign_in(account.id)
    return issued, notices_of(account)


def notices_of(account: Account) -> list[Notice]:
    """Return the notices that every sign-in shows until the member acted on them."""
    return ["EMAIL_CLAIMED"] if account.lost_email else []
