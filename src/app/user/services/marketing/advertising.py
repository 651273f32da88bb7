"""Advertising to members: only with consent, at night only with the separate night consent, always with the label and
the opt-out link (정보통신망법 제50조, 시행령 제61조). A campaign calls `advertise` for each member."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from src.app.notification.dtos.fields import Language
from src.app.notification.models import Way
from src.app.notification.services.delivery.log import MessageRequest, queue
from src.app.user.dtos.fields import MarketingChannel
from src.app.user.services import queries
from src.app.user.services.marketing import opt_out
from src.app.user.services.marketing.consent import NIGHT_ENDS, is_night, may_send_marketing
from src.common import clock
from src.common.clock import KST
from src.core.configs import settings
from src.core.database import unit_of_work

CHANNEL_OF: Final[dict[Way, MarketingChannel]] = {Way.MAIL: "email", Way.PHONE: "sms"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Advertisement:
    """One advertisement. `key` names the campaign in at most 70 characters: a member gets it once by each channel."""

    key: str
    title: str
    body: str
    language: Language = "ko"


async def advertise(ad: Advertisement, member_id: int, channel: MarketingChannel) -> bool:
    """Queue the advertisement for this member; return True if it was queued. At night, without the night consent, it
    waits for the morning. Consents are checked again right before sending.

    False without the channel's consent, without an address, and for a campaign that the member was sent already.
    """
    start = await may_go_from(member_id, channel, clock.now())
    address = await queries.address_of(member_id, channel) if start else ""
    if start is None or not address:
        return False
    shop = settings().messages
    notice = MessageRequest(
        event_key=f"ad:{ad.key}:{member_id}",
        template="advertisement",
        values={
            "sender": shop.ad_sender,
            "contact": shop.ad_contact,
            "title": ad.title,
            "body": ad.body,
            "opt_out_link": opt_out.link(member_id, channel),
            "opt_out_phone": shop.ad_opt_out_phone,
        },
        language=ad.language,
        member_id=member_id,
        one_click=opt_out.one_click(member_id, channel) if channel == "email" else "",
    )
    to = {"email": address} if channel == "email" else {"phone": address}
    return bool(await unit_of_work(lambda: queue(notice, **to, not_before=start)))


async def may_go_from(member_id: int, channel: MarketingChannel, at: datetime) -> datetime | None:
    """Return the earliest time to send advertising to the member from `at` (aware) on: that moment, the end of the
    night, or None for never."""
    if await may_send_marketing(member_id, channel, at):
        return at
    if not is_night(at):
        return None
    morning = morning_after(at)
    return morning if await may_send_marketing(member_id, channel, morning) else None


async def ad_rule(member_id: int | None, way: Way, at: datetime) -> datetime | None:
    """Apply `may_go_from` for the sender of messages (see `notification.services.hooks`)."""
    return None if member_id is None else await may_go_from(member_id, CHANNEL_OF[way], at)


def morning_after(moment: datetime) -> datetime:
    """Return the next 08:00 in Korea after `moment` (aware), in UTC: the embedded database compares times as they are
    given."""
    local = moment.astimezone(KST)
    eight = local.replace(hour=NIGHT_ENDS.hour, minute=0, second=0, microsecond=0)
    return (eight if eight > local else eight + timedelta(days=1)).astimezone(UTC)
