"""Cleanup of expired codes and tokens."""

from datetime import timedelta
from typing import Final

from src.app.auth.models import PasswordReset, Verification
from src.common import clock
from src.core.configs import settings
from src.core.database import unit_of_work

KEPT: Final = timedelta(days=1)


async def remove_spent() -> int:
    """Delete codes and tokens a day after they could last be used; returns how many.

    Safe to run at any time, on several instances, and again.
    """
    identity = settings().identity
    codes_before = clock.now() - KEPT - timedelta(seconds=identity.code_seconds + identity.confirmed_seconds)
    tokens_before = clock.now() - KEPT

    async def remove() -> int:
        codes = await Verification.filter(created_at__lt=codes_before).delete()
        return codes + await PasswordReset.filter(expires_at__lt=tokens_before).delete()

    return await unit_of_work(remove)
