"""Staff change their own password."""

from src.app.auth.dtos.admin import OwnPassword
from src.app.auth.errors import PasswordUnchanged
from src.app.auth.services.credentials import passwords, reauthentication
from src.app.auth.services.staff import sessions
from src.app.staff.services import accounts
from src.common.dtos.passwords import normal_password
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def change_own(body: OwnPassword, *, by: Actor) -> None:
    """Set the new password and end all sessions except this one, whose limit is lifted; in production, without a second
    factor, it is limited to setting one up.

    Raises WrongPassword, TooManyAttempts, PasswordUnchanged.
    """
    assert by.identity is not None  # noqa: S101 - only a route comes here
    account = await reauthentication.check_password(by.identity, body.password.get_secret_value())
    if body.new_password.get_secret_value() == normal_password(body.password.get_secret_value()):
        raise PasswordUnchanged
    password_hash = await passwords.hash_password(body.new_password.get_secret_value())

    async def write() -> int:
        return await accounts.set_password(account.id, password_hash, must_change=False, by=by)

    epoch = await unit_of_work(write)
    limit = await sessions.limit_by_second_factor(account.id)
    await sessions.end([(account.id, epoch)], keep=by.identity.session_id, limit=limit)
