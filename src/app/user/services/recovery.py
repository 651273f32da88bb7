"""Find members who forgot how they sign in. What may be told to whom is decided by the caller (auth)."""

from dataclasses import dataclass, field
from datetime import datetime

from src.app.user.dtos.fields import MAX_LOGIN_ID, normal_login_id
from src.app.user.models import User, UserStatus
from src.app.user.services.queries import MAY_SIGN_IN


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """A member found by name and contact. `login_id` is whole (not masked), None for a social login only."""

    id: int
    login_id: str | None = field(repr=False)
    has_password: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ResetTarget:
    """Whose password may be reset, and where the member can be reached."""

    id: int
    email: str | None = field(repr=False)
    phone: str = field(repr=False)
    session_epoch: int


async def found_by_email(name: str, email: str) -> list[FoundAccount]:
    """Members of this name with this e-mail address in any spelling, oldest first."""
    return await _found(name=name, email=normal_login_id(email))


async def found_by_phone(name: str, phone: str) -> list[FoundAccount]:
    """Members of this name with this telephone number (digits), oldest first."""
    return await _found(name=name, phone=phone)


async def reset_target(login_id: str, name: str) -> ResetTarget | None:
    """The member with this login id in any spelling, if that is the member's name and signing in is not forbidden."""
    spelled = normal_login_id(login_id)
    if len(spelled) > MAX_LOGIN_ID:
        return None
    user = await User.filter(login_id=spelled, name=name, status__in=MAY_SIGN_IN).first()
    if user is None:
        return None
    return ResetTarget(id=user.id, email=user.email, phone=user.phone, session_epoch=user.session_epoch)


async def _found(**contact: str) -> list[FoundAccount]:
    if not all(contact.values()):  # an empty value is no contact: those who left have such names and numbers
        return []
    rows = await User.filter(**contact).exclude(status=UserStatus.WITHDRAWN).order_by("id").limit(20)
    return [
        FoundAccount(id=row.id, login_id=row.login_id, has_password=row.has_password, created_at=row.created_at)
        for row in rows
    ]
