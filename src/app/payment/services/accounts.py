"""Virtual accounts that nobody should pay into any more."""

import logging

from src.app.payment.services.provider import Declined, provider

logger = logging.getLogger(__name__)


async def close_account(payment_id: str) -> None:
    """Close the payment's virtual account at the provider. A refusal means that there is nothing to close any more:
    it was paid into or closed before, which the next read shows. Raises Unreachable and Nonsense."""
    try:
        await provider().close_account(payment_id)
    except Declined as declined:
        logger.info("account of payment %s not closed: %s", payment_id, declined.reason)
