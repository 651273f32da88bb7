"""Find members who forgot how they sign in. The caller (auth) decides what may be revealed to whom."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter, ValidationError

from src.app.user.dtos.fields import MAX_LOGIN_ID, ContactChannel, normal_login_id
from src.app.user.models import User, UserStatus
from src.app.user.services.queries import MAY_SIGN_IN
from src.common.dtos.fields import Email, Phone

_EMAIL: Final[TypeAdapter[str]] = TypeAdapter(Email)
_PHONE: Final[TypeAdapter[str]] = TypeAdapter(Phone)


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """A member found by name and contact. `login_id` is whole (not masked), None for a social login only."""

    id: int
    login_id: str | None = field(repr=False)
    has_password: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ResetTarget:
    """The member whose password may be reset, with contacts."""

    id: int
    email: str | None = field(repr=False)
    phone: str = field(repr=False)
    session_epoch: int


@dataclass(frozen=True, slots=True)
class Stranded:
    """A member without any way to sign in, and the proved contact for the recovery link."""

    id: int
    channel: ContactChannel
    target: str = field(repr=False)


async def found_by_email(name: str, email: str) -> list[FoundAccount]:
    """Return members of this name with this e-mail address in any spelling, oldest first."""
    return await _found(name=name, email=normal_login_id(email))


async def found_by_phone(name: str, phone: str) -> list[FoundAccount]:
    """Return members of this name with this telephone number (digits), oldest first."""
    return await _found(name=name, phone=phone)


async def reset_target(login_id: str, name: str) -> ResetTarget | None:
    """Return the member with this login id in any spelling, if the name matches and the member may sign in."""
    spelled = normal_login_id(login_id)
    if len(spelled) > MAX_LOGIN_ID:
        return None
    user = await User.filter(login_id=spelled, name=name, status__in=MAY_SIGN_IN).first()
    if user is None:
        return None
    return ResetTarget(id=user.id, email=user.email, phone=user.phone, session_epoch=user.session_epoch)


async def stranded(contact: str) -> Stranded | None:
    """Return the member with this proved e-mail address or telephone number who cannot sign in since a provider ended
    the last link, if the member is not barred from signing in."""
    lost = User.filter(way_in_lost_at__isnull=False, password_hash="", status__in=MAY_SIGN_IN)
    try:
        if "@" in contact:
            wanted = lost.filter(email=_EMAIL.validate_python(contact), email_verified_at__isnull=False)
        else:
            wanted = lost.filter(phone=_PHONE.validate_python(contact), phone_verified_at__isnull=False)
    except ValidationError:
        return None
    return stranded_of(await wanted.order_by("-id").first())


def stranded_of(user: User | None) -> Stranded | None:
    """Return the proved contact for the recovery link; None without one."""
    if user is None:
        return None
    if user.email and user.email_verified_at is not None:
        return Stranded(user.id, "email", user.email)
    if user.phone and user.phone_verified_at is not None:
        return Stranded(user.id, "sms", user.phone)
    return None


async def _found(**contact: str) -> list[FoundAccount]:
    if not all(contact.values()):  # an empty value is no contact: those who left have such names and numbers
        return []
    rows = await User.filter(**contact).exclude(status=UserStatus.WITHDRAWN).order_by("id").limit(20)
    return [
        FoundAccount(id=row.id, login_id=row.login_id, has_password=row.has_password, created_at=row.created_at)
        for row in rows
    ]
