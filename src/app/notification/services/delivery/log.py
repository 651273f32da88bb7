"""Write what is to be sent, and what was sent directly, into the delivery log."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import orjson
from jinja2 import TemplateError
from tortoise.exceptions import IntegrityError

from src.app.notification.dtos.fields import Language
from src.app.notification.models import Message, MessageChannel, MessageStatus, MessageTemplate, Way
from src.app.notification.services.phone import polling
from src.app.notification.services.texts import buttons, rendering, wording
from src.app.notification.services.texts.catalogue import AD_MARK, TEMPLATES, Template
from src.app.notification.services.texts.links import without_links
from src.common import clock
from src.common.crypto import keyed_hash, keyed_hashes, seal, unseal
from src.common.dtos.phones import normal_phone
from src.common.ids import new_ulid
from src.common.logs.context import request_id, under
from src.common.logs.setup import where
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.core.configs import settings
from src.core.database import in_unit_of_work, proven_by, single_statement
from src.core.database.statements import fetch, insert, insert_all, marks, new_row

logger = logging.getLogger(__name__)

JOB: Final = "send-messages"
HASH: Final = "message-recipient"
AD_DAYS: Final = 184  # 정보통신망법 시행령: who sends advertising keeps the record of it for 6 months


@dataclass(frozen=True, kw_only=True)
class MessageRequest:
    """One event to tell one person of. `event_key` names both, as in ``order.paid:7``.

    `one_click` is where a POST refuses the advertising by mail (RFC 8058), empty where there is no such address.
    `forget_when_sent`: address and text go with the sending, for somebody of whom nothing else is left.
    """

    event_key: str
    template: str
    values: dict[str, Any] = field(repr=False)
    language: Language = "ko"
    order_no: str = ""
    member_id: int | None = None
    forget_when_sent: bool = False
    one_click: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Content:
    """What a row keeps sealed. `talk` is the approved text of an AlimTalk, empty where it may not go as one, `buttons`
    are its buttons; `opt_out` and `is_one_click` are those of the mail."""

    to: str = field(repr=False)
    subject: str = field(default="", repr=False)
    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    talk: str = field(default="", repr=False)
    buttons: Sequence[dict[str, str]] = field(default=(), repr=False)
    opt_out: str = field(default="", repr=False)
    is_one_click: bool = False

    def sealed(self) -> str:
        """As the row keeps it."""
        values: dict[str, Any] = {"to": self.to, "subject": self.subject, "text": self.text, "html": self.html}
        values["talk"] = self.talk
        if self.buttons:
            values["buttons"] = list(self.buttons)
        if self.opt_out:
            values |= {"opt_out": self.opt_out, "is_one_click": self.is_one_click}
        return seal(orjson.dumps(values).decode())


def opened(row: Message) -> Content | None:
    """The content of a row; None where it was forgotten or never kept. Raises CannotUnseal."""
    return Content(**orjson.loads(unseal(row.content))) if row.content else None


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """A message with its addresses; `request_id` is the request that caused it, the current one if empty."""

    notice: MessageRequest
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    not_before: datetime | None = None
    request_id: str = ""


async def queue(
    notice: MessageRequest, *, email: str | None = None, phone: str | None = None, not_before: datetime | None = None
) -> int:
    """Write the messages of an event into the open unit of work: by mail and to the telephone, where there is an
    address, the template has such a text and nobody switched it off. Returns how many are new: what an event has made
    already is left alone. Wakes the sender after the commit.

    Raises RuntimeError outside a unit of work, and for one-time secrets, which are never kept.
    """
    if not in_unit_of_work():
        raise RuntimeError("a message belongs to the transaction of what it tells of")
    return await queue_all([Addressed(notice=notice, email=email, phone=phone, not_before=not_before)])


async def queue_all(messages: Sequence[Addressed]) -> int:
    """Write the messages of any number of events as `queue` does, all of them by one statement or none. Outside a unit
    of work that statement commits itself.

    Raises jinja2's TemplateError if one cannot be rendered.
    """
    own = await wording.of_all({each.notice.template for each in messages})
    rows: dict[tuple[str, str, Way], Message] = {}
    for each in messages:
        with under(each.request_id):
            for row in _rows(each, own.get(each.notice.template)):
                rows.setdefault((row.event_key, row.template, row.way), row)
        await asyncio.sleep(0)  # rendering takes the processor: requests are answered in between
    count = await _insert(list(rows.values())) if rows else 0
    if count:
        wakeup.wake(JOB)
    return count


async def queue_again(row: Message, content: Content) -> Message:
    """The same message as a new row, inside the open unit of work. A row is sent again once: unique by its number."""
    now = clock.now()
    again = await Message.create(
        number=new_ulid(),
        event_key=f"resend:{row.number}",
        template=row.template,
        way=row.way,
        language=row.language,
        is_ad=row.is_ad,
        order_no=row.order_no,
        member_id=row.member_id,
        recipient_hash=recipient_hash(content.to),
        content=content.sealed(),
        resend_of=row.number,
        available_at=now,
        forget_at=_forget_at(is_ad=row.is_ad),
        created_at=now,
    )
    wakeup.wake(JOB)
    return again


async def queue_sample(template: Template, way: Way, to: str, *, language: Language, key: str) -> str:
    """A template with its samples to the shop's own address, inside the open unit of work, also where it is switched
    off; its number. The samples are nobody's, so advertising needs no consent here."""
    notice = MessageRequest(event_key=key, template=template.name, values=dict(template.values), language=language)
    row, number = await wording.of(template.name), new_ulid()
    content = _mail(notice, row, to, number) if way is Way.MAIL else _text(notice, row, to)
    await insert(_row(notice, way, content, number=number, at=clock.now(), is_ad=False))
    wakeup.wake(JOB)
    return number


