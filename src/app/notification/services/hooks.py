"""What upper domains answer for this one. Registering again replaces what was there."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from src.app.notification.models import Way

AdRule = Callable[[int | None, Way, datetime], Awaitable[datetime | None]]
"""From when on this member may be sent advertising by this way, asked at a moment (aware): that moment or a later one,
None for never."""

_ad_rule: AdRule | None = None


def register_ad_rule(rule: AdRule | None) -> None:
    """None: no advertising leaves."""
    global _ad_rule  # noqa: PLW0603 - the one place that keeps it
    _ad_rule = rule


async def ad_may_go(member_id: int | None, way: Way, at: datetime) -> datetime | None:
    """See `AdRule`."""
    return None if _ad_rule is None else await _ad_rule(member_id, way, at)
