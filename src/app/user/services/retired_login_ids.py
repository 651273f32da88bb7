"""Login ids of former members stay taken, so that no new member can appear to be a former one."""

import hashlib
import hmac
from datetime import datetime

from src.app.user.models import RetiredLoginId
from src.core.configs import settings


async def retire(login_id: str, *, at: datetime) -> None:
    """Store the login id's hash. Call inside the transaction that takes the login id from its member."""
    await RetiredLoginId.create(digest=_digest(login_id, settings().identity.data_key), retired_at=at)


async def is_retired(login_id: str) -> bool:
    """Return True if a former member had this login id (normalised), by any key that is still configured."""
    identity = settings().identity
    digests = [_digest(login_id, key) for key in (identity.data_key, *identity.old_data_keys)]
    return await RetiredLoginId.filter(digest__in=digests).exists()


def _digest(login_id: str, key: str) -> str:
    return hmac.new(key.encode(), b"retired-login-id|" + login_id.encode(), hashlib.sha256).hexdigest()
