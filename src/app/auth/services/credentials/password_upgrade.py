"""Keep stored hashes at the configured cost, and of the one spelling."""

from src.app.auth.services.credentials import passwords
from src.app.auth.services.sessions.accounts import Account
from src.app.user.services.account import credentials


async def upgraded(account: Account, password: str) -> str | None:
    """A hash of the configured cost and of today's spelling, where the account's is of another; None where it is not,
    or where today's spelling is too long for one."""
    if passwords.is_too_long(password):
        return None
    is_old = passwords.needs_upgrade(account.password_hash)
    if is_old or await passwords.is_spelled_otherwise(password, account.password_hash):
        return await passwords.hash_password(password)
    return None


async def upgrade_hash(account: Account, password: str) -> None:
    """Swap a member's hash of another cost or spelling for one of today's, of the same password.

    Called at sign-in, where the password is known to be right. By compare-and-set: a password that was changed
    meanwhile stays. Sessions live on.
    """
    if (anew := await upgraded(account, password)) is not None:
        await credentials.rehash(account.id, account.password_hash, anew)
