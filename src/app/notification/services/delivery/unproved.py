"""Anybody can write a stranger's mail address into a form. Until its owner proved it, few mails go there."""

import logging
from typing import Final

from src.app.notification.services import hooks
from src.app.notification.services.texts.catalogue import TEMPLATES
from src.common.exceptions.general import TooManyAttempts
from src.common.http.rate_limits import by_name, limiter
from src.core.configs import settings

logger = logging.getLogger(__name__)

DAY_SECONDS: Final = 86_400
REASON: Final = "nobody proved the address"


async def may_mail(template: str, *, to: str, recipient_hash: str, order_no: str = "") -> bool:
    """Whether this mail may go now; one that may is counted. Call outside any transaction, once for each mail.

    Always: one-time secrets, which have limits of their own; what tells of an order that was paid; addresses that were
    proved, the shop's own, and those that staff set for themselves. Else at most MAILS_BEFORE_PROOF in any 24 hours,
    over all templates.
    """
    told = TEMPLATES[template]
    if told.is_secret or told.is_for_staff or to == settings().messages.admin_email:
        return True
    if await hooks.was_asked_for(to, order_no):
        return True
    most = settings().messages.mails_before_proof
    try:
        if most:
            await limiter().count(f"{most}/{DAY_SECONDS}", "mail-unproved", by_name(recipient_hash))
            return True
    except TooManyAttempts:
        pass
    logger.warning("mail %s is withheld: %s", template, REASON)
    return False
