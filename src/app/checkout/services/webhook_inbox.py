"""Process the webhook inbox: each message only names the payment to read again (docs/architecture.md#r13)."""

import asyncio
import logging

from src.app.checkout.services.settling import settle
from src.app.payment.errors import PaymentNotFound, PaymentProviderUnavailable
from src.app.payment.services.webhooks.receive import SOURCE, payment_id_of
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.inbox_message import InboxMessage
from src.common.work import queue

logger = logging.getLogger(__name__)


async def process_inbox(*, limit: int = 20) -> int:
    """Process up to `limit` due messages concurrently, so that all end within their lease; return how many were taken.

    The job ``process-inbox``. A message is marked done after its effect is committed. Messages about unknown payments
    and of unknown types are marked done at once.
    """
    messages = await queue.take_due(InboxMessage, limit=limit)
    await asyncio.gather(*(_process_under(message) for message in messages))
    return len(messages)


async def _process_under(message: InboxMessage) -> None:
    with under(message.request_id):
        await _process(message)


async def _process(message: InboxMessage) -> None:
    payment_id = payment_id_of(message.body) if message.source == SOURCE else None
    try:
        if payment_id is not None:
            await settle(payment_id, told_by="webhook")
    except PaymentNotFound:
        logger.info("webhook about a payment that is not ours")
    except PaymentProviderUnavailable as error:
        await queue.put_back(message, error.code, may_die=False)  # an outage, however long, makes no message DEAD
        return
    except Exception as error:  # noqa: BLE001 - a message that breaks must not keep the others waiting
        logger.error("webhook %d failed: %s", message.id, where(error))
        await queue.put_back(message, type(error).__name__)
        return
    await queue.finish(message)
