"""Guards against staff granting, changing or taking over permissions that they lack; attempts are audited."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from src.app.staff.errors import BeyondYourPermissions
from src.common.records import audit
from src.common.records.audit import Actor, Target
from src.core.database import unit_of_work

T = TypeVar("T")


def refuse_beyond(by: Actor, *held: frozenset[str]) -> None:
    """Raise BeyondYourPermissions if one of these sets holds a permission that the actor lacks."""
    if any(by.lacks(permissions) for permissions in held):
        raise BeyondYourPermissions


async def guarded(use_case: Callable[[], Awaitable[T]], *, by: Actor, target: Target) -> T:
    """Run the use case in one transaction. A refusal of `refuse_beyond` is written to the audit log."""
    try:
        return await unit_of_work(use_case)
    except BeyondYourPermissions:
        await audit.note_refusal(by, target=target, reason=BeyondYourPermissions.code)
        raise
