"""Consent check for advertising (정보통신망법 제50조)."""

from datetime import datetime, time
from typing import Final

from src.app.user.dtos.fields import POLICY_OF, ConsentName, MarketingChannel
from src.app.user.models import User, UserStatus
from src.app.user.services.consents import history, latest_of
from src.app.user.services.policies import version_in_force
from src.common.clock import KST

# 정보통신망법 제50조제3항: from 21:00 to 08:00 of the next day only with a separate consent. The law (시행령
# 제61조제2항) exempts e-mail at night; the shop requires the consent for it too.
NIGHT_BEGINS: Final = time(21)
NIGHT_ENDS: Final = time(8)
CONSENT_FOR: Final[dict[MarketingChannel, ConsentName]] = {"email": "marketing_email", "sms": "marketing_sms"}


async def may_send_marketing(user_id: int, channel: MarketingChannel, at: datetime) -> bool:
    """Return True if the member's current consents allow advertising by this channel at that moment (aware).

    Requires the channel's consent, at night also the night consent, each to the version in force. False for a member
    who is suspended, leaving or gone.
    """
    if not await User.filter(id=user_id, status=UserStatus.ACTIVE).exists():
        return False
    latest = latest_of(await history(user_id))
    needed = [CONSENT_FOR[channel]]
    if is_night(at):
        needed.append("marketing_night")
    return all(
        (row := latest.get(name)) is not None and row.agreed and row.version == version_in_force(POLICY_OF[name], at=at)
        for name in needed
    )


def is_night(at: datetime) -> bool:
    """Return True if it is night in Korea: 21:00 is, 08:00 is not."""
    local = at.astimezone(KST).time()
    return local >= NIGHT_BEGINS or local < NIGHT_ENDS
