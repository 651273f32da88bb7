"""Extension points that upper domains implement; `bootstrap.hooks` registers them. Registering a name again replaces
its answer.

`WithdrawalCheck`: True if something of the member must end before the member may leave. It runs inside the transaction:
database reads only. `Reauthentication`: raises unless the caller has just proved to be the member; it gets the password
of the body, if there is one. `ContactVerifier`: uses a confirmed verification up for a change of contact and returns
True if it was for exactly this channel and target; inside the caller's transaction, if one is open. `SignIns`:
sessions, links and tokens of a member, which this domain does not know.
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
        """Return the epoch of the caller's session, None if it has ended. Call outside any transaction."""
        ...

    async def is_confirmed(self, verification_id: str | None, *, channel: ContactChannel, target: str) -> bool:
        """Return True if `ContactVerifier` would accept it. Nothing is used up."""
        ...

    async def void_tokens(self, user_id: int) -> None:
        """Make outstanding reset tokens of the member useless, in the caller's transaction."""
        ...

    async def links_of(self, user_id: int) -> Sequence[LinkBefore]:
        """Return the member's accounts at providers, oldest first."""
        ...

    async def count_open(self, user_id: int) -> int:
        """Return the number of the member's open sessions."""
        ...

    async def end_all(self, user_id: int, *, epoch: int) -> None:
        """End all sessions of the member; `epoch` is the row's raised one. Call after the commit. Raises
        SessionStoreUnavailable."""
        ...

    async def end_others(self, by: Identity, *, epoch: int) -> None:
        """End all sessions of the caller except the current one. Call after the commit."""
        ...

    def tell_changed(self, email: str | None, *, channel: ContactChannel, language: Language) -> None:
        """Notify the member's earlier address of a changed contact. Call after the commit."""
        ...

    async def settle_claim(self, former: Former, *, language: Language) -> None:
        """End the sessions of the member who lost an address to its owner, and notify that member. Call after the
        commit."""
        ...


OpenOrders = Callable[[int], Awaitable[list[OpenOrder]]]
"""Returns the open orders that keep a member from leaving, oldest first. Runs like a `WithdrawalCheck`."""

_open_orders: OpenOrders | None = None
_sign_ins: SignIns | None = None
_withdrawal_checks: dict[str, WithdrawalCheck] = {}
_reauthentication: Reauthentication | None = None
_contact_verifier: ContactVerifier | None = None


def register_withdrawal_check(reason: str, check: WithdrawalCheck) -> None:
    """Add a check. `reason` is the stable word in the error, as in ``OPEN_ORDERS``."""
    _withdrawal_checks[reason] = check


def register_reauthentication(check: Reauthentication | None) -> None:
    """Set the re-authentication. None: being signed in is proof enough."""
    global _reauthentication  # noqa: PLW0603 - the one place that keeps it
    _reauthentication = check


def register_contact_verifier(verifier: ContactVerifier | None) -> None:
    """Set the verifier. None: nothing counts as verified, and contacts cannot be changed."""
    global _contact_verifier  # noqa: PLW0603 - the one place that keeps it
    _contact_verifier = verifier


def register_open_orders(reader: OpenOrders) -> None:
    """Set the order domain's answer."""
    global _open_orders  # noqa: PLW0603 - the one place that keeps it
    _open_orders = reader


def register_sign_ins(keeper: SignIns) -> None:
    """Set the auth domain's answer."""
    global _sign_ins  # noqa: PLW0603 - the one place that keeps it
    _sign_ins = keeper


def sign_ins() -> SignIns:
    """Return the registered `SignIns`. Raises RuntimeError if there is none."""
    if _sign_ins is None:
        raise RuntimeError("register_sign_ins was not called")
    return _sign_ins


async def open_orders(user_id: int) -> list[OpenOrder]:
    """Return the answer of `OpenOrders`. Call inside a unit of work."""
    return [] if _open_orders is None else await _open_orders(user_id)


async def reasons_to_stay(user_id: int) -> list[str]:
    """Return the reasons that hold now, sorted. Call inside a unit of work."""
    return [reason for reason, check in sorted(_withdrawal_checks.items()) if await check(user_id)]


async def reauthenticate(by: Identity, password: str | None) -> None:
    """Run the registered check, which raises to refuse."""
    if _reauthentication is not None:
        await _reauthentication(by, password)


async def is_verified(verification_id: str | None, *, user_id: int, channel: str, target: str) -> bool:
    """Use the verification up; return True if it proves that the target is the member's."""
    if verification_id is None or _contact_verifier is None:
        return False
    return await _contact_verifier(verification_id, user_id=user_id, channel=channel, target=target)
