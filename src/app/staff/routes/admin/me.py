"""Routes of the staff domain: who I am, and reads of staff and roles."""

from typing import Annotated

from fastapi import Depends, Path, Query, Response

from src.app.staff.dtos.admin.notifications import NotificationsRead, NotificationsWrite
from src.app.staff.dtos.admin.responses import PermissionRead, RoleRead, StaffMe, StaffRead
from src.app.staff.dtos.admin.staffing import StaffQuery
from src.app.staff.errors import RoleNotFound, StaffNotFound
from src.app.staff.services import notifications, queries, roles
from src.common.dtos.pages import Items, Page
from src.common.exceptions import documents
from src.common.http.etags import tagged
from src.common.http.routing import new_router
from src.common.identity import AnyStaff, Identity, Policy, StaffChangingPassword
from src.common.records.audit import Acting

StaffReader = Annotated[Identity, Depends(Policy("staff", "staff:read"))]
RoleReader = Annotated[Identity, Depends(Policy("staff", "role:read"))]
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]

router = new_router(prefix="/admin", tags=["admin: staff"])


@router.get("/me", operation_id="readStaffMe")
async def read_me(staff: StaffChangingPassword) -> StaffMe:
    """Who I am, what I may do, and the sidebar with the screens that I may open. With `must_change_password` none of
    it opens before POST /admin/me/password."""
    return await queries.me(staff)


@router.get("/me/notifications", operation_id="readMyNotifications")
async def read_my_notifications(staff: AnyStaff) -> NotificationsRead:
    """What I am told of, and where."""
    return await notifications.own(staff)


@router.put("/me/notifications", operation_id="writeMyNotifications")
async def write_my_notifications(body: NotificationsWrite, staff: AnyStaff, by: Acting) -> NotificationsRead:
    """Set what I am told of, and where. Low stock is told to who may read stock: once for each fall below the line."""
    return await notifications.write(body, staff=staff, by=by)


@router.get("/permissions", operation_id="listPermissions")
async def list_permissions(_: RoleReader) -> Items[PermissionRead]:
    """Every permission that a role can have."""
    return Items(items=roles.meanings())


@router.get("/roles", operation_id="listRoles")
async def list_roles(_: RoleReader) -> Items[RoleRead]:
    """All roles with what they may do and how many have them, the built-in ones first."""
    return Items(items=await roles.every())


@router.get("/roles/{role_id}", operation_id="readRole", responses=documents(RoleNotFound))
async def read_role(role_id: RowId, response: Response, _: RoleReader) -> RoleRead:
    """One role."""
    return tagged(response, await roles.one(role_id))


@router.get("/staff", operation_id="listStaff")
async def list_staff(asked: Annotated[StaffQuery, Query()], _: StaffReader) -> Page[StaffRead]:
    """Staff members, the newest first."""
    return await queries.find(asked)


@router.get("/staff/{staff_id}", operation_id="readStaff", responses=documents(StaffNotFound))
async def read_staff(staff_id: RowId, response: Response, _: StaffReader) -> StaffRead:
    """One staff member."""
    return tagged(response, await queries.one(staff_id))
