"""Send one message made from a template, once.

Callers commit first and send after, outside any transaction. What is sent may hold a one-time secret (rule R12): it
goes nowhere else, not into a log, an outbox or an error.
"""

import logging
from typing import Any

from src.app.notification.services import rendering
from src.app.notification.services.rendering import Language, MailTemplate, SmsTemplate
from src.app.notification.services.senders import Undelivered, senders

logger = logging.getLogger(__name__)


async def send_mail(to: str, *, template: MailTemplate, values: dict[str, Any], language: Language = "ko") -> None:
    """Mail to one address. Raises Undelivered, after logging why."""
    mail = rendering.mail(to, template=template, values=values, language=language)
    try:
        await senders().mail.send(mail)
    except Undelivered as error:
        _log("mail", template, error)
        raise


async def send_sms(to: str, *, template: SmsTemplate, values: dict[str, Any], language: Language = "ko") -> None:
    """A text message to one number. Raises Undelivered, after logging why."""
    text = rendering.sms(template, values=values, language=language)
    try:
        await senders().sms.send(to, text=text)
    except Undelivered as error:
        _log("sms", template, error)
        raise


def _log(channel: str, template: str, error: Undelivered) -> None:
    outcome = "unknown" if error.may_have_gone else "not sent"
    logger.warning("message %s by %s: %s (%s)", template, channel, outcome, error.reason)
