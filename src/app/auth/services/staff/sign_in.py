"""Sign staff in by login id, password and, if the account has one, the second factor."""

from src.app.auth.dtos.admin import StaffSignIn
from src.app.auth.services.credentials.authenticate import authenticated
from src.app.auth.services.credentials.password_upgrade import upgraded
from src.app.auth.services.credentials.throttle import SignInAttempt
from src.app.auth.services.sessions.accounts import Account
from src.app.auth.services.sessions.devices import ClientDevice
from src.app.auth.services.sessions.tokens import Tokens
from src.app.auth.services.staff import sessions, sign_in_log
from src.app.staff.dtos.fields import normal_login_id
from src.app.staff.errors import TotpInvalid, TotpRequired
from src.app.staff.services import accounts as staff_accounts
from src.app.staff.services import second_factors
from src.common.exceptions import AppError
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def sign_in(body: StaffSignIn, *, client: ClientDevice, by: Actor) -> Tokens:
    """Open a staff session; its cookie always ends with the browser.

    The presence of a second factor is revealed only after the right password. A wrong, used or missing code opens
    nothing; wrong ones count as failed sign-ins, so they lock the account for a while. The limits are checked again
    after each check, so that simultaneous guesses learn no more than they allow. `sessions.open_for` sets the session's
    limit.

    Every sign-in and every refusal is written to the audit log, except refusals by the limit, which could fill it, and
    the request for a missing code. `by` holds the origin; the person is not known yet.

    Raises BadCredentials, AccountSuspended, TotpRequired, TotpInvalid, TooManyAttempts, SessionRevoked,
    SessionStoreUnavailable.
    """
    attempt = SignInAttempt("staff", normal_login_id(body.login_id), client.address)

    async def refuse(account: Account | None, why: type[AppError]) -> None:
        await sign_in_log.refused(account, by=by, login_id=attempt.login_id, why=why)

    password = body.password.get_secret_value()
    account = await authenticated(attempt, password=password, on_refusal=refuse)
    has_second_factor = await second_factors.is_enabled(account.id)
    if has_second_factor and not await _is_right(account.id, body.otp):
        await refuse(account, TotpInvalid)
        await attempt.failed()
        raise TotpInvalid
    if has_second_factor:
        await attempt.check()
    await _upgrade_hash(account, password)
    await sign_in_log.signed_in(account, by=by, second_factor=has_second_factor)
    issued = await sessions.open_for(account, client=client)
    attempt.succeeded()
    return issued


async def _is_right(staff_id: int, code: str | None) -> bool:
    """Return True if it is a code of the second factor, and use it up. Raises TotpRequired if it is missing."""
    if not code:
        raise TotpRequired

    async def use_up() -> bool:
        return await second_factors.accept(staff_id, code)

    return await unit_of_work(use_up)


async def _upgrade_hash(account: Account, password: str) -> None:
    """Hash the password again if its cost or spelling is outdated. A password set in between stays."""
    anew = await upgraded(account, password)
    if anew is None:
        return

    async def write() -> None:
        await staff_accounts.replace_hash(account.id, old=account.password_hash, new=anew)

    await unit_of_work(write)
