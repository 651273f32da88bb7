"""Take a confirmed verification for what it was made for, once."""

import hashlib
from datetime import timedelta

from src.app.auth.dtos.recovery import Channel, Purpose
from src.app.auth.errors import VerificationNotConfirmed
from src.app.auth.models import Verification
from src.app.auth.services import reset_tokens
from src.common.utils import clock
from src.common.utils.sealing import keyed_hashes
from src.core.configs import settings
from src.core.database import unit_of_work


async def use_verification(
    verification_id: str, *, purpose: Purpose, email: str | None = None, phone: str | None = None
) -> None:
    """Use it up, if it was confirmed lately for this purpose and for this e-mail address or this phone.

    One conditional UPDATE inside the caller's transaction: of simultaneous uses one succeeds, and a use that is
    rolled back did not happen. Raises VerificationNotConfirmed, whatever is wrong with it.
    """
    given: list[tuple[Channel, str | None]] = [("email", email), ("sms", phone)]
    targets = [target_text(channel, target) for channel, target in given if target]
    hashes = [found for target in targets for found in keyed_hashes(f"verification-target-{purpose}", target)]
    now = clock.now()
    confirmed_since = now - timedelta(seconds=settings().identity.confirmed_seconds)
    usable = Verification.filter(
        key_hash=hash_of_id(verification_id),
        target_hash__in=hashes or [""],
        confirmed_at__gt=confirmed_since,
        used_at=None,
    )
    if not await usable.update(used_at=now):
        raise VerificationNotConfirmed


async def proves_contact(verification_id: str, *, user_id: int, channel: str, target: str) -> bool:
    """Whether it is a confirmed ``change_contact`` of this target, which is used up by asking.

    What the user domain registers as its `ContactVerifier`. Reset tokens of the member that went to the earlier
    address are void with it.
    """
    targets = {"email": target} if channel == "email" else {"phone": target}

    async def use() -> None:
        await use_verification(verification_id, purpose="change_contact", **targets)
        await reset_tokens.void_tokens(user_id)

    try:
        await unit_of_work(use)
    except VerificationNotConfirmed:
        return False
    return True


def hash_of_id(verification_id: str) -> str:
    """What the row keeps of the id: it has 128 random bits, so it needs no key."""
    return hashlib.sha256(verification_id.encode()).hexdigest()


def target_text(channel: Channel, target: str) -> str:
    """What is hashed of a target."""
    return f"{channel}|{target}"
