"""Change a member's password, given the current one."""

from src.app.auth.dtos.recovery import PasswordChange
from src.app.auth.errors import PasswordHoldsLoginId, WrongPassword
from src.app.auth.services.credentials import passwords, reauthentication
from src.app.auth.services.members import notices
from src.app.auth.services.sessions import sessions
from src.app.auth.services.verification import reset_tokens
from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import normal_login_id
from src.app.user.services.account import credentials
from src.app.user.services.locks import lock_member
from src.common.identity import Identity
from src.core.database import unit_of_work


async def change_password(body: PasswordChange, *, by: Identity, language: Language) -> None:
    """Set the password; the member's other sessions end, this one stays, and outstanding reset tokens are void.

    Of simultaneous changes one succeeds: for the others the current password is no longer right. Raises WrongPassword,
    PasswordHoldsLoginId, TooManyAttempts, InvalidToken.
    """
    account = await reauthentication.check_password(by, body.current_password.get_secret_value())
    password = body.new_password.get_secret_value()
    password_hash = await passwords.hash_password(password)

    async def write() -> tuple[int, str | None]:
        user = await lock_member(account.id)
        if user.password_hash != account.password_hash:
            raise WrongPassword
        refuse_login_id(password, user.login_id)
        await reset_tokens.void_tokens(user.id)
        return await credentials.write_password(user.id, password_hash), user.email

    epoch, email = await unit_of_work(write)
    await sessions.end_sessions(account.id, epoch=epoch, keep=by.session_id)
    notices.tell(email, "password_changed", language=language)


def refuse_login_id(password: str, login_id: str | None) -> None:
    """Raise PasswordHoldsLoginId where the password contains the login id, ignoring case."""
    if login_id and login_id in normal_login_id(password):
        raise PasswordHoldsLoginId
