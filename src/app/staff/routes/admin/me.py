"""Routes of the caller's own staff profile and notifications."""

from src.app.staff.dtos.admin.notifications import NotificationsRead, NotificationsWrite
from src.app.staff.dtos.admin.responses import StaffMe
from src.app.staff.services import notifications, queries
from src.common.http.routing import new_router
from src.common.identity import AnyStaff, StaffChangingPassword
from src.common.records.audit import Acting

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
