"""Send what waits in the delivery log: each message once, as far as anybody can know.

A row is SENDING, committed, before anything leaves. What a killed worker, a hanging server or a lost answer leave
behind is known by that: nobody can say whether the message went. A mail goes again then, under the same Message-ID, so
that programs show it once, a few times at most. A text message has no such number, and SENS cannot be asked for a
request whose id came with the answer that is missing: it ends as UNKNOWN, and a person decides.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from src.app.notification.models import Message, MessageChannel, MessageStatus, Way
from src.app.notification.services import hooks
from src.app.notification.services.delivery import ending, log, taking, unproved
from src.app.notification.services.delivery.ending import Sent
from src.app.notification.services.delivery.log import Content, recipient_hash
from src.app.notification.services.delivery.taking import Taken
from src.app.notification.services.senders import Late, Mail, Talk, Undelivered, senders
from src.common import clock
from src.common.crypto import CannotUnseal
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.work_item import WorkStatus
from src.core.configs import settings
from src.core.database import single_statement

logger = logging.getLogger(__name__)

BATCH: Final = 60
# Mail servers allow one client few connections (`SmtpMail`): mails that wait there share them. Text messages are all
# handed over at once: one that waits here would end as UNKNOWN if this process died.
MAILS_AT_ONCE: Final = 10
TOGETHER_SECONDS: Final = 0.5
"""What was sent is noted together at the end, and so often while a provider keeps another message waiting."""
MOST_UNKNOWNS: Final = 3


class Over(Exception):
    """The message ends without being handed over."""

    def __init__(self, end: MessageStatus, reason: str) -> None:
        super().__init__(reason)
        self.end, self.reason = end, reason


async def send_due(*, limit: int = BATCH) -> int:
    """Send up to `limit` due messages side by side; returns how many it dealt with. The job ``send-messages``.

    Raises RuntimeError, with nothing taken, where there is nothing to send with, and the error of a database that is
    unavailable once every message was dealt with.
    """
    senders()
    taken = await taking.take(limit=limit)
    await _deal_with(taken)
    return len(taken)


async def _deal_with(taken: Sequence[Taken]) -> None:
    """Send all, and note together what was sent. A task that is cancelled notes what was sent until then."""
    gate = asyncio.Semaphore(MAILS_AT_ONCE)
    waiting = {asyncio.create_task(_deal_with_one(each, gate)) for each in taken}
    errors: list[Exception] = []
    try:
        while waiting:
            done, _ = await asyncio.wait(waiting, timeout=TOGETHER_SECONDS)
            waiting -= done
            errors += await _note(done)
    finally:
        for task in waiting:
            task.cancel()
        if waiting:
            await asyncio.wait(waiting)
            errors += await _note(waiting)
    if errors:
        raise errors[0]


async def _note(done: Iterable[asyncio.Task[Sent | None]]) -> list[Exception]:
    """Write the ends of what was sent, and return the errors of writes that failed."""
    ended = [task for task in done if not task.cancelled()]
    errors = [error for task in ended if isinstance(error := task.exception(), Exception)]
    try:
        await ending.note_sent([sent for task in ended if not task.exception() and (sent := task.result())])
    except Exception as error:  # noqa: BLE001 - raised by the caller, after the other messages
        errors.append(error)
    return errors


async def _deal_with_one(taken: Taken, gate: asyncio.Semaphore) -> Sent | None:
    """Send one message and write its end, unless it was sent: that is left to the caller. An error raised here is one
    of the database, and the write is kept or the lease ends."""
    row = taken.row
    with under(row.request_id):
        try:
            content = taken.content if taken.is_begun else await _begun(taken)
            return await _hand_over(row, content, gate) if content is not None else None
        except Late:
            pass
        except Over as over:
            await ending.close(row, over.end, over.reason)
        except Undelivered as error:
            await _not_sent(row, error)
        except Exception as error:  # noqa: BLE001 - one message that breaks must not keep the others waiting
            logger.error("message %s failed: %s", row.number, where(error))
            await ending.try_later(row, type(error).__name__)
    return None


async def _begun(taken: Taken) -> Content | None:
    """Judge a message that was only leased, and commit that it is on its way. None where it is not: it waits for the
    morning, somebody else has it, or it was taken back. Raises Over."""
    row = taken.row
    if row.status is MessageStatus.SENDING and not _may_repeat(row):
        raise Over(MessageStatus.UNKNOWN, "the sender is gone")
    if row.is_ad and not await _may_go(row):
        return None
    content = taken.content or _opened(row)
    if not taken.is_wanted and not await _is_within_limit(row, content):
        raise Over(MessageStatus.WITHHELD, unproved.REASON)
    return content if await _begin(row) else None


def _opened(row: Message) -> Content:
    try:
        content = log.opened(row)
    except CannotUnseal:
        content = None
    if content is None:
        raise Over(MessageStatus.FAILED, "the content is gone")
    return content


async def _may_go(row: Message) -> bool:
    """Whether an advertisement may go now. Consents count as they are at this moment; the night is waited out."""
    now = clock.now()
    moment = await hooks.ad_may_go(row.member_id, row.way, now)
    if moment is None:
        raise Over(MessageStatus.WITHHELD, "no consent")
    if moment > now:
        mine = Message.filter(id=row.id, lease_token=row.lease_token)
        later = {"available_at": moment, "attempts": row.attempts - 1}
        await single_statement(lambda: mine.update(**later), is_harmless=True)
        return False
    return True


async def _is_within_limit(row: Message, content: Content) -> bool:
    """Whether a mail may go to an address that nobody proved. Asked, and so counted, at its first try only."""
    if row.way is not Way.MAIL or row.attempts > 1 or not unproved.needs_proof(row.template, content.to):
        return True
    return await unproved.is_within_limit(row.template, row.recipient_hash or recipient_hash(content.to))


async def _begin(row: Message) -> bool:
    """Commit that the message is on its way, before it is."""
    mine = Message.filter(
        id=row.id,
        lease_token=row.lease_token,
        work_status=WorkStatus.PENDING,
        status__in=(MessageStatus.QUEUED, MessageStatus.SENDING),
    )
    # asyncmy counts changed rows only: `last_error` differs from what any end of a try writes.
    begun = {"status": MessageStatus.SENDING, "last_error": f"try {row.attempts}", "unknowns": row.unknowns}
    if await single_statement(lambda: mine.update(**begun), is_harmless=True):
        return True
    return await mine.filter(**begun).exists()  # the answer was lost, and the repeat found it done


async def _hand_over(row: Message, content: Content, gate: asyncio.Semaphore) -> Sent:
    """Give it to the provider. AlimTalk first where the template has an approved code; what Kakao's side refuses, and
    so did not go, goes by SMS. Raises Undelivered, and Late where the lease ended while a mail waited for its turn."""
    if row.way is Way.MAIL:
        async with gate:
            return await _mail(row, content)
    talk, code = senders().talk, settings().messages.alimtalk_codes.get(row.template)
    if talk is not None and code and content.talk:
        try:
            message = Talk(to=content.to, code=code, text=content.talk, instead=content.text)
            message = replace(message, buttons=tuple(content.buttons))
            return Sent(row, MessageChannel.ALIMTALK, await talk.talk(message))
        except Undelivered as error:
            if error.may_have_gone:
                raise
            logger.warning("message %s: %s, by SMS instead", row.number, error.reason)
    return Sent(row, MessageChannel.SMS, await senders().sms.send(content.to, text=content.text, is_ad=row.is_ad))


async def _mail(row: Message, content: Content) -> Sent:
    if clock.now() >= row.available_at:
        raise Late
    mail = Mail(
        to=content.to,
        subject=content.subject,
        text=content.text,
        html=content.html,
        number=row.number,
        opt_out=content.opt_out,
        is_one_click=content.is_one_click,
        not_after=row.available_at,
    )
    await senders().mail.send(mail)
    return Sent(row, MessageChannel.MAIL)


async def _not_sent(row: Message, error: Undelivered) -> None:
    logger.warning("message %s by %s: %s", row.number, row.way, error.reason)
    if error.may_have_gone and not _may_repeat(row):
        await ending.close(row, MessageStatus.UNKNOWN, error.reason)
    elif error.is_final and not error.may_have_gone:
        await ending.close(row, MessageStatus.FAILED, error.reason)
    else:
        await ending.try_later(row, error.reason)


def _may_repeat(row: Message) -> bool:
    """Count a try of which nobody knows the outcome; whether there may be another. The next write keeps the count."""
    row.unknowns += 1
    return row.way is Way.MAIL and row.unknowns < MOST_UNKNOWNS
