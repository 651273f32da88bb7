"""Changes of members by staff. All run in the caller's transaction, on a locked row; the caller ends the sessions
themselves after the commit."""

from dataclasses import dataclass

from src.app.user.errors import MemberHasLeft, MemberNotFound
from src.app.user.models import User, UserStatus
from src.app.user.services.locks import lock_row
from src.common import clock


@dataclass(frozen=True, slots=True)
class Standing:
    """A member's status and grade."""

    status: UserStatus
    grade: str


async def lock(user_id: int) -> User | None:
    """Lock the member's row until the transaction ends. Former members are included; None for an unknown id."""
    return await lock_row(user_id)


async def lock_present(user_id: int) -> User:
    """Lock the member's row until the transaction ends. Raises MemberNotFound, MemberHasLeft."""
    user = await lock(user_id)
    if user is None:
        raise MemberNotFound
    if user.status == UserStatus.WITHDRAWN:
        raise MemberHasLeft
    return user


async def set_standing(user: User, *, suspended: bool | None, grade: str | None) -> tuple[Standing, Standing]:
    """Suspend or reinstate the member and set the grade; None leaves a value unchanged. Returns the values before and
    after.

    Suspending raises the epoch. A withdrawal in progress continues during a suspension and is the status after
    reinstatement.
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
    """Raise the epoch and return it."""
    user.session_epoch += 1
    await _save(user, "session_epoch")
    return user.session_epoch


async def _save(user: User, *names: str) -> None:
    user.updated_at = clock.now()
    await user.save(update_fields=[*names, "updated_at"])
