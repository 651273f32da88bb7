"""Change members: status, grade, sessions. Each change and its audit row are one transaction."""

from src.app.user.dtos.admin import MemberChange, MemberRow
from src.app.user.models import User, UserStatus
from src.app.user.services import hooks
from src.app.user.services.admin import changes, members
from src.app.user.services.admin.changes import lock_present
from src.common.dtos.reasons import WithReason
from src.common.http.etags import refuse_stale
from src.common.records import audit
from src.common.records.audit import Actor
from src.core.database import unit_of_work


async def change(user_id: int, body: MemberChange, *, version: int, by: Actor) -> MemberRow:
    """Suspend or reinstate (this also needs ``member:suspend``), set the grade; returns the member masked.

    A suspension raises the epoch in the transaction and ends the sessions after it; suspending again ends them again.
    Raises MemberNotFound, MemberHasLeft, StaleEdit, NotAllowed, SessionStoreUnavailable (the change is then committed,
    and a repeat on the new version ends the sessions).
    """
    if body.status is not None:
        await audit.need(by, "member:suspend", target=("member", user_id))

    async def write() -> User:
        user = await lock_present(user_id)
        refuse_stale(user.version, version)
        suspended = None if body.status is None else body.status == UserStatus.SUSPENDED
        was, is_now = await changes.set_standing(user, suspended=suspended, grade=body.grade)
        before, after = audit.changed(
            {"status": was.status.value, "grade": was.grade},
            {"status": is_now.status.value, "grade": is_now.grade},
        )
        if after:
            target = ("member", user_id)
            await audit.record("member.changed", by=by, target=target, before=before, after=after, reason=body.reason)
        return user

    user = await unit_of_work(write)
    if body.status == UserStatus.SUSPENDED:
        await hooks.sign_ins().end_all(user_id, epoch=user.session_epoch)
    return members.row_of(user, is_clear=False)


async def force_logout(user_id: int, body: WithReason, *, by: Actor) -> None:
    """End all sessions of the member at once. Raises MemberNotFound, MemberHasLeft, SessionStoreUnavailable."""

    async def write() -> int:
        user = await lock_present(user_id)
        await audit.record("member.signed_out", by=by, target=("member", user_id), reason=body.reason)
        return await changes.end_sessions(user)

    await hooks.sign_ins().end_all(user_id, epoch=await unit_of_work(write))
