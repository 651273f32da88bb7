"""Open a staff session: login id, password and, where the account has one, the second factor."""

from src.app.auth.dtos.requests import StaffSignIn
from src.app.auth.errors import AccountSuspended, BadCredentials
from src.app.auth.services import accounts, passwords, staff_sessions
from src.app.auth.services.accounts import Account
from src.app.auth.services.devices import ClientDevice
from src.app.auth.services.throttle import SignInAttempt
from src.app.auth.services.tokens import Tokens
from src.app.staff.dtos.fields import normal_login_id
from src.app.staff.errors import TotpInvalid, TotpRequired
from src.app.staff.services import accounts as staff_accounts
from src.app.staff.services import second_factors
from src.core.database import unit_of_work


async def sign_in(body: StaffSignIn, *, client: ClientDevice) -> Tokens:
    """A staff session, never remembered.

    Only who knows the password learns whether there is a second factor. A wrong, used or missing code opens nothing;
    wrong ones count as failed sign-ins, so they lock the account for a while. The limits are looked at again after
    each check, so that guesses sent all at once learn no more than they allow. In production an account without a
    second factor gets a session that can only set it up.

    Raises BadCredentials, AccountSuspended, TotpRequired, TotpInvalid, TooManyAttempts, SessionRevoked,
    SessionStoreUnavailable.
    """
    attempt = SignInAttempt("staff", normal_login_id(body.login_id), client.address)
    await attempt.check()
    account = await accounts.by_login_id("staff", attempt.login_id)
    password = body.password.get_secret_value()
    is_right = await passwords.matches(password, account.password_hash if account else None)
    if account is None or not is_right:
        await attempt.failed()
        raise BadCredentials
    await attempt.check()
    if not account.is_active:
        raise AccountSuspended
    if await second_factors.is_enabled(account.id):
        await _check_code(account.id, body.otp, attempt=attempt)
    await _upgrade_hash(account, password)
    return await staff_sessions.open_for(account, client=client)


async def _check_code(staff_id: int, code: str | None, *, attempt: SignInAttempt) -> None:
    if not code:
        raise TotpRequired

    async def use_up() -> bool:
        return await second_factors.accept(staff_id, code)

    if not await unit_of_work(use_up):
        await attempt.failed()
        raise TotpInvalid
    await attempt.check()


async def _upgrade_hash(account: Account, password: str) -> None:
    """Hash the password anew where the configured cost changed. A password set meanwhile stays."""
    if not passwords.needs_upgrade(account.password_hash):
        return
    upgraded = await passwords.hash_password(password)

    async def write() -> None:
        await staff_accounts.replace_hash(account.id, old=account.password_hash, new=upgraded)

    await unit_of_work(write)
