"""Proved contacts of a member, and the proofs that the shop still requires."""

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
    """The columns of a member's row that are read."""

    verifies_before_order: bool
    email_verified_at: datetime | None
    phone_verified_at: datetime | None


def required_channels() -> tuple[ContactChannel, ...]:
    """Return the contacts that new members must prove, from the settings."""
    return tuple(channel for channel in CHANNELS if settings().verification(channel) == "required")


def require(proved: frozenset[ContactChannel]) -> None:
    """Raise VerificationRequired for the first required channel that is not among the proved ones."""
    for channel in required_channels():
        if channel not in proved:
            raise VerificationRequired(channel=channel)


def still_to_prove(user: Proofs) -> list[ContactChannel]:
    """Return the contacts that the member must prove before the first order. Only members from a provider have any:
    others proved theirs at sign-up, and members from before the requirement can still buy."""
    if not user.verifies_before_order:
        return []
    return [channel for channel in required_channels() if getattr(user, COLUMNS[channel]) is None]


async def check_may_order(by: Identity) -> None:
    """Raise VerificationRequired if the member must prove a contact first.

    Uses the cached answer of GET /me, which came with the session, without a query. If Redis has none, the row is read,
    and only in a shop that requires a proof.
    """
    if by.member_id is None or not required_channels():
        return
    if by.remembered and orjson.loads(by.remembered).get(ASKED) == []:
        return
    for user in await User.filter(id=by.member_id):
        for channel in still_to_prove(user):
            raise VerificationRequired(channel=channel)


async def prove_from_outside(user: User, channel: str) -> None:
    """Record this contact as proved, and remove the other contact if it was never proved: a stranger may have written
    it. Runs inside the caller's transaction, on the locked row. Any other `channel` changes nothing."""
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
    """Record that a provider vouches for the address, in the caller's transaction: if it is exactly the member's, it
    becomes proved."""
    user = await lock_member(user_id)
    if user.email == email and user.email_verified_at is None:
        now = clock.now()
        await User.filter(id=user.id).update(email_verified_at=now, updated_at=now)


def moments(proved: Iterable[ContactChannel]) -> dict[str, datetime]:
    """Return the columns with the time of proof of these contacts, set to now."""
    now = clock.now()
    return {COLUMNS[channel]: now for channel in proved}


async def proved_contacts(by: Identity) -> dict[ContactChannel, str]:
    """Return the member's proved telephone number and e-mail address, if any. From the cached answer of GET /me,
    without a query; if Redis has none, from the row."""
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
