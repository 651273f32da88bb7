"""What upper domains answer for this one. Registering again replaces what was there."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import NamedTuple

from src.app.notification.models import Way

AdRule = Callable[[int | None, Way, datetime], Awaitable[datetime | None]]
"""From when on this member may be sent advertising by this way, asked at a moment (aware): that moment or a later one,
None for never."""


class Addressed(NamedTuple):
    """A mail to an address about an order (its number, or empty)."""

    address: str
    order_no: str


MailRule = Callable[[Collection[Addressed]], Awaitable[set[Addressed]]]
"""Which of these mails are asked for: the owner proved the address, or paid the order. Reads the database only."""

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


async def asked_for(mails: Collection[Addressed]) -> set[Addressed]:
    """See `MailRule`."""
    return await _mail_rule(mails) if mails and _mail_rule is not None else set()
