"""Upgrade stored hashes to the configured cost and to the normalised spelling (NFKC)."""

from src.app.auth.services.credentials import passwords
from src.app.auth.services.sessions.accounts import Account
from src.app.user.services.account import credentials


async def upgraded(account: Account, password: str) -> str | None:
    """Return a hash of the configured cost and the normalised spelling if the account's hash has another. None if it
    has not, or if the normalised spelling is too long for bcrypt."""
    if passwords.is_too_long(password):
        return None
    is_old = passwords.needs_upgrade(account.password_hash)
    if is_old or await passwords.is_spelled_otherwise(password, account.password_hash):
        return await passwords.hash_password(password)
    return None


async def upgrade_hash(account: Account, password: str) -> None:
    """Replace a member's hash of another cost or spelling by a current one of the same password.

    Called at sign-in, where the password is known to be right. By compare-and-set: a password changed in between stays.
    Sessions stay valid.
    """
    if (anew := await upgraded(account, password)) is not None:
        await credentials.rehash(account.id, account.password_hash, anew)
