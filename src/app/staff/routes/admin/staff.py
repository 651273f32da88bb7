"""Routes that show and change staff accounts."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.staff.dtos.admin.responses import StaffRead
from src.app.staff.dtos.admin.staffing import StaffChange, StaffCreate, StaffPassword, StaffQuery
from src.app.staff.errors import (
    BeyondYourPermissions,
    LastOwner,
    NotOnYourself,
    RoleUnknown,
    StaffLoginIdTaken,
    StaffNotFound,
)
from src.app.staff.services import queries, staffing
from src.common.dtos.pages import Page
from src.common.dtos.reasons import NO_REASON, WithReason
from src.common.exceptions import documents
from src.common.exceptions.general import IfMatchRequired, StaleEdit
from src.common.http.etags import EditedVersion, or_fresh, tagged
from src.common.http.routing import new_router
from src.common.identity import Identity, Policy
from src.common.records.audit import Acting

Reader = Annotated[Identity, Depends(Policy("staff", "staff:read"))]
Writer = Annotated[Identity, Depends(Policy("staff", "staff:write"))]
StaffId = Annotated[int, Path(ge=1, le=2**63 - 1)]

EDIT = (IfMatchRequired, StaleEdit)
OTHERS_ERRORS = documents(StaffNotFound, NotOnYourself, BeyondYourPermissions)

router = new_router(prefix="/admin", tags=["admin: staff"])


@router.get("/staff", operation_id="listStaff")
async def list_staff(asked: Annotated[StaffQuery, Query()], _: Reader) -> Page[StaffRead]:
    """Staff members, the newest first."""
    return await queries.find(asked)


@router.get("/staff/{staff_id}", operation_id="readStaff", responses=documents(StaffNotFound))
async def read_staff(staff_id: StaffId, response: Response, _: Reader) -> StaffRead:
    """One staff member."""
    return tagged(response, await queries.one(staff_id))


@router.post(
    "/staff",
    operation_id="createStaff",
    status_code=201,
    responses=documents(StaffLoginIdTaken, RoleUnknown, BeyondYourPermissions),
)
async def create_staff(body: StaffCreate, by: Acting, _: Writer) -> StaffRead:
    """Add a staff member with a first password. A role with permissions that you lack cannot be given."""
    return await staffing.create(body, by=by)


@router.patch(
    "/staff/{staff_id}",
    operation_id="changeStaff",
    responses=documents(StaffNotFound, *EDIT, RoleUnknown, NotOnYourself, LastOwner, BeyondYourPermissions),
)
async def change_staff(
    staff_id: StaffId, body: StaffChange, version: EditedVersion, response: Response, by: Acting, _: Writer
) -> StaffRead:
    """Change name, role or status. A new role or status ends all sessions of the staff member at once."""
    edit = staffing.change(staff_id, body, version=version, by=by)
    return tagged(response, await or_fresh(edit, partial(queries.one, staff_id)))


@router.post("/staff/{staff_id}/password", operation_id="setStaffPassword", status_code=204, responses=OTHERS_ERRORS)
async def set_staff_password(staff_id: StaffId, body: StaffPassword, by: Acting, _: Writer) -> None:
    """Give a staff member a new password and end all their sessions."""
    await staffing.set_password(staff_id, body, by=by)


@router.post(
    "/staff/{staff_id}/reset-second-factor", operation_id="resetSecondFactor", status_code=204, responses=OTHERS_ERRORS
)
async def reset_second_factor(staff_id: StaffId, by: Acting, _: Writer, body: WithReason = NO_REASON) -> None:
    """Remove the second factor of a staff member who lost it, and end all their sessions."""
    await staffing.reset_second_factor(staff_id, body, by=by)


@router.post(
    "/staff/{staff_id}/force-sign-out",
    operation_id="forceSignOut",
    status_code=204,
    responses=documents(StaffNotFound, BeyondYourPermissions),
)
async def force_sign_out(staff_id: StaffId, by: Acting, _: Writer, body: WithReason = NO_REASON) -> None:
    """End all sessions of a staff member at once."""
    await staffing.force_sign_out(staff_id, body, by=by)
