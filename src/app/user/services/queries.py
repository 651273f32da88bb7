"""Reads of members."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from typing import Final

from src.app.user.dtos.fields import MAX_LOGIN_ID, is_reserved, normal_login_id
from src.app.user.dtos.responses import Account, Me
from src.app.user.models import User, UserStatus
from src.app.user.services import consents, proofs, retired_login_ids
from src.common.exceptions.general import InvalidToken
from src.common.identity import Identity

PAGE = 2000
MAX_EMAIL: Final = 254  # what the column holds
MAY_SIGN_IN = frozenset({UserStatus.ACTIVE, UserStatus.WITHDRAWING})


@dataclass(frozen=True, slots=True)
class MemberAccount:
    """A member's values for sign-in. `password_hash` is empty for a member without a password. `lost_email`: the
    address was claimed by its owner, and the member has no other yet."""

    id: int
    password_hash: str = field(repr=False)
    is_active: bool
    session_epoch: int
    lost_email: bool = False


async def account_by_login_id(login_id: str) -> MemberAccount | None:
    """Return the account with this login id in any spelling. None for a text too long to be one.

    A proved e-mail address serves as the login id of a member who has none.
    """
    spelled = normal_login_id(login_id)
    if "@" in spelled:  # no login id contains it
        mine = User.filter(email=spelled, login_id__isnull=True, email_verified_at__isnull=False)
        return _account(await mine.first()) if len(spelled) <= MAX_EMAIL else None
    return _account(await User.get_or_none(login_id=spelled)) if len(spelled) <= MAX_LOGIN_ID else None


async def account_by_id(user_id: int) -> MemberAccount | None:
    """Return the account of this member."""
    return _account(await User.get_or_none(id=user_id))


async def login_id_exists(login_id: str) -> bool:
    """Return True if a member has this login id (normalised), a former member had it, or it is reserved."""
    return (
        is_reserved(login_id)
        or await User.filter(login_id=login_id).exists()
        or await retired_login_ids.is_retired(login_id)
    )


async def members_with_reserved_login_ids() -> AsyncIterator[tuple[int, str]]:
    """Return id and login id of every member with a reserved login id, in id order."""
    last = 0
    while page := await User.filter(id__gt=last).order_by("id").limit(PAGE).values_list("id", "login_id"):
        for member_id, login_id in page:
            if login_id and is_reserved(login_id):
                yield member_id, login_id
        last = page[-1][0]


async def email_exists(email: str) -> bool:
    """Return True if a member has this e-mail address (normalised)."""
    return await User.filter(email=email).exists()


async def proved_emails(emails: Collection[str]) -> set[str]:
    """Return those of these e-mail addresses (in any spelling) that a member proved. One query."""
    spelled = {email: normal_login_id(email) for email in emails}
    known = [one for one in set(spelled.values()) if len(one) <= MAX_EMAIL]
    found = await User.filter(email__in=known, email_verified_at__isnull=False).values_list("email", flat=True)
    proved = {normal_login_id(str(email)) for email in found}
    return {email for email, one in spelled.items() if one in proved}


async def member(by: Identity) -> User:
    """Return the signed-in member's row. Raises InvalidToken if the member no longer exists.

    Every page of a signed-in member reads it: written SQL takes half the time of a query built by Tortoise, and its
    only parameter is a row id.
    """
    rows: list[User] = await User.raw(f"SELECT * FROM users WHERE id = {by.member_id or 0:d}")  # noqa: S608 - an integer
    if not rows or rows[0].status == UserStatus.WITHDRAWN:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
    return rows[0]


async def contact_of(user_id: int) -> tuple[str, str] | None:
    """Return channel (``email`` or ``sms``) and address of a member who may sign in; None for any other member."""
    for email, phone in await User.filter(id=user_id, status__in=MAY_SIGN_IN).values_list("email", "phone"):
        if email or phone:
            return ("email", str(email)) if email else ("sms", str(phone))
    return None


async def address_of(user_id: int, channel: str) -> str:
    """Return the address by ``email`` or ``sms`` of a member who may sign in; empty if there is none."""
    for email, phone in await User.filter(id=user_id, status__in=MAY_SIGN_IN).values_list("email", "phone"):
        return str((email if channel == "email" else phone) or "")
    return ""


async def phone_exists(phone: str) -> bool:
    """Return True if a present member has this telephone number (digits)."""
    return await User.filter(phone=phone).exclude(status=UserStatus.WITHDRAWN).exists()


async def me(by: Identity) -> Me:
    """Return the signed-in member's own account with the consents still required. Raises InvalidToken if the member no
    longer exists."""
    user = await member(by)
    account = Account.model_validate(user, from_attributes=True)
    return Me(
        **account.model_dump(),
        consents_required=await consents.still_required(user.id),
        verification_required=proofs.still_to_prove(user),
    )


def _account(user: User | None) -> MemberAccount | None:
    if user is None:
        return None
    return MemberAccount(
        id=user.id,
        password_hash=user.password_hash,
        is_active=user.status in MAY_SIGN_IN,
        session_epoch=user.session_epoch,
        lost_email=user.email_claimed_at is not None,
    )
