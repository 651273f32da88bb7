"""Create and change staff accounts. All but `create_staff` run in the caller's transaction."""

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from src.app.staff.dtos.fields import normal_login_id
from src.app.staff.errors import LastOwner, RoleUnknown, StaffLoginIdTaken
from src.app.staff.models import Role, Staff, StaffStatus
from src.app.staff.services import roles
from src.app.staff.services.builtin_roles import OWNER, ensure_builtin_roles
from src.common import clock
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def create_staff(
    login_id: str, *, password_hash: str, name: str, role: str = OWNER, by: Actor = audit.SYSTEM
) -> Staff:
    """Write the account in a transaction of its own and return it: for the demo shop and commands, outside HTTP.

    Missing built-in roles are created. Raises StaffLoginIdTaken for a login id in use, ValueError for
    a role that is not known.
    """
    await ensure_builtin_roles()

    async def create() -> Staff:
        return await add(login_id, password_hash=password_hash, name=name, role=await roles.by_code(role), by=by)

    try:
        return await unit_of_work(create)
    except RoleUnknown:
        raise ValueError(f"unknown role: {role}") from None
    except IntegrityError as error:
        raise StaffLoginIdTaken from error


async def add(
    login_id: str, *, password_hash: str, name: str, role: Role, by: Actor, must_change_password: bool = False
) -> Staff:
    """Write an account. A login id in use raises IntegrityError, which the caller translates."""
    now = clock.now()
    staff = await Staff.create(
        login_id=normal_login_id(login_id),
        password_hash=password_hash,
        must_change_password=must_change_password,
        name=name,
        role=role,
        created_at=now,
        updated_at=now,
    )
    after = {"login_id": staff.login_id, "name": name, "role": role.code}
    await audit.record("staff.created", by=by, target=("staff", staff.id), after=after)
    return staff


async def login_id_exists(login_id: str) -> bool:
    """Return True if a staff member has this login id in any spelling."""
    return await Staff.filter(login_id=normal_login_id(login_id)).exists()


async def change(staff: Staff, *, name: str, role: Role, status: StaffStatus, by: Actor, reason: str) -> bool:
    """Change a locked account under the staffing lock; True if its sessions must end; the epoch is raised then. Raises
    LastOwner if no active owner would be left.
    """
    held = await staff.role
    if held.code == OWNER and (role.id, status) != (held.id, StaffStatus.ACTIVE):
        others = Staff.filter(role_id=held.id, status=StaffStatus.ACTIVE).exclude(id=staff.id)
        if staff.status == StaffStatus.ACTIVE and not await others.exists():
            raise LastOwner
    before, after = audit.changed(
        {"name": staff.name, "role": held.code, "status": staff.status.value},
        {"name": name, "role": role.code, "status": status.value},
    )
    if not after:
        return False
    must_end = "role" in after or "status" in after
    await Staff.filter(id=staff.id).update(
        name=name, role_id=role.id, status=status, version=staff.version + 1, updated_at=clock.now()
    )
    if must_end:
        await end_sessions(staff.id)
    await audit.record("staff.changed", by=by, target=("staff", staff.id), before=before, after=after, reason=reason)
    return must_end


async def set_password(staff_id: int, password_hash: str, *, must_change: bool, by: Actor, reason: str = "") -> int:
    """Set the password and return the raised epoch: sessions of the old epoch end."""
    await Staff.filter(id=staff_id).update(password_hash=password_hash, must_change_password=must_change)
    await audit.record("staff.password_set", by=by, target=("staff", staff_id), reason=reason)
    return await end_sessions(staff_id)


async def replace_hash(staff_id: int, *, old: str, new: str) -> None:
    """Replace the hash by another of the same password; nothing happens if the password was changed in between."""
    await Staff.filter(id=staff_id, password_hash=old).update(password_hash=new)


async def end_sessions(staff_id: int) -> int:
    """Raise the account's epoch and return it. After the commit the caller ends the sessions themselves."""
    await Staff.filter(id=staff_id).update(session_epoch=F("session_epoch") + 1, updated_at=clock.now())
    return await epoch_of(staff_id)


async def epoch_of(staff_id: int) -> int:
    """Return the account's epoch."""
    return (await Staff.get(id=staff_id)).session_epoch
