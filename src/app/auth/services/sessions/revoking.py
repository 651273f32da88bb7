"""End the sessions of an account by command, outside HTTP. It is audited with the actor ``cli``."""

from typing import Literal

from src.app.auth.services.sessions import sessions
from src.app.staff.errors import StaffNotFound
from src.app.staff.services import accounts, queries
from src.app.user.errors import MemberNotFound
from src.app.user.services import queries as members
from src.app.user.services.admin import changes
from src.common.records import audit
from src.core.database import unit_of_work


async def revoke_sessions(kind: Literal["member", "staff"], login_id: str) -> None:
    """End all sessions of a member or a staff member. Raises MemberNotFound, StaffNotFound, SessionStoreUnavailable.

    The row's epoch rises first: even where Redis cannot be reached, no session is refreshed any more.
    """
    account_id = await (_staff_id(login_id) if kind == "staff" else _member_id(login_id))

    async def write() -> int:
        await audit.record(f"{kind}.signed_out", by=audit.COMMAND, target=(kind, account_id))
        if kind == "staff":
            return await accounts.end_sessions(account_id)
        user = await changes.lock(account_id)
        if user is None:
            raise MemberNotFound
        return await changes.end_sessions(user)

    await sessions.close_all(kind, account_id, epoch=await unit_of_work(write))


async def _staff_id(login_id: str) -> int:
    account = await queries.account_by_login_id(login_id)
    if account is None:
        raise StaffNotFound
    return account.id


async def _member_id(login_id: str) -> int:
    account = await members.account_by_login_id(login_id)
    if account is None:
        raise MemberNotFound
    return account.id
