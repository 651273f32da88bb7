"""What upper domains answer for this one; main registers it. Registering a name again replaces what it had.

`WithdrawalCheck`: whether something of the member's must end before the member may leave. It runs inside the
transaction: database reads only. `Reauthentication`: refuses, by raising, who did not just prove to be the member; it
gets the password of the body, if one came. `ContactVerifier`: uses a confirmed verification up and tells whether it
was of exactly this channel and target, for a change of contact.
"""

from collections.abc import Awaitable, Callable
from typing import Protocol

from src.common.utils.identity import Identity

WithdrawalCheck = Callable[[int], Awaitable[bool]]
Reauthentication = Callable[[Identity, str | None], Awaitable[None]]


class ContactVerifier(Protocol):
    """See the module."""

    async def __call__(self, verification_id: str, *, user_id: int, channel: str, target: str) -> bool:
        """`channel` is ``email`` or ``sms``."""
        ...


_withdrawal_checks: dict[str, WithdrawalCheck] = {}
_reauthentication: Reauthentication | None = None
_contact_verifier: ContactVerifier | None = None


def register_withdrawal_check(reason: str, check: WithdrawalCheck) -> None:
    """`reason` is the stable word that the member is told, as in ``OPEN_ORDERS``."""
    _withdrawal_checks[reason] = check


def register_reauthentication(check: Reauthentication | None) -> None:
    """None: signing in is proof enough."""
    global _reauthentication  # noqa: PLW0603 - the one place that keeps it
    _reauthentication = check


def register_contact_verifier(verifier: ContactVerifier | None) -> None:
    """None: nothing counts as verified, and contacts cannot be changed."""
    global _contact_verifier  # noqa: PLW0603 - the one place that keeps it
    _contact_verifier = verifier


async def reasons_to_stay(user_id: int) -> list[str]:
    """The reasons that hold now, sorted. Call inside a unit of work."""
    return [reason for reason, check in sorted(_withdrawal_checks.items()) if await check(user_id)]


async def reauthenticate(by: Identity, password: str | None) -> None:
    """Raise what the registered check raises."""
    if _reauthentication is not None:
        await _reauthentication(by, password)


async def is_verified(verification_id: str | None, *, user_id: int, channel: str, target: str) -> bool:
    """Whether this verification, which is used up by asking, proves the target to be the member's."""
    if verification_id is None or _contact_verifier is None:
        return False
    return await _contact_verifier(verification_id, user_id=user_id, channel=channel, target=target)
