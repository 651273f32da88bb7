"""Add and change staff. A change that removes permissions or changes how somebody signs in ends their sessions at once:
the epoch rises in the same transaction, the sessions themselves end after the commit."""

from tortoise.exceptions import IntegrityError

from src.app.staff.dtos.admin.responses import StaffRead
from src.app.staff.dtos.admin.staffing import StaffChange, StaffCreate, StaffPassword
from src.app.staff.errors import NotOnYourself, RoleUnknown, StaffLoginIdTaken
from src.app.staff.models import Staff
from src.app.staff.services import accounts, hooks, locks, queries, roles, second_factors
from src.app.staff.services.guards import guarded, refuse_beyond
from src.common.dtos.reasons import WithReason
from src.common.http.etags import refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor


async def create(body: StaffCreate, *, by: Actor) -> StaffRead:
    """Write the account. Of simultaneous calls with one login id one succeeds.

    Raises StaffLoginIdTaken, RoleUnknown, BeyondYourPermissions.
    """
    password_hash = await hooks.hash_password(body.password.get_secret_value())

    async def write() -> int:
        role = await roles.by_code(body.role)
        refuse_beyond(by, await roles.permissions_in(role))
        staff = await accounts.add(
            body.login_id,
            password_hash=password_hash,
            name=body.name,
            role=role,
            by=by,
            must_change_password=True,
        )
        made: int = staff.id
        return made

    try:
        staff_id = await guarded(write, by=by, target=("role", body.role))
    except IntegrityError:
        if await accounts.login_id_exists(body.login_id):
            raise StaffLoginIdTaken from None
        raise RoleUnknown from None  # removed in between
    return await queries.one(staff_id)


async def change(staff_id: int, body: StaffChange, *, version: int, by: Actor) -> StaffRead:
    """Change name, role or status. Locks the staffing, then the account, so of two changes that would together leave
    no active owner the second is refused.

    Raises StaffNotFound, StaleEdit, RoleUnknown, NotOnYourself (own role or status), BeyondYourPermissions, LastOwner.
    """

    async def write() -> list[tuple[int, int]]:
        await locks.lock_staffing()
        staff = await _theirs(staff_id, by)
        refuse_stale(staff.version, version)
        held = await staff.role
        role = held if body.role is None else await roles.by_code(body.role)
        status = staff.status if body.status is None else body.status
        if staff.id == by.staff_id and (role.id, status) != (held.id, staff.status):
            raise NotOnYourself
        refuse_beyond(by, await roles.permissions_in(role))
        must_end = await accounts.change(
            staff, name=body.name or staff.name, role=role, status=status, by=by, reason=body.reason
        )
        return [(staff.id, await accounts.epoch_of(staff.id))] if must_end else []

    await hooks.close_sessions(await guarded(write, by=by, target=("staff", staff_id)))
    return await queries.one(staff_id)


async def set_password(staff_id: int, body: StaffPassword, *, by: Actor) -> None:
    """Set another staff member's password. Their sessions end, and they must change it at the next sign-in.

    Raises StaffNotFound, NotOnYourself, BeyondYourPermissions.
    """
    password_hash = await hooks.hash_password(body.password.get_secret_value())

    async def write() -> int:
        await _others(staff_id, by)
        return await accounts.set_password(staff_id, password_hash, must_change=True, by=by, reason=body.reason)

    await hooks.close_sessions([(staff_id, await guarded(write, by=by, target=("staff", staff_id)))])


async def reset_second_factor(staff_id: int, body: WithReason, *, by: Actor) -> None:
    """Remove another staff member's second factor and recovery codes. Ends their sessions.

    Raises StaffNotFound, NotOnYourself, BeyondYourPermissions.
    """

    async def write() -> int:
        await _others(staff_id, by)
        return await remove_second_factor(staff_id, by=by, reason=body.reason)

    await hooks.close_sessions([(staff_id, await guarded(write, by=by, target=("staff", staff_id)))])


async def force_sign_out(staff_id: int, body: WithReason, *, by: Actor) -> None:
    """End all sessions of a staff member. Raises StaffNotFound, BeyondYourPermissions."""

    async def write() -> int:
        await _theirs(staff_id, by)
        await audit.record("staff.signed_out", by=by, target=("staff", staff_id), reason=body.reason)
        return await accounts.end_sessions(staff_id)

    await hooks.close_sessions([(staff_id, await guarded(write, by=by, target=("staff", staff_id)))])


async def remove_second_factor(staff_id: int, *, by: Actor, reason: str) -> int:
    """Remove it within the caller's transaction; return the raised epoch."""
    was_enabled = await second_factors.remove(staff_id)
    before, after = {"second_factor": was_enabled}, {"second_factor": False}
    await audit.record(
        "staff.second_factor_reset", by=by, target=("staff", staff_id), before=before, after=after, reason=reason
    )
    return await accounts.end_sessions(staff_id)


async def _theirs(staff_id: int, by: Actor) -> Staff:
    """Lock and return the account if it has no permission that the actor lacks."""
    staff = await locks.lock_staff(staff_id)
    refuse_beyond(by, await roles.permissions_in(await staff.role))
    return staff


async def _others(staff_id: int, by: Actor) -> Staff:
    """Lock as `_theirs` does; refuse the actor's own account."""
    staff = await _theirs(staff_id, by)
    if staff.id == by.staff_id:
        raise NotOnYourself
    return staff
