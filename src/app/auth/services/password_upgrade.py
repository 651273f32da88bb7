"""Keep stored hashes at the configured cost."""

from src.app.auth.services import passwords
from src.app.auth.services.accounts import Account
from src.app.user.services import credentials


async def upgrade_hash(account: Account, password: str) -> None:
    """Swap a member's hash of another cost for one of the configured cost, of the same password.

    Called at sign-in, where the password is known to be right. By compare-and-set: a password that was changed
    meanwhile stays. Sessions live on.
    """
    if passwords.needs_upgrade(account.password_hash):
        await credentials.rehash(account.id, account.password_hash, await passwords.hash_password(password))
