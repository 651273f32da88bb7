"""Accounts for sign-in: one shape for members and staff, read through their own domains."""

from dataclasses import dataclass, field

from src.app.auth.services.sessions.tokens import AccountKind
from src.app.staff.services import queries as staff
from src.app.user.services import queries as members


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may sign in. Sessions of another epoch than `epoch` have ended. `lost_email`: see
    `MemberAccount`."""

    kind: AccountKind
    id: int
    password_hash: str = field(repr=False)
    is_active: bool
    epoch: int
    role: str = ""
    permissions: frozenset[str] = frozenset()
    must_change_password: bool = False
    lost_email: bool = False


async def by_login_id(kind: AccountKind, login_id: str) -> Account | None:
    """Return the account of this kind with this login id in any spelling."""
    if kind == "staff":
        return _of_staff(await staff.account_by_login_id(login_id))
    return _of_member(await members.account_by_login_id(login_id))


async def by_id(kind: AccountKind, account_id: int) -> Account | None:
    """Return the account of this kind with this id."""
    if kind == "staff":
        return _of_staff(await staff.account_by_id(account_id))
    return _of_member(await members.account_by_id(account_id))


def _of_member(found: members.MemberAccount | None) -> Account | None:
    if found is None:
        return None
    return Account(
        kind="member",
        id=found.id,
        password_hash=found.password_hash,
        is_active=found.is_active,
        epoch=found.session_epoch,
        lost_email=found.lost_email,
    )


def _of_staff(found: staff.StaffAccount | None) -> Account | None:
    if found is None:
        return None
    return Account(
        kind="staff",
        id=found.id,
        password_hash=found.password_hash,
        is_active=found.is_active,
        epoch=found.session_epoch,
        role=found.role,
        permissions=found.permissions,
        must_change_password=found.must_change_password,
    )
