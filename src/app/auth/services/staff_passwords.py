"""Staff change their own password."""

from src.app.auth.dtos.staff import OwnPassword
from src.app.auth.services import passwords, reauthentication, staff_sessions
from src.app.staff.services import accounts
from src.common.utils.audit import Actor
from src.core.database import unit_of_work


async def change_own(body: OwnPassword, *, by: Actor) -> None:
    """Set the new password and end all sessions but this one. Raises WrongPassword, TooManyAttempts."""
    assert by.identity is not None  # noqa: S101 - only a route comes here
    account = await reauthentication.check_password(by.identity, body.password.get_secret_value())
    password_hash = await passwords.hash_password(body.new_password.get_secret_value())

    async def write() -> int:
        return await accounts.set_password(account.id, password_hash, must_change=False, by=by)

    epoch = await unit_of_work(write)
    await staff_sessions.end([(account.id, epoch)], keep=by.identity.session_id)
