"""Locking reads of staff. Order: the owner role's row (where the number of owners may change), role, staff."""

from src.app.staff.errors import RoleNotFound, StaffNotFound
from src.app.staff.models import Role, Staff
from src.app.staff.services.builtin_roles import OWNER


async def lock_staffing() -> None:
    """Serialise changes of role holders and of role permissions: each waits here for the others."""
    await Role.filter(code=OWNER).select_for_update().first()


async def lock_role(role_id: int) -> Role:
    """Lock the role's row until the transaction ends. Raises RoleNotFound."""
    role = await Role.filter(id=role_id).select_for_update().first()
    if role is None:
        raise RoleNotFound
    return role


async def lock_staff(staff_id: int) -> Staff:
    """Lock the staff member's row until the transaction ends. Raises StaffNotFound."""
    staff = await Staff.filter(id=staff_id).select_for_update().first()
    if staff is None:
        raise StaffNotFound
    return staff