async def note_direct(
    template: str, way: Way, to: str, *, language: Language, outcome: MessageStatus, provider_id: str = ""
) -> None:
    """Note that a message went out directly, or did not: that it did, when, what the provider calls it, and the keyed
    hash of the address; never its text. A log that cannot be written keeps nobody from a code: the failure is told in
    the other log."""
    now, number = clock.now(), new_ulid()
    channel = MessageChannel.MAIL if way is Way.MAIL else MessageChannel.SMS
    try:
        await single_statement(
            lambda: Message.create(
                number=number,
                event_key=f"direct:{number}",
                template=template,
                way=way,
                channel=channel,
                language=language,
                status=outcome,
                is_direct=True,
                provider_id=provider_id,
                result_due_at=polling.first_look(channel, provider_id) if outcome is MessageStatus.SENT else None,
                recipient_hash=recipient_hash(to),
                work_status=WorkStatus.DONE,
                attempts=1,
                available_at=now,
                done_at=now,
                sent_at=now if outcome is MessageStatus.SENT else None,
                forget_at=_forget_at(is_ad=False),
                created_at=now,
            )
        )
    except Exception as error:  # noqa: BLE001 - see above
        logger.error("the delivery log lacks a message: %s", where(error))


def recipient_hash(address: str) -> str:
    """The keyed hash by which the log knows an address."""
    return keyed_hash(HASH, _spelled(address))


def recipient_hashes(address: str) -> Sequence[str]:
    """The hashes by every key that still counts, for looking somebody up."""
    return keyed_hashes(HASH, _spelled(address))


def _spelled(address: str) -> str:
    return str(normal_phone(address)) if "@" not in address else address.strip().casefold()


def _mail(notice: MessageRequest, row: MessageTemplate | None, to: str, number: str) -> Content:
    mail = wording.mail_of(row, notice.template, to, values=notice.values, language=notice.language, number=number)
    _check_ad(notice, mail.subject, mail.text)
    opt_out = (notice.one_click or str(notice.values["opt_out_link"])) if TEMPLATES[notice.template].is_ad else ""
    return Content(
        to=to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        opt_out=opt_out,
        is_one_click=bool(opt_out and notice.one_click),
    )


