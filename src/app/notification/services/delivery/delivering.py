"""Send what waits in the delivery log: each message once, as far as anybody can know.

A row is SENDING, committed, before anything leaves. What a killed worker, a hanging server or a lost answer leave
behind is known by that: nobody can say whether the message went. A mail goes again then, under the same Message-ID, so
that programs show it once, a few times at most. A text message has no such number, and SENS cannot be asked for a
request whose id came with the answer that is missing: it ends as UNKNOWN, and a person decides.
"""

import asyncio
import logging
from dataclasses import replace
from typing import Final

from src.app.notification.models import Message, MessageChannel, MessageStatus, Way
from src.app.notification.services import hooks
from src.app.notification.services.delivery import log, unproved
from src.app.notification.services.delivery.log import Content, recipient_hash
from src.app.notification.services.phone import polling
from src.app.notification.services.senders import Mail, Talk, Undelivered, senders
from src.common import clock
from src.common.crypto import CannotUnseal
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.work_item import WorkStatus
from src.common.work import late_writes, queue
from src.core.configs import settings
from src.core.database import single_statement

logger = logging.getLogger(__name__)

BATCH: Final = 10
MOST_UNKNOWNS: Final = 3
FIRST_DELAY_SECONDS: Final = 5.0


async def send_due(*, limit: int = BATCH) -> int:
    """Send up to `limit` due messages side by side; returns how many it dealt with. The job ``send-messages``.

    Raises RuntimeError, with nothing taken, where there is nothing to send with.
    """
    senders()
    rows = await queue.take_due(Message, limit=limit)
    await asyncio.gather(*(_deal_with(row) for row in rows))
    return len(rows)


async def _deal_with(row: Message) -> None:
    try:
        with under(row.request_id):
            await _send(row)
    except Exception as error:  # noqa: BLE001 - one message that breaks must not keep the others waiting
        logger.error("message %s failed: %s", row.number, where(error))
        await _try_later(row, type(error).__name__)


async def _send(row: Message) -> None:
    if row.status is MessageStatus.SENDING and not await _may_repeat(row, "the sender is gone"):
        return
    if row.is_ad and not await _may_go(row):
        return
    try:
        content = log.opened(row)
    except CannotUnseal:
        content = None
    if content is None:
        await _close(row, MessageStatus.FAILED, "the content is gone")
        return
    if not await _is_wanted(row, content):
        await _close(row, MessageStatus.WITHHELD, unproved.REASON)
        return
    if not await _begin(row):
        return  # somebody else has it, or it was taken back
    try:
        channel, provider_id = await _hand_over(row, content)
    except Undelivered as error:
        await _not_sent(row, error)
        return
    await _sent(row, channel, provider_id)


async def _may_go(row: Message) -> bool:
    """Whether an advertisement may go now. Consents count as they are at this moment; the night is waited out."""
    now = clock.now()
    moment = await hooks.ad_may_go(row.member_id, row.way, now)
    if moment is None:
        await _close(row, MessageStatus.WITHHELD, "no consent")
        return False
    if moment > now:
        mine = Message.filter(id=row.id, lease_token=row.lease_token)
        later = {"available_at": moment, "attempts": row.attempts - 1}
        await single_statement(lambda: mine.update(**later), is_harmless=True)
        return False
    return True


async def _is_wanted(row: Message, content: Content) -> bool:
    """Whether a mail may go to this address. Asked, and so counted, at its first try only."""
    if row.way is not Way.MAIL or row.attempts > 1:
        return True
    return await unproved.may_mail(
        row.template,
        to=content.to,
        recipient_hash=row.recipient_hash or recipient_hash(content.to),
        order_no=row.order_no,
    )


