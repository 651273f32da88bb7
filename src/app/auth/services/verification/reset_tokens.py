"""Tokens that let their holder choose a new password: 256 random bits, kept as a hash, one counts at a time."""

import hashlib
import secrets
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from src.app.auth.models import PasswordReset
from src.app.user.dtos.fields import ContactChannel
from src.app.user.services.locks import lock_member
from src.common import clock
from src.core.configs import settings

TOKEN_BYTES: Final = 32


async def write_token(user_id: int, *, proves: ContactChannel, seconds: int | None = None) -> str:
    """Void the member's tokens and write a new one, in the caller's transaction. Locks the member's row.

    The token is valid for `seconds`, by default the configured time. It is sent to the member's contact `proves`.
    """
    await lock_member(user_id)
    await void_tokens(user_id)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    await PasswordReset.create(
        user_id=user_id,
        token_hash=_hash_of(token),
        proves=proves,
        expires_at=now + timedelta(seconds=settings().identity.reset_seconds if seconds is None else seconds),
        created_at=now,
    )
    return token


def link_of(token: str) -> str:
    """Return the address of the front end's page for choosing the password."""
    return f"{settings().identity.front_url.rstrip('/')}/reset-password?{urlencode({'token': token})}"


async def usable(token: str) -> PasswordReset | None:
    """Return the row of a token that may set its member's password now; None for any other text. Reads only: `take`
    decides."""
    found = await PasswordReset.get_or_none(token_hash=_hash_of(token), used_at=None, voided_at=None)
    return None if found is None or found.expires_at <= clock.now() else found


async def take(token: str) -> bool:
    """Use the token up, in the caller's transaction: of simultaneous uses one gets True."""
    now = clock.now()
    unused = PasswordReset.filter(token_hash=_hash_of(token), used_at=None, voided_at=None, expires_at__gt=now)
    return bool(await unused.update(used_at=now))


async def void_tokens(user_id: int) -> None:
    """Make every outstanding token of the member useless, in the caller's transaction. A repeat changes nothing."""
    await PasswordReset.filter(user_id=user_id, used_at=None, voided_at=None).update(voided_at=clock.now())


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
