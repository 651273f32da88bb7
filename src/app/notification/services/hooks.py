"""What upper domains answer for this one. Registering again replaces what was there."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from src.app.notification.models import Way

AdRule = Callable[[int | None, Way, datetime], Awaitable[datetime | None]]
"""From when on this member may be sent advertising by this way, asked at a moment (aware): that moment or a later one,
None for never."""

MailRule = Callable[[str, str], Awaitable[bool]]
"""Whether mail to this address about this order (its number, or empty) is asked for: its owner proved it, or paid."""

_ad_rule: AdRule | None = None
_mail_rule: MailRule | None = None


def register_ad_rule(rule: AdRule | None) -> None:
    """None: no advertising leaves."""
    global _ad_rule  # noqa: PLW0603 - the one place that keeps it
    _ad_rule = rule


async def ad_may_go(member_id: int | None, way: Way, at: datetime) -> datetime | None:
    """See `AdRule`."""
    return None if _ad_rule is None else await _ad_rule(member_id, way, at)


def register_mail_rule(rule: MailRule | None) -> None:
    """None: no address counts as proved."""
    global _mail_rule  # noqa: PLW0603 - the one place that keeps it
    _mail_rule = rule


async def was_asked_for(address: str, order_no: str) -> bool:
    """See `MailRule`."""
    return _mail_rule is not None and await _mail_rule(address, order_no)
