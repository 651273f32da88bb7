"""Message templates: the texts in the code, and the versions of staff."""

from collections.abc import Mapping
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from src.app.notification.dtos.admin import (
    PreviewAsk,
    PreviewRead,
    SampleQueued,
    SampleSend,
    TemplateRead,
    TemplateText,
    TemplateWrite,
    TextKind,
)
from src.app.notification.dtos.fields import Language
from src.app.notification.errors import (
    MessageTemplateNotFound,
    MessageTemplateRequired,
    MessageTextInvalid,
    NoTestAddress,
)
from src.app.notification.models import MessageTemplate, Way
from src.app.notification.services.delivery import log
from src.app.notification.services.phone.sens import kind_of
from src.app.notification.services.texts import rendering, template_rows, wording
from src.app.notification.services.texts.catalogue import LANGUAGES, TEMPLATES, Template
from src.app.notification.services.texts.rendering import Text
from src.app.notification.services.texts.wording import Unfit
from src.common.dtos.pages import Items
from src.common.exceptions.general import StaleEdit
from src.common.http.etags import refuse_stale
from src.common.http.rate_limits import by_name, limiter
from src.common.ids import new_ulid
from src.common.records import audit
from src.common.records.audit import Actor
from src.common.sheets import euc_kr
from src.core.configs import settings
from src.core.database import unit_of_work

WAY_OF: Final[Mapping[TextKind, Way]] = {"mail": Way.MAIL, "sms": Way.PHONE}


async def every() -> Items[TemplateRead]:
    """Return all templates, in the order of the catalogue. One query."""
    rows = await template_rows.every()
    return Items(items=[_read(template, rows.get(template.name)) for template in TEMPLATES.values()])


async def one(name: str) -> TemplateRead:
    """Return one template. Raises MessageTemplateNotFound."""
    return _read(_known(name), await wording.of(name))


async def write(name: str, body: TemplateWrite, *, edited: int, by: Actor) -> TemplateRead:
    """Replace texts of the code by these, and switch channels off. Values left out return to those of the code.

    Locks the row. Raises MessageTemplateNotFound, MessageTemplateRequired, MessageTextInvalid, StaleEdit.
    """
    template = _known(name)
    if template.is_required and body.off:
        raise MessageTemplateRequired
    texts = {
        wording.key_of(_way(template, text.channel), text.language): {"subject": text.subject, "body": text.body}
        for text in body.texts
    }
    for text in body.texts:
        _check(template, text.channel, text.language, Text(text.subject, text.body))
    off = sorted({_way(template, channel).value for channel in body.off})

    async def store() -> MessageTemplate:
        row = await template_rows.lock(name)
        refuse_stale(row.version if row else template_rows.FIRST, edited)
        before = {"texts": row.texts, "off": row.off} if row else {"texts": {}, "off": []}
        if before == {"texts": texts, "off": off} and row is not None:
            return row
        stored = await template_rows.store(name, row, texts=texts, off=off)
        changed_before, changed_after = audit.changed(before, {"texts": texts, "off": off})
        await audit.record(
            "message_template.changed",
            by=by,
            target=("message_template", name),
            before=changed_before,
            after=changed_after,
        )
        return stored

    try:
        return _read(template, await unit_of_work(store))
    except IntegrityError as error:  # a simultaneous call changed it first
        raise StaleEdit(version=template_rows.FIRST + 1) from error


async def preview(name: str, asked: PreviewAsk) -> PreviewRead:
    """Return the text filled with the samples. Raises MessageTemplateNotFound, MessageTextInvalid."""
    template = _known(name)
    way, values = _way(template, asked.channel), dict(template.values)
    if asked.body is None:
        own = wording.own_text(await wording.of(name), way, asked.language)
    else:
        own = Text(asked.subject, asked.body)
        _check(template, asked.channel, asked.language, own)
    if way is Way.MAIL:
        mail = rendering.mail("", template=name, values=values, language=asked.language, own=own)
        return PreviewRead(subject=mail.subject, text=mail.text, html=mail.html, kind="MAIL", bytes=None)
    text = euc_kr.replaced(rendering.sms(name, values=values, language=asked.language, own=own))
    kind = "SMS" if kind_of(text) == "SMS" else "LMS"
    return PreviewRead(subject="", text=text, html=None, kind=kind, bytes=euc_kr.byte_count(text))


async def send_sample(name: str, asked: SampleSend, *, by: Actor) -> SampleQueued:
    """Queue the text filled with the samples to the shop's own test address, within the rate limit.

    Raises MessageTemplateNotFound, NoTestAddress, TooManyAttempts.
    """
    template = _known(name)
    way, shop = _way(template, asked.channel), settings().messages
    address = shop.admin_email if way is Way.MAIL else shop.admin_phone
    if not address:
        raise NoTestAddress
    await limiter().count(settings().limits.test_message, "test-message", by_name(by.key))

    async def write_both() -> str:
        number = await log.queue_sample(template, way, address, language=asked.language, key=f"test:{new_ulid()}")
        after = {"channel": asked.channel, "language": asked.language, "number": number}
        await audit.record("message_template.tested", by=by, target=("message_template", name), after=after)
        return number

    return SampleQueued(number=await unit_of_work(write_both))


def _known(name: str) -> Template:
    template = TEMPLATES.get(name)
    if template is None:
        raise MessageTemplateNotFound
    return template


def _way(template: Template, channel: TextKind) -> Way:
    way = WAY_OF[channel]
    if way not in template.ways:
        raise MessageTemplateNotFound
    return way


def _check(template: Template, channel: TextKind, language: Language, text: Text) -> None:
    try:
        wording.check(template, WAY_OF[channel], text)
    except Unfit as error:
        raise MessageTextInvalid(language=language, channel=channel, why=error.ko, why_en=error.en) from error


def _read(template: Template, row: MessageTemplate | None) -> TemplateRead:
    kinds: list[TextKind] = [wording.KIND_OF[way] for way in template.ways]
    return TemplateRead(
        name=template.name,
        title=template.ko,
        title_en=template.en,
        channels=kinds,
        off=[kind for kind in kinds if not wording.is_on(row, WAY_OF[kind])],
        values=dict(template.values),
        must_name=sorted(template.must_name),
        is_required=template.is_required,
        is_ad=template.is_ad,
        alimtalk_code=settings().messages.alimtalk_codes.get(template.name),
        texts=[_text(template, row, kind, language) for language in LANGUAGES for kind in kinds],
        version=row.version if row else template_rows.FIRST,
        updated_at=row.updated_at if row else None,
    )


def _text(template: Template, row: MessageTemplate | None, kind: TextKind, language: Language) -> TemplateText:
    own = wording.own_text(row, WAY_OF[kind], language)
    text = own or rendering.default_text(template.name, language=language, kind=kind)
    values: dict[str, Any] = {"subject": text.subject, "body": text.body, "is_own": own is not None}
    return TemplateText(language=language, channel=kind, **values)
