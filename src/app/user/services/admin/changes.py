"""Changes of members by the back-office. All run in the caller's transaction, on a locked row; ending the sessions
themselves, after the commit, is the caller's."""

from dataclasses import dataclass

from src.app.user.models import User, UserStatus
from src.app.user.services.locks import lock_row
from src.common import clock


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member stands."""

    status: UserStatus
    grade: str


async def lock(user_id: int) -> User | None:
    """The member's row, locked until the transaction ends; one who left included, None for one who never was."""
    return await lock_row(user_id)


async def set_standing(user: User, *, suspended: bool | None, grade: str | None) -> tuple[Standing, Standing]:
    """Suspend or let back in, and set the grade; None leaves as it is. Answers before and after.

    Suspending raises the epoch. A withdrawal under way goes on meanwhile, and is what the member comes back to.
    """
    before = Standing(user.status, user.grade)
    if suspended is True and user.status != UserStatus.SUSPENDED:
        user.status = UserStatus.SUSPENDED
        user.session_epoch += 1
    elif suspended is False and user.status == UserStatus.SUSPENDED:
        user.status = UserStatus.ACTIVE if user.withdraw_at is None else UserStatus.WITHDRAWING
    if grade is not None:
        user.grade = grade
    after = Standing(user.status, user.grade)
    if after != before:
        user.version += 1
        await _save(user, "status", "grade", "session_epoch", "version")
    return before, after


async def end_sessions(user: User) -> int:
    """Raise the epoch and answer it."""
    user.session_epoch += 1
    await _save(user, "session_epoch")
    return user.session_epoch


async def _save(user: User, *names: str) -> None:
    user.updated_at = clock.now()
    await user.save(update_fields=[*names, "updated_at"])
