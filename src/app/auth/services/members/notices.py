"""Notices to members about changes of their account. Sent after the commit, once; a lost notice changes nothing."""

import logging
from typing import Literal

from src.app.notification.services.background import later
from src.app.notification.services.delivery.sending import send_mail
from src.app.notification.services.senders import Undelivered
from src.app.notification.services.texts.rendering import Language, MailTemplate
from src.common import clock

LinkChange = Literal["linked", "unlinked"]

logger = logging.getLogger(__name__)


def tell(email: str | None, template: MailTemplate, *, language: Language, **values: str) -> None:
    """Mail a notice after the answer, to where the member could be reached before the change."""
    if email:
        when = f"{clock.now().astimezone(clock.KST):%Y-%m-%d %H:%M}"
        later(_send(email, template, language=language, values={"when": when, **values}))


def tell_link(email: str | None, provider: str, *, what: LinkChange, language: Language) -> None:
    """Mail that an account at a provider was linked or unlinked."""
    tell(email, "social_linked", language=language, provider=provider, what=what)


async def _send(email: str, template: MailTemplate, *, language: Language, values: dict[str, str]) -> None:
    try:
        await send_mail(email, template=template, values=values, language=language)
    except Undelivered:
        logger.info("a notice was not delivered")
