"""Delivery log for staff. Addresses are masked and texts left out unless the caller may read personal data; every
unmasked read is committed to the access log before it is answered."""

from collections.abc import Sequence
from typing import Any

from src.app.notification.dtos.admin import MessageQuery, MessageRead, MessageResend, MessageRow
from src.app.notification.errors import MessageNotResendable, MessageOutcomeUnknown
from src.app.notification.models import Message, MessageStatus, Way
from src.app.notification.services.delivery import log, queries
from src.app.notification.services.delivery.log import Content
from src.app.notification.services.delivery.queries import MessageFilter
from src.app.notification.services.texts.catalogue import TEMPLATES
from src.common.crypto import CannotUnseal
from src.common.dtos.pages import Page
from src.common.dtos.reasons import Looking
from src.common.records import audit, masking
from src.common.records.audit import Actor
from src.common.records.masking import UNMASKS
from src.core.database import unit_of_work


async def find(asked: MessageQuery, *, by: Actor) -> Page[MessageRow]:
    """Return a page of the log, the newest first."""
    wanted = MessageFilter(
        order_no=asked.order_no,
        member_id=asked.member_id,
        way=asked.way,
        channel=asked.channel,
        status=asked.status,
        delivery=asked.delivery,
        template=asked.template,
        recipient=asked.recipient,
        since=asked.starts_at,
        until=asked.ends_at,
    )
    rows, total, following = await queries.find(wanted, asked)
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    if is_clear:
        await _note("message.list", rows, by=by, items="address", reason=asked.reason)
    items = [MessageRow(**_common(row, _content(row), is_clear=is_clear)) for row in rows]
    return Page(items=items, total=total, page=asked.page, size=asked.size, next_cursor=following)


async def one(number: str, asked: Looking, *, by: Actor) -> MessageRead:
    """Return one message, with its text for callers who may read it. Raises MessageNotFound."""
    row = await queries.one(number)
    is_clear = not by.lacks(UNMASKS) and not asked.masked
    if is_clear:
        await _note("message.detail", [row], by=by, items="address,text", reason=asked.reason)
    return _read(row, is_clear=is_clear)


async def resend(number: str, body: MessageResend, *, by: Actor) -> MessageRead:
    """Queue the message once more, to where it went before, as a row of its own. Locks the message.

    A message is resent once: for a third sending, resend the second. Raises MessageNotFound,
    MessageNotResendable, and MessageOutcomeUnknown unless `force`.
    """

    async def write() -> Message:
        row = await queries.lock(number)
        content = _resendable(row)
        if await queries.was_resent(number):
            raise MessageNotResendable(reason="ALREADY_RESENT")
        if row.status is MessageStatus.UNKNOWN and not body.force:
            raise MessageOutcomeUnknown
        again = await log.queue_again(row, content)
        await audit.record(
            "message.resent",
            by=by,
            target=("message", number),
            before={"status": row.status.value},
            after={"number": again.number},
            reason=body.reason,
        )
        return again

    return _read(await unit_of_work(write), is_clear=False)


def _resendable(row: Message) -> Content:
    if row.status in (MessageStatus.QUEUED, MessageStatus.SENDING):
        raise MessageNotResendable(reason="STILL_QUEUED")
    if row.is_ad:
        raise MessageNotResendable(reason="ADVERTISEMENT")
    content = _content(row)
    if content is None:
        raise MessageNotResendable(reason="CONTENT_NOT_KEPT")
    return content


def _content(row: Message) -> Content | None:
    """Return the content kept in the row; None also if the key that encrypted it no longer exists."""
    try:
        return log.opened(row)
    except CannotUnseal:
        return None


def _read(row: Message, *, is_clear: bool) -> MessageRead:
    content = _content(row)
    shown = content if is_clear else None
    return MessageRead(
        **_common(row, content, is_clear=is_clear),
        subject=shown.subject if shown else None,
        text=shown.text if shown else None,
        provider_id=row.provider_id,
    )


def _common(row: Message, content: Content | None, *, is_clear: bool) -> dict[str, Any]:
    masked = masking.email if row.way is Way.MAIL else masking.phone
    template = TEMPLATES.get(row.template)
    return {
        "number": row.number,
        "template": row.template,
        "template_name": template.ko if template else row.template,
        "way": row.way,
        "channel": row.channel.value or None,
        "language": row.language,
        "status": row.status,
        "recipient": None if content is None else content.to if is_clear else masked(content.to),
        "is_masked": not is_clear,
        "is_ad": row.is_ad,
        "is_direct": row.is_direct,
        "order_no": row.order_no or None,
        "member_id": row.member_id,
        "attempts": row.attempts,
        "error": row.last_error,
        "resend_of": row.resend_of or None,
        "created_at": row.created_at,
        "sent_at": row.sent_at,
        "delivery": row.delivery.value or None,
        "delivery_code": row.delivery_code,
        "delivered_at": row.delivered_at,
        "request_id": row.request_id,
    }


async def _note(purpose: str, shown: Sequence[Message], *, by: Actor, items: str, reason: str) -> None:
    ids = [row.id for row in shown if row.content]
    if ids:
        await unit_of_work(
            lambda: audit.accessed(purpose, by=by, target_type="message", ids=ids, items=items, reason=reason)
        )
