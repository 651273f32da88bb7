"""Send one message made from a template directly, once.

Callers commit first and send after, outside any transaction. What is sent may hold a one-time secret
(docs/architecture.md#r12): it goes nowhere else, not into a log, an outbox or an error. The delivery log learns only
that it was sent.
"""

import logging
from typing import Any

from src.app.notification.models import MessageStatus, Way
from src.app.notification.services.delivery import log, unproved
from src.app.notification.services.senders import Undelivered, senders
from src.app.notification.services.texts import wording
from src.app.notification.services.texts.rendering import Language, MailTemplate, SmsTemplate
from src.core.observing.vendors import vendor_call

logger = logging.getLogger(__name__)


async def send_mail(
    to: str, *, template: MailTemplate, values: dict[str, Any], language: Language = "ko", is_repeat: bool = False
) -> None:
    """Mail to one address. Raises Undelivered, after logging why; it is final where the address is not proved and was
    mailed enough (`unproved`). `is_repeat`: the mail was tried before, did not go, and is counted already."""
    if not is_repeat and not await unproved.may_mail(template, to=to, recipient_hash=log.recipient_hash(to)):
        await log.note_direct(template, Way.MAIL, to, language=language, outcome=MessageStatus.WITHHELD)
        raise Undelivered(unproved.REASON, is_final=True)
    mail = wording.mail_of(await wording.of(template), template, to, values=values, language=language)
    try:
        with vendor_call("mail", template):
            await senders().mail.send(mail)
    except Undelivered as error:
        await _failed(template, Way.MAIL, to, language=language, error=error)
        raise
    await log.note_direct(template, Way.MAIL, to, language=language, outcome=MessageStatus.SENT)


async def send_sms(to: str, *, template: SmsTemplate, values: dict[str, Any], language: Language = "ko") -> None:
    """A text message to one number. Raises Undelivered, after logging why."""
    text = wording.sms_of(await wording.of(template), template, values=values, language=language)
    try:
        with vendor_call("sms", template):
            provider_id = await senders().sms.send(to, text=text)
    except Undelivered as error:
        await _failed(template, Way.PHONE, to, language=language, error=error)
        raise
    await log.note_direct(
        template, Way.PHONE, to, language=language, outcome=MessageStatus.SENT, provider_id=provider_id
    )


async def _failed(template: str, way: Way, to: str, *, language: Language, error: Undelivered) -> None:
    said = "unknown" if error.may_have_gone else "not sent"
    logger.warning("message %s by %s: %s (%s)", template, wording.KIND_OF[way], said, error.reason)
    outcome = MessageStatus.UNKNOWN if error.may_have_gone else MessageStatus.FAILED
    await log.note_direct(template, way, to, language=language, outcome=outcome)
