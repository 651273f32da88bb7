"""Add, change and remove roles. Holders of a role whose permissions change are signed out at once."""

from tortoise.exceptions import IntegrityError

from src.app.staff.dtos.admin.responses import RoleRead
from src.app.staff.dtos.admin.staffing import RoleChange, RoleCreate
from src.app.staff.errors import RoleCodeTaken, RoleInUse
from src.app.staff.services import hooks, locks, roles
from src.app.staff.services.guards import guarded, refuse_beyond
from src.common.http.etags import refuse_stale
from src.common.records.audit import Actor


async def create(body: RoleCreate, *, by: Actor) -> RoleRead:
    """Write the role. Raises PermissionUnknown, BeyondYourPermissions, RoleCodeTaken."""
    permissions = roles.checked(body.permissions)

    async def write() -> int:
        refuse_beyond(by, permissions)
        role = await roles.add(body.code, name=body.name, permissions=permissions, by=by)
        made: int = role.id
        return made

    try:
        return await roles.one(await guarded(write, by=by, target=("role", body.code)))
    except IntegrityError:
        raise RoleCodeTaken from None


async def change(role_id: int, body: RoleChange, *, version: int, by: Actor) -> RoleRead:
    """Change name or permissions. Locks the staffing, then the role, so that nobody is given the role in between.

    Raises RoleNotFound, StaleEdit, BuiltinRoleFixed (the owner), PermissionUnknown, BeyondYourPermissions.
    """
    permissions = None if body.permissions is None else roles.checked(body.permissions)

    async def write() -> list[tuple[int, int]]:
        await locks.lock_staffing()
        role = await locks.lock_role(role_id)
        refuse_beyond(by, await roles.permissions_in(role), permissions or frozenset())
        refuse_stale(role.version, version)
        return await roles.change(role, name=body.name, permissions=permissions, by=by)

    await hooks.close_sessions(await guarded(write, by=by, target=("role", role_id)))
    return await roles.one(role_id)


async def remove(role_id: int, *, version: int, by: Actor) -> None:
    """Remove a role without holders.

    Raises RoleNotFound, StaleEdit, BuiltinRoleFixed, RoleInUse, BeyondYourPermissions.
    """

    async def write() -> None:
        await locks.lock_staffing()
        role = await locks.lock_role(role_id)
        refuse_beyond(by, await roles.permissions_in(role))
        refuse_stale(role.version, version)
        await roles.remove(role, by=by)

    try:
        await guarded(write, by=by, target=("role", role_id))
    except IntegrityError:  # an account was created with it in between
        raise RoleInUse(count=1, holders=[]) from None
