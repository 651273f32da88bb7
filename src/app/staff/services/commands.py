"""Commands about staff accounts outside HTTP. Each is audited with the actor ``cli``."""

from src.app.staff.dtos.admin.responses import StaffRead
from src.app.staff.dtos.admin.staffing import StaffCreate
from src.app.staff.errors import StaffNotFound
from src.app.staff.services import hooks, queries, staffing
from src.app.staff.services.builtin_roles import ensure_builtin_roles
from src.common.records import audit
from src.core.database import unit_of_work


async def create_staff(body: StaffCreate) -> StaffRead:
    """Create a staff account with a first password; missing built-in roles are created too.

    Raises StaffLoginIdTaken, RoleUnknown.
    """
    await ensure_builtin_roles()
    return await staffing.create(body, by=audit.COMMAND)


async def reset_second_factor(login_id: str) -> None:
    """Remove a staff member's second factor and end their sessions. Raises StaffNotFound."""
    staff_id = await _staff_id(login_id)

    async def write() -> int:
        return await staffing.remove_second_factor(staff_id, by=audit.COMMAND, reason="")

    await hooks.close_sessions([(staff_id, await unit_of_work(write))])


async def _staff_id(login_id: str) -> int:
    account = await queries.account_by_login_id(login_id)
    if account is None:
        raise StaffNotFound
    return account.id
