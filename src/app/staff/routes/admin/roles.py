"""Routes that show and change roles."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Response

from src.app.staff.dtos.admin.responses import PermissionRead, RoleRead
from src.app.staff.dtos.admin.staffing import RoleChange, RoleCreate
from src.app.staff.errors import (
    BeyondYourPermissions,
    BuiltinRoleFixed,
    PermissionUnknown,
    RoleCodeTaken,
    RoleInUse,
    RoleNotFound,
)
from src.app.staff.services import role_changes, roles
from src.common.dtos.pages import Items
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "role:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "role:write"))]
RoleId = Annotated[int, Path(ge=1, le=2**63 - 1)]

EDIT = (IfMatchRequired, StaleEdit)

router = new_router(prefix="/admin", tags=["admin: staff"])


@router.get("/permissions", operation_id="listPermissions")
async def list_permissions(_: Reader) -> Items[PermissionRead]:
    """Every permission that a role can have."""
    return Items(items=roles.meanings())


@router.get("/roles", operation_id="listRoles")
async def list_roles(_: Reader) -> Items[RoleRead]:
    """All roles with what they may do and how many have them, the built-in ones first."""
    return Items(items=await roles.every())


@router.get("/roles/{role_id}", operation_id="readRole", responses=documents(RoleNotFound))
async def read_role(role_id: RoleId, response: Response, _: Reader) -> RoleRead:
    """One role."""
    return tagged(response, await roles.one(role_id))


@router.post(
    "/roles",
    operation_id="createRole",
    status_code=201,
    responses=documents(PermissionUnknown, RoleCodeTaken, BeyondYourPermissions),
)
async def create_role(body: RoleCreate, by: Acting, _: Writer) -> RoleRead:
    """Add a role. Permissions that you lack cannot be given."""
    return await role_changes.create(body, by=by)


@router.patch(
    "/roles/{role_id}",
    operation_id="changeRole",
    responses=documents(RoleNotFound, *EDIT, PermissionUnknown, BuiltinRoleFixed, BeyondYourPermissions),
)
async def change_role(
    role_id: RoleId, body: RoleChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> RoleRead:
    """Change a role's name or permissions. New permissions end the sessions of everybody who has the role, so they
    count at once."""
    edit = role_changes.change(role_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(roles.one, role_id)))


@router.delete(
    "/roles/{role_id}",
    operation_id="removeRole",
    status_code=204,
    responses=documents(RoleNotFound, *EDIT, BuiltinRoleFixed, RoleInUse, BeyondYourPermissions),
)
async def remove_role(role_id: RoleId, version: EditedVersion, by: Acting, _: Writer) -> None:
    """Remove a role that nobody has. `ROLE_IN_USE` names who still has it."""
    await or_fresh(role_changes.remove(role_id, version=version, by=by), partial(roles.one, role_id))
