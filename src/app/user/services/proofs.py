"""Which of a member's contacts were proved to be the member's, and what the shop still asks for."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol

import orjson

from src.app.user.dtos.fields import ContactChannel
from src.app.user.errors import VerificationRequired
from src.app.user.models import User
from src.app.user.services.locks import lock_member
from src.common import clock
from src.common.identity import Identity
from src.core.configs import settings

CHANNELS: Final[tuple[ContactChannel, ...]] = ("sms", "email")
COLUMNS: Final[dict[ContactChannel, str]] = {"sms": "phone_verified_at", "email": "email_verified_at"}
ASKED: Final = "verification_required"


class Proofs(Protocol):
    """What of a member's row is looked at."""

    verifies_before_order: bool
    email_verified_at: datetime | None
    phone_verified_at: datetime | None


def required_channels() -> tuple[ContactChannel, ...]:
    """What who becomes a member must prove, as the settings say."""
    return tuple(channel for channel in CHANNELS if settings().verification(channel) == "required")


def require(proved: frozenset[ContactChannel]) -> None:
    """Raise VerificationRequired for the first required channel that is not among the proved ones."""
    for channel in required_channels():
        if channel not in proved:
            raise VerificationRequired(channel=channel)


def still_to_prove(user: Proofs) -> list[ContactChannel]:
    """What the member is asked to prove before the first order. Only who came by a provider is: all others were asked
    when they signed up, and who was a member before the shop asked stays able to buy."""
    if not user.verifies_before_order:
        return []
    return [channel for channel in required_channels() if getattr(user, COLUMNS[channel]) is None]


async def check_may_order(by: Identity) -> None:
    """Raise VerificationRequired where the member must prove a contact first.

    The remembered answer of GET /me, which came with the session, tells it without a query; where Redis has none, the
    row is asked, and only in a shop that requires a proof.
    """
    if by.member_id is None or not required_channels():
        return
    if by.remembered and orjson.loads(by.remembered).get(ASKED) == []:
        return
    for user in await User.filter(id=by.member_id):
        for channel in still_to_prove(user):
            raise VerificationRequired(channel=channel)


async def prove_from_outside(user: User, channel: str) -> None:
    """Keep that the owner of this contact is the member, and drop the other contact where nobody ever proved it: who
    wrote it there may be a stranger. Inside the caller's transaction, on the locked row. Any other `channel` proves
    nothing and drops nothing."""
    now = clock.now()
    values: dict[str, object] = {}
    if channel == "email" and user.email:
        values["email_verified_at"] = user.email_verified_at or now
        if user.phone_verified_at is None:
            values["phone"] = ""
    elif channel == "sms" and user.phone:
        values["phone_verified_at"] = user.phone_verified_at or now
        if user.email_verified_at is None:
            values["email"] = None
    if values:
        await User.filter(id=user.id).update(**values, updated_at=now)


async def vouch(user_id: int, email: str) -> None:
    """Keep that a provider vouches for the member's address, in the caller's transaction: where the member has exactly
    this one, it counts as proved."""
    user = await lock_member(user_id)
    if user.email == email and user.email_verified_at is None:
        now = clock.now()
        await User.filter(id=user.id).update(email_verified_at=now, updated_at=now)


def moments(proved: Iterable[ContactChannel]) -> dict[str, datetime]:
    """The columns that say when these contacts were proved, as of now."""
    now = clock.now()
    return {COLUMNS[channel]: now for channel in proved}


async def proved_contacts(by: Identity) -> dict[ContactChannel, str]:
    """The telephone number and the e-mail address that the member proved, those that there are. From the remembered
    answer of GET /me, without a query; where Redis has none, from the row."""
    if by.member_id is None:
        return {}
    if by.remembered:
        me = orjson.loads(by.remembered)
        held = {"phone": me.get("phone"), "email": me.get("email"), **{name: me.get(name) for name in COLUMNS.values()}}
    else:
        rows = await User.filter(id=by.member_id).values("phone", "email", *COLUMNS.values())
        held = rows[0] if rows else {}
    values: dict[ContactChannel, str | None] = {"sms": held.get("phone"), "email": held.get("email")}
    return {channel: value for channel, value in values.items() if value and held.get(COLUMNS[channel])}
