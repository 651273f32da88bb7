"""Opt-out by the link in an advertisement: free, at once, without a sign-in (정보통신망법 제50조제4항·제6항).

The link holds the member and the consent, signed for this one use, and never expires: refusing must work as long as the
message exists. GET changes nothing, because mail programs fetch links by themselves; only POST does.
"""

import hmac
import re
from dataclasses import dataclass
from typing import Final, cast

from src.app.user.dtos.fields import POLICY_OF, MarketingChannel
from src.app.user.dtos.responses import OptOutRead
from src.app.user.errors import OptOutLinkInvalid
from src.app.user.models import Consent, UserStatus
from src.app.user.services.consents import history, latest_of
from src.app.user.services.locks import lock_row
from src.app.user.services.marketing.consent import CONSENT_FOR
from src.app.user.services.policies import version_in_force
from src.common import clock
from src.common.crypto import keyed_hash, keyed_hashes
from src.core.configs import settings
from src.core.database import unit_of_work

PURPOSE: Final = "advertising-opt-out"
SIGNATURE: Final = 40
TOKEN: Final = re.compile(rf"([1-9][0-9]{{0,17}})\.(email|sms)\.([0-9a-f]{{{SIGNATURE}}})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The member and the channel that a link refuses."""

    member_id: int
    channel: MarketingChannel


def link(member_id: int, channel: MarketingChannel) -> str:
    """Return the address of the front end's opt-out page for this member."""
    return f"{settings().identity.front_url.rstrip('/')}/opt-out?token={token_of(member_id, channel)}"


def one_click(member_id: int, channel: MarketingChannel) -> str:
    """Return the one-click address for POST (RFC 8058); empty if no public address of the API is configured."""
    api = settings().api_url
    return f"{api}/messages/opt-out?token={token_of(member_id, channel)}" if api else ""


def token_of(member_id: int, channel: MarketingChannel) -> str:
    """Return a token that allows this refusal and nothing else."""
    return f"{member_id}.{channel}.{keyed_hash(PURPOSE, f'{member_id}|{channel}')[:SIGNATURE]}"


async def look(token: str) -> OptOutRead:
    """Return the state of the consent. Changes nothing. Raises OptOutLinkInvalid."""
    asked = _asked(token)
    last = latest_of(await history(asked.member_id)).get(CONSENT_FOR[asked.channel])
    return OptOutRead(channel=asked.channel, is_opted_out=last is None or not last.agreed)


async def refuse(token: str) -> OptOutRead:
    """Record the refusal. A repeat records nothing. Locks the member's row.

    For a former member nothing is recorded and the answer is the same. Raises OptOutLinkInvalid.
    """
    asked = _asked(token)

    async def write() -> None:
        user = await lock_row(asked.member_id)
        if user is None or user.status == UserStatus.WITHDRAWN:
            return
        name = CONSENT_FOR[asked.channel]
        last = latest_of(await history(user.id)).get(name)
        if last is not None and last.agreed:
            now = clock.now()
            version = version_in_force(POLICY_OF[name], at=now)
            await Consent.create(user_id=user.id, policy=name, version=version, agreed=False, created_at=now)

    await unit_of_work(write)
    return OptOutRead(channel=asked.channel, is_opted_out=True)


def _asked(token: str) -> Refusal:
    found = TOKEN.fullmatch(token)
    if found is None:
        raise OptOutLinkInvalid
    member_id, channel, given = found.groups()
    signatures = [right[:SIGNATURE] for right in keyed_hashes(PURPOSE, f"{member_id}|{channel}")]
    if not any(hmac.compare_digest(given, right) for right in signatures):
        raise OptOutLinkInvalid
    return Refusal(int(member_id), cast("MarketingChannel", channel))
