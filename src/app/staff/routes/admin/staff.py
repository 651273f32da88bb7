"""Routes that change staff and roles."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Response

from src.app.staff.dtos.admin.responses import RoleRead, StaffRead
from src.app.staff.dtos.admin.staffing import (
    RoleChange,
    RoleCreate,
    StaffChange,
    StaffCreate,
    StaffPassword,
)
from src.app.staff.errors import (
    BeyondYourPermissions,
    BuiltinRoleFixed,
    LastOwner,
    NotOnYourself,
    PermissionUnknown,
    RoleCodeTaken,
    RoleInUse,
    RoleNotFound,
    RoleUnknown,
    StaffLoginIdTaken,
    StaffNotFound,
)
from src.app.staff.services import queries, role_changes, roles, staffing
from src.common.dtos.reasons import NO_REASON, WithReason
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

StaffWriter = Annotated[Identity, Depends(Policy("staff", "staff:write"))]
RoleWriter = Annotated[Identity, Depends(Policy("staff", "role:write"))]
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

EDIT = (IfMatchRequired, StaleEdit)
OTHERS_ERRORS = documents(StaffNotFound, NotOnYourself, BeyondYourPermissions)

router = new_router(prefix="/admin", tags=["admin: staff"])


@router.post(
    "/staff",
    operation_id="createStaff",
    status_code=201,
    responses=documents(StaffLoginIdTaken, RoleUnknown, BeyondYourPermissions),
)
async def create_staff(body: StaffCreate, by: Acting, _: StaffWriter) -> StaffRead:
    """Add a staff member with a first password. A role with permissions that you lack cannot be given."""
    return await staffing.create(body, by=by)


@router.patch(
    "/staff/{staff_id}",
    operation_id="changeStaff",
    responses=documents(StaffNotFound, *EDIT, RoleUnknown, NotOnYourself, LastOwner, BeyondYourPermissions),
)
async def change_staff(
    staff_id: RowId, body: StaffChange, version: EditedVersion, response: Response, by: Acting, _: StaffWriter
) -> StaffRead:
    """Change name, role or status. A new role or status ends all sessions of the staff member at once."""
    edit = staffing.change(staff_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(queries.one, staff_id)))


@router.post("/staff/{staff_id}/password", operation_id="setStaffPassword", status_code=204, responses=OTHERS_ERRORS)
async def set_staff_password(staff_id: RowId, body: StaffPassword, by: Acting, _: StaffWriter) -> None:
    """Give a staff member a new password and end all their sessions."""
    await staffing.set_password(staff_id, body, by=by)


@router.post(
    "/staff/{staff_id}/reset-second-factor", operation_id="resetSecondFactor", status_code=204, responses=OTHERS_ERRORS
)
async def reset_second_factor(staff_id: RowId, by: Acting, _: StaffWriter, body: WithReason = NO_REASON) -> None:
    """Remove the second factor of a staff member who lost it, and end all their sessions."""
    await staffing.reset_second_factor(staff_id, body, by=by)


@router.post(
    "/staff/{staff_id}/force-sign-out",
    operation_id="forceSignOut",
    status_code=204,
    responses=documents(StaffNotFound, BeyondYourPermissions),
)
async def force_sign_out(staff_id: RowId, by: Acting, _: StaffWriter, body: WithReason = NO_REASON) -> None:
    """End all sessions of a staff member at once."""
    await staffing.force_sign_out(staff_id, body, by=by)


@router.post(
    "/roles",
    operation_id="createRole",
    status_code=201,
    responses=documents(PermissionUnknown, RoleCodeTaken, BeyondYourPermissions),
)
async def create_role(body: RoleCreate, by: Acting, _: RoleWriter) -> RoleRead:
    """Add a role. Permissions that you lack cannot be given."""
    return await role_changes.create(body, by=by)


@router.patch(
    "/roles/{role_id}",
    operation_id="changeRole",
    responses=documents(RoleNotFound, *EDIT, PermissionUnknown, BuiltinRoleFixed, BeyondYourPermissions),
)
async def change_role(
    role_id: RowId, body: RoleChange, version: EditedVersion, response: Response, by: Acting, _: RoleWriter
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
async def remove_role(role_id: RowId, version: EditedVersion, by: Acting, _: RoleWriter) -> None:
    """Remove a role that nobody has. `ROLE_IN_USE` names who still has it."""
    await or_fresh(role_changes.remove(role_id, version=version, by=by), partial(roles.one, role_id))
