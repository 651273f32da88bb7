"""Handle a link that ended at its provider: the person disconnected the shop there, or closed the account."""

from datetime import datetime, timedelta
from typing import Final

from src.app.auth.models import SocialAccount
from src.app.auth.services.members import notices
from src.app.auth.services.social import links
from src.app.auth.services.social.providers.base import ProviderName
from src.app.auth.services.verification import way_in
from src.app.notification.services.background import later
from src.app.user.models import User
from src.app.user.services.account import credentials
from src.app.user.services.account.recovery import stranded_of
from src.app.user.services.locks import lock_row
from src.app.user.services.queries import MAY_SIGN_IN
from src.core.database import unit_of_work

LEEWAY: Final = timedelta(
    seconds=30
)  # difference between the provider's clock and ours, plus the rounding to whole seconds


async def end(provider: ProviderName, subject: str, *, at: datetime | None = None) -> None:
    """Delete the link with all the provider's data, and mail the member. A repeat or an unknown subject changes
    nothing. With `at`, neither does an event older than the present link: a late or repeated message.

    A member left without password and link keeps the account and its orders, and gets a link to choose a password at
    the proved e-mail address, else the proved telephone. Locks the member's row.
    """
    found = await SocialAccount.get_or_none(provider=provider, subject=subject)
    if found is None:
        return

    async def write() -> tuple[User, bool] | None:
        user = await lock_row(found.user_id)
        link = await SocialAccount.get_or_none(id=found.id)
        if user is None or link is None or (at is not None and link.linked_at > at + LEEWAY):
            return None
        await SocialAccount.filter(id=link.id).delete()
        if user.status not in MAY_SIGN_IN:
            return None
        is_stranded = not user.has_password and not await links.of_member(user.id)
        if is_stranded:
            await credentials.lose_way_in(user.id)
        return user, is_stranded

    ended = await unit_of_work(write)
    if ended is None:
        return
    user, is_stranded = ended
    notices.tell_link(user.email, provider, what="unlinked", language="ko")
    target = stranded_of(user) if is_stranded else None
    if target is not None:
        later(way_in.send(target, language="ko"))
