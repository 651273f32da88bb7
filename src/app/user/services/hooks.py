"""What upper domains answer for this one; main registers it. Registering a name again replaces what it had.

`WithdrawalCheck`: whether something of the member's must end before the member may leave. It runs inside the
transaction: database reads only. `Reauthentication`: refuses, by raising, who did not just prove to be the member; it
gets the password of the body, if one came. `ContactVerifier`: uses a confirmed verification up and tells whether it
was of exactly this channel and target, for a change of contact; inside the caller's transaction, where one is open.
`SignIns`: what hangs on a member's way in, which this domain does not know.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from src.app.notification.services.texts.rendering import Language
from src.app.user.dtos.fields import ContactChannel
from src.app.user.dtos.responses import LinkBefore
from src.app.user.errors import OpenOrder
from src.app.user.services.email_claims import Former
from src.common.identity import Identity

WithdrawalCheck = Callable[[int], Awaitable[bool]]
Reauthentication = Callable[[Identity, str | None], Awaitable[None]]


class ContactVerifier(Protocol):
    """See the module."""

    async def __call__(self, verification_id: str, *, user_id: int, channel: str, target: str) -> bool:
        """`channel` is ``email`` or ``sms``."""
        ...


class SignIns(Protocol):
    """See the module."""

    async def epoch_of(self, by: Identity) -> int | None:
        """The epoch that the caller's session goes on in, None where it has ended. Outside any transaction."""
        ...

    async def is_confirmed(self, verification_id: str | None, *, channel: ContactChannel, target: str) -> bool:
        """Whether `ContactVerifier` would say yes. Nothing is used up."""
        ...

    async def void_tokens(self, user_id: int) -> None:
        """Make outstanding reset tokens of the member useless, in the caller's transaction."""
        ...

    async def links_of(self, user_id: int) -> Sequence[LinkBefore]:
        """The member's accounts at providers, oldest first."""
        ...

    async def end_others(self, by: Identity, *, epoch: int) -> None:
        """End all sessions of the caller but the asking one. After the commit."""
        ...

    def tell_changed(self, email: str | None, *, channel: ContactChannel, language: Language) -> None:
        """Tell the member, where it could be reached before, that a contact is another one. After the commit."""
        ...

    async def settle_claim(self, former: Former, *, language: Language) -> None:
        """End the sessions of who lost an address to its owner, and tell that member. After the commit."""
        ...


OpenOrders = Callable[[int], Awaitable[list[OpenOrder]]]
"""The member's orders that keep the member, oldest first. Runs like a `WithdrawalCheck`."""

_open_orders: OpenOrders | None = None
_sign_ins: SignIns | None = None
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


def register_open_orders(reader: OpenOrders) -> None:
    """main registers the order domain's."""
    global _open_orders  # noqa: PLW0603 - the one place that keeps it
    _open_orders = reader


def register_sign_ins(keeper: SignIns) -> None:
    """main registers the auth domain's."""
    global _sign_ins  # noqa: PLW0603 - the one place that keeps it
    _sign_ins = keeper


def sign_ins() -> SignIns:
    """See `SignIns`. Raises RuntimeError where nobody registered one: contacts do not change without it."""
    if _sign_ins is None:
        raise RuntimeError("register_sign_ins was not called")
    return _sign_ins


async def open_orders(user_id: int) -> list[OpenOrder]:
    """See `OpenOrders`. Call inside a unit of work."""
    return [] if _open_orders is None else await _open_orders(user_id)


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
