"""Use a confirmed verification for its purpose, once."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from tortoise.queryset import QuerySet

from src.app.auth.dtos.recovery import Channel, Purpose
from src.app.auth.errors import VerificationNotConfirmed
from src.app.auth.models import Verification
from src.common import clock
from src.common.crypto import keyed_hashes
from src.core.configs import settings
from src.core.database import in_unit_of_work, proven_by, unit_of_work


async def use_verification(
    verification_id: str, *, purpose: Purpose, email: str | None = None, phone: str | None = None
) -> Channel:
    """Use a verification up if it was confirmed recently for this purpose and this e-mail address or phone; return
    which of the two it proves.

    One conditional UPDATE inside the caller's transaction: of simultaneous uses one succeeds, and a rollback undoes the
    use. Raises VerificationNotConfirmed, whatever the reason.
    """
    now = clock.now()
    for channel, target in _given(email, phone):
        if await _confirmed(verification_id, purpose, channel, target).update(used_at=now):
            proven_by(partial(_is_used, hash_of_id(verification_id), now))
            return channel
    raise VerificationNotConfirmed


async def _is_used(key_hash: str, at: datetime) -> bool:
    """Return True if it was used up at this moment. Waits until the row is unlocked."""
    return await Verification.filter(key_hash=key_hash, used_at=at).select_for_update().first() is not None


async def proved_by(
    verification_ids: Iterable[str], *, purpose: Purpose, email: str | None = None, phone: str | None = None
) -> list[Channel]:
    """Return the contact that each of them proves, in their order; one that proves none is left out. Reads only:
    `use_verification` decides."""
    found: list[Channel] = []
    for verification_id in verification_ids:
        for channel, target in _given(email, phone):
            if await _confirmed(verification_id, purpose, channel, target).exists():
                found.append(channel)
                break
    return found


async def proves_contact(verification_id: str, *, user_id: int, channel: str, target: str) -> bool:
    """Return True if it is a confirmed ``change_contact`` of this target, and use it up, in the caller's transaction if
    one is open.

    Registered as the user domain's `ContactVerifier`.
    """
    targets = {"email": target} if channel == "email" else {"phone": target}

    async def use() -> None:
        await use_verification(verification_id, purpose="change_contact", **targets)

    try:
        await (use() if in_unit_of_work() else unit_of_work(use))
    except VerificationNotConfirmed:
        return False
    return True


def _given(email: str | None, phone: str | None) -> list[tuple[Channel, str]]:
    given: list[tuple[Channel, str | None]] = [("email", email), ("sms", phone)]
    return [(channel, target) for channel, target in given if target]


def _confirmed(verification_id: str, purpose: Purpose, channel: Channel, target: str) -> QuerySet[Verification]:
    """Return the query for the row, if it proves this target now."""
    confirmed_since = clock.now() - timedelta(seconds=settings().identity.confirmed_seconds)
    return Verification.filter(
        key_hash=hash_of_id(verification_id),
        target_hash__in=keyed_hashes(f"verification-target-{purpose}", target_text(channel, target)),
        confirmed_at__gt=confirmed_since,
        used_at=None,
    )


def hash_of_id(verification_id: str) -> str:
    """Return the hash of the id that the row keeps; with 128 random bits it needs no key."""
    return hashlib.sha256(verification_id.encode()).hexdigest()


def target_text(channel: Channel, target: str) -> str:
    """Return the text to hash of a target."""
    return f"{channel}|{target}"