def _text(notice: MessageRequest, row: MessageTemplate | None, to: str) -> Content:
    """AlimTalk carries no advertising, and only the words that were approved: the Korean ones in the code."""
    may_talk = notice.language == "ko" and not TEMPLATES[notice.template].is_ad
    talk = rendering.sms(notice.template, values=notice.values, language="ko") if may_talk else None
    text = wording.sms_of(row, notice.template, values=notice.values, language=notice.language, default=talk)
    _check_ad(notice, text, text)
    if talk is None:
        return Content(to=to, text=text)
    try:
        pressed = buttons.of(notice.template, notice.values)
    except TemplateError as error:  # an AlimTalk without its approved buttons would be refused
        logger.error("the buttons of %s failed, it goes by SMS: %s", notice.template, where(error))
        return Content(to=to, text=text)
    return Content(to=to, text=text, talk=talk, buttons=pressed)


def _check_ad(notice: MessageRequest, beginning: str, text: str) -> None:
    """The last look before an advertisement is queued: raise RuntimeError where the law's mark or way out is
    missing."""
    if not TEMPLATES[notice.template].is_ad:
        return
    if not beginning.startswith(AD_MARK) or str(notice.values["opt_out_link"]) not in text:
        raise RuntimeError("an advertisement without its mark or its opt-out")


def _rows(message: Addressed, own: MessageTemplate | None) -> list[Message]:
    """The rows of one message by all its ways. Raises jinja2's TemplateError, and RuntimeError for a secret."""
    notice, template = message.notice, TEMPLATES[message.notice.template]
    if template.is_secret:
        raise RuntimeError("a one-time secret goes out directly")
    notice, rows = replace(notice, values=without_links(notice.values)), []
    for way, address in ((Way.MAIL, message.email), (Way.PHONE, message.phone)):
        if address and way in template.ways and wording.is_on(own, way):
            number = new_ulid()
            content = _mail(notice, own, address, number) if way is Way.MAIL else _text(notice, own, address)
            at = message.not_before or clock.now()
            rows.append(_row(notice, way, content, number=number, at=at, is_ad=template.is_ad))
    return rows


def _row(notice: MessageRequest, way: Way, content: Content, *, number: str, at: datetime, is_ad: bool) -> Message:
    now = clock.now()
    return new_row(
        Message,
        request_id=request_id.get(),
        number=number,
        event_key=notice.event_key,
        template=notice.template,
        way=way,
        language=notice.language,
        is_ad=is_ad,
        order_no=notice.order_no,
        member_id=notice.member_id,
        recipient_hash="" if notice.forget_when_sent else recipient_hash(content.to),
        content=content.sealed(),
        available_at=at,
        forget_at=now if notice.forget_when_sent else _forget_at(is_ad=is_ad),
        created_at=now,
    )


async def _insert(rows: Sequence[Message]) -> int:
    """Insert these rows and return how many are new. Only where the unique key refuses one are those looked for that
    are there already: nearly every event comes once."""
    try:
        await _insert_all(rows)
    except IntegrityError:
        text = f"SELECT event_key, template, way, number FROM message WHERE event_key IN ({marks(len(rows))})"  # noqa: S608
        found = await fetch(text, [row.event_key for row in rows])
        there = {(row["event_key"], row["template"], row["way"]): row["number"] for row in found}
        left = [row for row in rows if (row.event_key, row.template, row.way.value) not in there]
        if len(left) == len(rows):
            raise
        if left:
            await _insert_all(left)
        numbers = set(there.values())  # ours, if the answer to the first INSERT was lost
        return len(left) + sum(row.number in numbers for row in rows)
    return len(rows)


async def _insert_all(rows: Sequence[Message]) -> None:
    if in_unit_of_work():
        await insert_all(rows)
        proven_by(partial(_is_there, rows[0].number))
    else:
        await single_statement(lambda: insert_all(rows), is_harmless=True)


async def _is_there(number: str) -> bool:
    return bool(await Message.filter(number=number).select_for_update().values_list("id"))


def _forget_at(*, is_ad: bool) -> datetime:
    days = settings().messages.keep_days
    return clock.now() + timedelta(days=max(days, AD_DAYS) if is_ad else days)
