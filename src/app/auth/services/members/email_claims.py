"""Notify the member who lost an e-mail address to its owner, and end that member's sessions."""

import logging

from src.app.auth.services.sessions import sessions
from src.app.notification.services.background import later
from src.app.notification.services.delivery.sending import send_sms
from src.app.notification.services.senders import Undelivered
from src.app.notification.services.texts.rendering import Language
from src.app.user.services.email_claims import Former
from src.common import clock

logger = logging.getLogger(__name__)


async def settle(former: Former, *, language: Language) -> None:
    """Notify and sign out the former holder. Call after the commit. The account keeps its login id, password and links.
    The next sign-in shows the same notice, so a lost message changes nothing. The message never names the address: it
    goes to a number that may be unproved."""
    await sessions.end_sessions(former.id, epoch=former.epoch)
    if former.phone:
        later(_tell(former.phone, language=language))


async def _tell(phone: str, *, language: Language) -> None:
    when = f"{clock.now().astimezone(clock.KST):%Y-%m-%d %H:%M}"
    try:
        await send_sms(phone, template="email_claimed", values={"when": when}, language=language)
    except Undelivered:
        logger.info("who lost an address was not reached by telephone")
