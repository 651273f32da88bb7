"""Reads of staff."""

from dataclasses import dataclass, field

from tortoise.expressions import Q
from tortoise.queryset import QuerySetSingle

from src.app.staff.dtos.admin.responses import RoleName, SecondFactorRead, StaffMe, StaffRead
from src.app.staff.dtos.admin.staffing import StaffQuery
from src.app.staff.dtos.fields import MAX_LOGIN_ID, normal_login_id
from src.app.staff.errors import StaffNotFound
from src.app.staff.models import Staff, StaffStatus
from src.app.staff.services import roles, second_factors
from src.app.staff.services.menu import menu_for
from src.common.dtos.pages import Page
from src.common.exceptions.general import InvalidToken
from src.common.identity import Identity

__all__ = ["StaffAccount", "account_by_id", "account_by_login_id", "normal_login_id"]


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """A staff member's values for sign-in."""

    id: int
    login_id: str
    password_hash: str = field(repr=False)
    is_active: bool
    session_epoch: int
    role: str
    permissions: frozenset[str]
    must_change_password: bool


async def account_by_login_id(login_id: str) -> StaffAccount | None:
    """Return the account with this login id in any spelling. None for a text too long to be one."""
    spelled = normal_login_id(login_id)
    return await _account(Staff.get_or_none(login_id=spelled)) if len(spelled) <= MAX_LOGIN_ID else None


async def account_by_id(staff_id: int) -> StaffAccount | None:
    """Return the account of this staff member."""
    return await _account(Staff.get_or_none(id=staff_id))


async def me(by: Identity) -> StaffMe:
    """Return the signed-in staff member's own account with the session's permissions. Raises InvalidToken if the
    account no longer exists."""
    staff = await Staff.get_or_none(id=by.id).select_related("role")
    if staff is None:
        raise InvalidToken(headers={"WWW-Authenticate": "Bearer"})
    return StaffMe(
        id=staff.id,
        login_id=staff.login_id,
        name=staff.name,
        role=RoleName.model_validate(staff.role, from_attributes=True),
        permissions=sorted(by.permissions),
        second_factor=SecondFactorRead(
            enabled=await second_factors.is_enabled(staff.id),
            recovery_codes_left=await second_factors.codes_left(staff.id),
        ),
        must_change_password=staff.must_change_password,
        menu=menu_for(by.permissions),
    )


async def find(asked: StaffQuery) -> Page[StaffRead]:
    """Return staff members, the newest first."""
    found = Staff.all()
    if asked.q:
        found = found.filter(Q(name__contains=asked.q) | Q(login_id__contains=normal_login_id(asked.q)))
    if asked.role is not None:
        found = found.filter(role__code=asked.role)
    if asked.status is not None:
        found = found.filter(status=asked.status)
    rows = await found.order_by("-id").offset(asked.offset).limit(asked.size).select_related("role")
    secured = await second_factors.enabled_among([staff.id for staff in rows])
    items = [_read(staff, has_second_factor=staff.id in secured) for staff in rows]
    return Page(items=items, total=await found.count(), page=asked.page, size=asked.size)


async def one(staff_id: int) -> StaffRead:
    """Return one staff member. Raises StaffNotFound."""
    staff = await Staff.get_or_none(id=staff_id).select_related("role")
    if staff is None:
        raise StaffNotFound
    return _read(staff, has_second_factor=await second_factors.is_enabled(staff_id))


async def names_of(staff_ids: set[int]) -> dict[int, str]:
    """Return the names of these staff members, by id."""
    found = await Staff.filter(id__in=sorted(staff_ids)).values_list("id", "name")
    return dict(found)


async def _account(asked: QuerySetSingle[Staff | None]) -> StaffAccount | None:
    """Read the row with its epoch before the permissions: a change of permissions raises the epoch first."""
    staff = await asked.select_related("role")
    if staff is None:
        return None
    return StaffAccount(
        id=staff.id,
        login_id=staff.login_id,
        password_hash=staff.password_hash,
        is_active=staff.status == StaffStatus.ACTIVE,
        session_epoch=staff.session_epoch,
        role=staff.role.code,
        permissions=await roles.permissions_in(staff.role),
        must_change_password=staff.must_change_password,
    )


def _read(staff: Staff, *, has_second_factor: bool) -> StaffRead:
    return StaffRead(
        id=staff.id,
        login_id=staff.login_id,
        name=staff.name,
        role=RoleName.model_validate(staff.role, from_attributes=True),
        status=staff.status,
        second_factor=has_second_factor,
        must_change_password=staff.must_change_password,
        version=staff.version,
        created_at=staff.created_at,
        updated_at=staff.updated_at,
    )
