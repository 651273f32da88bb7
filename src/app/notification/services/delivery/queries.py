"""Reads of the delivery log. Who may see what of it, the back-office decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tortoise.expressions import Q

from src.app.notification.errors import MessageNotFound
from src.app.notification.models import Message, MessageStatus, Way
from src.app.notification.services.delivery.log import recipient_hashes
from src.common.dtos.pages import Windowed, window

MOST_OF_ORDER: Final = 200


@dataclass(frozen=True, kw_only=True)
class MessageFilter:
    """What is looked for. `recipient` is a whole address; `channel` is ``mail``, ``sms`` or ``alimtalk``."""

    order_no: str | None = None
    member_id: int | None = None
    way: Way | None = None
    channel: str | None = None
    status: MessageStatus | None = None
    delivery: str | None = None
    template: str | None = None
    recipient: str = ""
    since: datetime | None = None
    until: datetime | None = None


async def find(wanted: MessageFilter, asked: Windowed) -> tuple[list[Message], int, str | None]:
    """A page of the log, how many there are, and the cursor of what follows. Two queries."""
    found = Message.filter(_wanted(wanted))
    rows, following = await window(found, asked)
    return rows, await found.count(), following


async def one(number: str) -> Message:
    """The message with this number. Raises MessageNotFound."""
    row = await Message.get_or_none(number=number)
    if row is None:
        raise MessageNotFound
    return row


async def lock(number: str) -> Message:
    """As `one`, locked within the caller's transaction."""
    row = await Message.filter(number=number).select_for_update().first()
    if row is None:
        raise MessageNotFound
    return row


async def of_order(order_no: str) -> list[Message]:
    """The messages that told of this order, the oldest first, at most MOST_OF_ORDER."""
    return await Message.filter(order_no=order_no).order_by("id").limit(MOST_OF_ORDER)


async def was_resent(number: str) -> bool:
    """Whether the message was sent again."""
    return await Message.filter(event_key=f"resend:{number}").exists()


async def told_of(event_keys: Sequence[str]) -> set[str]:
    """Those of these events that made a message. One query."""
    return {key for (key,) in await Message.filter(event_key__in=list(event_keys)).values_list("event_key")}


def _wanted(asked: MessageFilter) -> Q:
    exact: dict[str, Any] = {
        "order_no": asked.order_no,
        "member_id": asked.member_id,
        "way": asked.way,
        "channel": asked.channel,
        "status": asked.status,
        "delivery": asked.delivery,
        "template": asked.template,
    }
    wanted = Q(**{name: value for name, value in exact.items() if value is not None})
    if asked.recipient:
        wanted &= Q(recipient_hash__in=list(recipient_hashes(asked.recipient)))
    if asked.since is not None:
        wanted &= Q(created_at__gte=asked.since)
    if asked.until is not None:
        wanted &= Q(created_at__lt=asked.until)
    return wanted
