"""Staff set up, renew and remove their own second factor. Each step except the confirmation asks for the password
again."""

from src.app.auth.dtos.admin import NewRecoveryCodes, PasswordAgain, TotpBegun, TotpConfirmation
from src.app.auth.services.credentials import reauthentication
from src.app.auth.services.sessions.devices import ClientDevice
from src.app.auth.services.sessions.tokens import Tokens
from src.app.auth.services.staff import sessions
from src.app.staff.errors import TotpNotEnabled
from src.app.staff.services import accounts, queries, second_factors
from src.common.exceptions.general import InvalidToken
from src.common.identity import Identity
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def begin(body: PasswordAgain, *, by: Identity) -> TotpBegun:
    """Return a secret, which becomes valid when it is confirmed. Raises WrongPassword, TooManyAttempts,
    TotpAlreadyEnabled."""
    staff_id = await _proved(by, body)
    account = await queries.account_by_id(staff_id)
    if account is None:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})

    async def write() -> str:
        return await second_factors.begin(staff_id)

    secret = await unit_of_work(write)
    return TotpBegun(
        secret=secret,
        uri=second_factors.uri(secret, login_id=account.login_id),
        expires_in=int(second_factors.BEGUN_FOR.total_seconds()),
    )


async def confirm(body: TotpConfirmation, *, by: Actor, client: ClientDevice) -> tuple[NewRecoveryCodes, Tokens]:
    """Activate the second factor, end every earlier session, and open a new one.

    A session opened with the password alone must not continue with full rights. Raises TotpCodeWrong,
    TotpNotBegun, TotpAlreadyEnabled.
    """
    staff_id = by.staff_id or 0

    async def write() -> tuple[list[str], int]:
        codes = await second_factors.confirm(staff_id, body.code)
        await audit.record("staff.second_factor_enabled", by=by, target=("staff", staff_id))
        return codes, await accounts.end_sessions(staff_id)

    codes, epoch = await unit_of_work(write)
    return NewRecoveryCodes(recovery_codes=codes), await sessions.reopen(staff_id, epoch=epoch, client=client)


async def disable(body: PasswordAgain, *, by: Actor) -> None:
    """Remove the second factor and end all sessions. Raises WrongPassword, TooManyAttempts, TotpNotEnabled."""
    staff_id = await _proved(by.identity, body)

    async def write() -> int:
        if not await second_factors.remove(staff_id):
            raise TotpNotEnabled
        await audit.record("staff.second_factor_disabled", by=by, target=("staff", staff_id))
        return await accounts.end_sessions(staff_id)

    await sessions.end([(staff_id, await unit_of_work(write))])


async def renew_codes(body: PasswordAgain, *, by: Actor) -> NewRecoveryCodes:
    """Return ten new recovery codes; the old ones are void. Raises WrongPassword, TooManyAttempts, TotpNotEnabled."""
    staff_id = await _proved(by.identity, body)

    async def write() -> list[str]:
        codes = await second_factors.renew_codes(staff_id)
        await audit.record("staff.recovery_codes_renewed", by=by, target=("staff", staff_id))
        return codes

    return NewRecoveryCodes(recovery_codes=await unit_of_work(write))


async def _proved(by: Identity | None, body: PasswordAgain) -> int:
    """Return the caller's staff id after checking the password."""
    assert by is not None  # noqa: S101 - only routes come here
    return (await reauthentication.check_password(by, body.password.get_secret_value())).id