async def _begin(row: Message) -> bool:
    """Commit that the message is on its way, before it is."""
    mine = Message.filter(
        id=row.id,
        lease_token=row.lease_token,
        work_status=WorkStatus.PENDING,
        status__in=(MessageStatus.QUEUED, MessageStatus.SENDING),
    )
    # asyncmy counts changed rows only: `last_error` differs from what any end of a try writes.
    begun = {"status": MessageStatus.SENDING, "last_error": f"try {row.attempts}"}
    if await single_statement(lambda: mine.update(**begun), is_harmless=True):
        return True
    return await mine.filter(**begun).exists()  # the answer was lost, and the repeat found it done


async def _hand_over(row: Message, content: Content) -> tuple[MessageChannel, str]:
    """Give it to the provider. AlimTalk first where the template has an approved code; what Kakao's side refuses, and
    so did not go, goes by SMS. Raises Undelivered."""
    if row.way is Way.MAIL:
        mail = Mail(to=content.to, subject=content.subject, text=content.text, html=content.html, number=row.number)
        await senders().mail.send(replace(mail, opt_out=content.opt_out, is_one_click=content.is_one_click))
        return MessageChannel.MAIL, ""
    talk, code = senders().talk, settings().messages.alimtalk_codes.get(row.template)
    if talk is not None and code and content.talk:
        try:
            message = Talk(to=content.to, code=code, text=content.talk, instead=content.text)
            message = replace(message, buttons=tuple(content.buttons))
            return MessageChannel.ALIMTALK, await talk.talk(message)
        except Undelivered as error:
            if error.may_have_gone:
                raise
            logger.warning("message %s: %s, by SMS instead", row.number, error.reason)
    return MessageChannel.SMS, await senders().sms.send(content.to, text=content.text, is_ad=row.is_ad)


async def _not_sent(row: Message, error: Undelivered) -> None:
    logger.warning("message %s by %s: %s", row.number, row.way, error.reason)
    if error.may_have_gone:
        if await _may_repeat(row, error.reason):
            await _try_later(row, error.reason)
    elif error.is_final:
        await _close(row, MessageStatus.FAILED, error.reason)
    else:
        await _try_later(row, error.reason)


async def _may_repeat(row: Message, reason: str) -> bool:
    """Count a try of which nobody knows the outcome; whether there may be another."""
    row.unknowns += 1
    if row.way is Way.PHONE or row.unknowns >= MOST_UNKNOWNS:
        await _close(row, MessageStatus.UNKNOWN, reason)
        return False
    await single_statement(lambda: Message.filter(id=row.id).update(unknowns=row.unknowns), is_harmless=True)
    return True


async def _try_later(row: Message, reason: str) -> None:
    """Back into the queue, later each time; after the last try it has FAILED."""

    values = queue.later(row, reason, first_delay=FIRST_DELAY_SECONDS)
    waits = values["work_status"] is WorkStatus.PENDING
    await queue.end(row, **values, status=MessageStatus.QUEUED if waits else MessageStatus.FAILED)


async def _sent(row: Message, channel: MessageChannel, provider_id: str) -> None:
    """The provider has it: that is true whoever holds the lease by now."""
    now = clock.now()
    changes = {
        "status": MessageStatus.SENT,
        "channel": channel,
        "provider_id": provider_id,
        "result_due_at": polling.first_look(channel, provider_id),
        "sent_at": now,
        "work_status": WorkStatus.DONE,
        "done_at": now,
        "last_error": "",
        **_forgotten(row),
    }
    await late_writes.write_or_keep(lambda: Message.filter(id=row.id).update(**changes))


async def _close(row: Message, end: MessageStatus, reason: str) -> None:
    """An end without success. What needs a person's eye is DEAD work."""
    work = WorkStatus.DONE if end is MessageStatus.WITHHELD else WorkStatus.DEAD
    changes = {"status": end, "work_status": work, "done_at": clock.now(), "last_error": reason[:200]}
    changes |= {"unknowns": row.unknowns, **_forgotten(row)}
    await queue.end(row, **changes)


def _forgotten(row: Message) -> dict[str, str]:
    """Address and text of who asked to be forgotten go with the end."""
    return {"content": ""} if row.forget_at <= clock.now() else {}
