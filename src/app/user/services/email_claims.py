"""An e-mail address belongs to who proves to have it. Who wrote it down first without a proof keeps the account, not
the address."""

from dataclasses import dataclass, field

from src.app.user.errors import EmailTaken
from src.app.user.models import User
from src.app.user.services.locks import lock_row
from src.common import clock


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has an address. `is_proved`: proved to be its owner, so it is never taken away."""

    id: int
    is_proved: bool


@dataclass(frozen=True, slots=True)
class Former:
    """Who had an address until now: the raised epoch, and the telephone number that is left to write to."""

    id: int
    epoch: int
    phone: str = field(repr=False)


async def holder_of(email: str) -> Holder | None:
    """The member with this address in its one spelling. A look: `let_go` decides."""
    for user_id, verified_at in await User.filter(email=email).values_list("id", "email_verified_at"):
        return Holder(user_id, is_proved=verified_at is not None)
    return None


async def let_go(holder_id: int, email: str) -> Former | None:
    """Take the address from who never proved it and end that member's sessions, in the caller's transaction, which
    gives it to its owner. Whoever calls ends the sessions in Redis after the commit and tells the former holder.

    Locks the holder's row, so a proof or another claim at the same moment comes before or after. None where the member
    does not have the address any more. Raises EmailTaken where it was proved meanwhile.
    """
    user = await lock_row(holder_id)
    if user is None or user.email != email:
        return None
    if user.email_verified_at is not None:
        raise EmailTaken
    now, epoch = clock.now(), user.session_epoch + 1
    await User.filter(id=user.id).update(email=None, email_claimed_at=now, session_epoch=epoch, updated_at=now)
    return Former(user.id, epoch, user.phone)
