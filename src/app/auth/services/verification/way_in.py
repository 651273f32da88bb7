"""Recovery for a member whose last link ended at its provider: send a link for choosing a password to a proved
contact."""

import logging
from typing import Any, Final

from src.app.auth.services.verification import reset_tokens
from src.app.notification.services.delivery.sending import send_mail, send_sms
from src.app.notification.services.senders import Undelivered
from src.app.notification.services.texts.rendering import Language
from src.app.user.services.account.recovery import Stranded
from src.core.database import unit_of_work

logger = logging.getLogger(__name__)

SECONDS: Final = 86_400  # sent unasked, so it may be read hours later; a new request creates a new one


async def send(stranded: Stranded, *, language: Language) -> None:
    """Commit a token and send its link, at most once, to the proved e-mail address, else to the proved telephone. The
    sender logs a failure."""
    proves = stranded.channel
    token = await unit_of_work(lambda: reset_tokens.write_token(stranded.id, proves=proves, seconds=SECONDS))
    values: dict[str, Any] = {"link": reset_tokens.link_of(token), "hours": SECONDS // 3600}
    message: dict[str, Any] = {"template": "way_in_lost", "values": values, "language": language}
    try:
        await (send_mail if proves == "email" else send_sms)(stranded.target, **message)
    except Undelivered:
        logger.info("a way in was not delivered; asking again makes a new one")
