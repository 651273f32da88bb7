"""Claims of e-mail addresses: an address belongs to the member who proves it. An earlier holder without proof keeps the
account but loses the address."""

from dataclasses import dataclass, field

from src.app.user.errors import EmailTaken
from src.app.user.models import User
from src.app.user.services.locks import lock_row
from src.common import clock


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of an address. `is_proved`: the holder proved it, so it is never taken away."""

    id: int
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Former:
    """The former holder of an address: the raised epoch, and the telephone number for the notice."""

    id: int
    epoch: int
    phone: str = field(repr=False)


async def holder_of(email: str) -> Holder | None:
    """Return the member with this normalised address. Reads only: `let_go` decides."""
    for user_id, verified_at in await User.filter(email=email).values_list("id", "email_verified_at"):
        return Holder(user_id, is_proved=verified_at is not None)
    return None


async def let_go(holder_id: int, email: str) -> Former | None:
    """Take the address from a holder who never proved it and raise that member's epoch, in the caller's transaction,
    which gives the address to its owner. After the commit the caller ends the sessions in Redis and notifies the former
    holder.

    Locks the holder's row, so a simultaneous proof or claim runs before or after. Returns None if the member no longer
    has the address. Raises EmailTaken if it was proved in between.
    """
    user = await lock_row(holder_id)
    if user is None or user.email != email:
        return None
    if user.email_verified_at is not None:
        raise EmailTaken
    now, epoch = clock.now(), user.session_epoch + 1
    await User.filter(id=user.id).update(email=None, email_claimed_at=now, session_epoch=epoch, updated_at=now)
    return Former(user.id, epoch, user.phone)
