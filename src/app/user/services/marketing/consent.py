"""May advertising be sent to a member now? (정보통신망법 제50조)"""

from datetime import datetime, time
from typing import Final

from src.app.user.dtos.fields import POLICY_OF, ConsentName, MarketingChannel
from src.app.user.models import User, UserStatus
from src.app.user.services.consents import history, latest_of
from src.app.user.services.policies import version_in_force
from src.common.clock import KST

# 정보통신망법 제50조제3항: from 21:00 to 08:00 of the next day only with a consent of its own. The law (시행령
# 제61조제2항) lets e-mail through at night; the shop asks for the consent there too.
NIGHT_BEGINS: Final = time(21)
NIGHT_ENDS: Final = time(8)
CONSENT_FOR: Final[dict[MarketingChannel, ConsentName]] = {"email": "marketing_email", "sms": "marketing_sms"}


async def may_send_marketing(user_id: int, channel: MarketingChannel, at: datetime) -> bool:
    """Whether the member, as of now, lets us advertise by this channel at that moment (aware).

    Needs the consent of the channel, at night that of the night too, each to the version in force. Never to a member
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
    """Whether it is night in Korea: 21:00 is, 08:00 is not."""
    local = at.astimezone(KST).time()
    return local >= NIGHT_BEGINS or local < NIGHT_ENDS
