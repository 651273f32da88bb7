"""A member's e-mail address and telephone number change only where they were verified."""

from tortoise.exceptions import IntegrityError

from src.app.user.dtos.fields import normal_login_id
from src.app.user.errors import ContactNotVerified, EmailTaken
from src.app.user.models import User
from src.app.user.services import hooks, queries
from src.app.user.services.locks import lock_member
from src.common.utils import clock
from src.core.database import unit_of_work


async def check_verified(user: User, *, email: str | None, phone: str | None, verification_id: str | None) -> None:
    """Raise EmailTaken, then ContactNotVerified, unless what is given is the member's already or was verified.

    A verification that is asked about is used up.
    """
    if email is not None and email != user.email:
        if await queries.email_exists(email):
            raise EmailTaken
        if not await hooks.is_verified(verification_id, user_id=user.id, channel="email", target=email):
            raise ContactNotVerified
    is_new = phone is not None and phone != user.phone
    if is_new and not await hooks.is_verified(verification_id, user_id=user.id, channel="sms", target=phone or ""):
        raise ContactNotVerified


async def change_contact(user_id: int, *, email: str | None = None, phone: str | None = None) -> None:
    """Write what is given, verified by the caller, in a transaction of its own. Raises EmailTaken, InvalidToken."""
    await unit_of_work(lambda: write_contact(user_id, email=email, phone=phone))


async def write_contact(user_id: int, *, email: str | None = None, phone: str | None = None) -> None:
    """As `change_contact`, inside the caller's transaction, which EmailTaken must roll back. Locks the member's row.

    The e-mail address is stored in its one spelling. Of simultaneous changes to one address, one succeeds.
    """
    user = await lock_member(user_id)
    changes: dict[str, object] = {}
    if email is not None:
        changes["email"] = normal_login_id(email)
    if phone is not None:
        changes["phone"] = phone
    if not changes:
        return
    try:
        await User.filter(id=user.id).update(**changes, updated_at=clock.now())
    except IntegrityError as error:
        raise EmailTaken from error
