"""Anybody can write a stranger's mail address into a form. Until its owner proved it, few mails go there."""

import logging
from typing import Final

from src.app.notification.services import hooks
from src.app.notification.services.hooks import Addressed
from src.app.notification.services.texts.catalogue import TEMPLATES
from src.common.exceptions.general import TooManyAttempts
from src.common.http.rate_limits import by_name, limiter
from src.core.configs import settings

logger = logging.getLogger(__name__)

DAY_SECONDS: Final = 86_400
REASON: Final = "nobody proved the address"


def needs_proof(template: str, to: str) -> bool:
    """Return False for mails that always go: one-time secrets, which have limits of their own, and mails to the shop
    itself and to staff, who set their addresses themselves."""
    told = TEMPLATES[template]
    return not (told.is_secret or told.is_for_staff or to == settings().messages.admin_email)


async def may_mail(template: str, *, to: str, recipient_hash: str) -> bool:
    """Whether a mail that tells of no order may go now; one that may is counted. Call outside any transaction, once
    for each mail.

    True if it needs no proof, or if the address was proved; else see `is_within_limit`.
    """
    mail = Addressed(to, "")
    if not needs_proof(template, to) or await hooks.asked_for([mail]):
        return True
    return await is_within_limit(template, recipient_hash)


async def is_within_limit(template: str, recipient_hash: str) -> bool:
    """Count a mail to an address that nobody proved, and return True if it may go: at most MAILS_BEFORE_PROOF in any
    24 hours, over all templates. Call outside any transaction, once for each mail."""
    most = settings().messages.mails_before_proof
    try:
        if most:
            await limiter().count(f"{most}/{DAY_SECONDS}", "mail-unproved", by_name(recipient_hash))
            return True
    except TooManyAttempts:
        pass
    logger.warning("mail %s is withheld: %s", template, REASON)
    return False
