"""Reads of members for staff. The caller decides which values may be shown to whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.expressions import Q

from src.app.user.models import Address, User, UserStatus
from src.common.dtos.pages import Windowed, window
from src.common.dtos.phones import normal_phone

WIDTHS: Final = {"name": 50, "login_id": 40, "email": 254, "phone": 20}  # of the columns


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilter:
    """Filter of members. `text` is searched in name, login id, e-mail and telephone; `is_exact`: it must equal one of
    them."""

    text: str = ""
    is_exact: bool = True
    grade: str | None = None
    status: UserStatus | None = None
    joined_since: datetime | None = None
    joined_until: datetime | None = None


async def find(wanted: MemberFilter, asked: Windowed) -> tuple[list[User], int, str | None]:
    """Return a page of members sorted by one of ORDERS, their total number, and the cursor of the next page."""
    found = User.all()
    if wanted.text:
        found = found.filter(_matching(wanted.text, is_exact=wanted.is_exact))
    if wanted.grade is not None:
        found = found.filter(grade=wanted.grade)
    if wanted.status is not None:
        found = found.filter(status=wanted.status)
    if wanted.joined_since is not None:
        found = found.filter(created_at__gte=wanted.joined_since)
    if wanted.joined_until is not None:
        found = found.filter(created_at__lt=wanted.joined_until)
    rows, following = await window(found, asked)
    return rows, await found.count(), following


async def one(user_id: int) -> User | None:
    """Return the member; former members are included."""
    return await User.get_or_none(id=user_id)


async def address_count(user_id: int) -> int:
    """Return the number of the member's addresses."""
    return await Address.filter(user_id=user_id).count()


def _matching(text: str, *, is_exact: bool) -> Q:
    """Build the condition. Identifiers are stored casefolded, telephone numbers as digits. `contains` escapes % and _.

    Only the columns that could hold the whole text are compared with it: Tortoise refuses a longer one.
    """
    folded, digits = text.casefold(), normal_phone(text)
    if is_exact:
        wanted = {"name": text, "login_id": folded, "email": folded}
        if digits.isdecimal():
            wanted["phone"] = digits
        fitting = {name: value for name, value in wanted.items() if len(value) <= WIDTHS[name]}
        return Q(**fitting, join_type=Q.OR) if fitting else Q(id=0)
    either = Q(name__contains=text) | Q(login_id__contains=folded) | Q(email__contains=folded)
    return either | Q(phone__contains=digits) if digits.isdecimal() else either
