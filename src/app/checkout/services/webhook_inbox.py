"""Process the webhook inbox: each message only says which payment to read again (docs/architecture.md#r13)."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from src.app.checkout.services.settling import settle_known
from src.app.checkout.services.under_way import joined
from src.app.payment.errors import PaymentNotFound, PaymentProviderUnavailable
from src.app.payment.models import Payment
from src.app.payment.services.queries import known
from src.app.payment.services.webhooks import taking
from src.app.payment.services.webhooks.news import Told, known_already, told_by
from src.app.payment.services.webhooks.receive import SOURCE
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.inbox_message import InboxMessage
from src.common.work import late_writes, queue

logger = logging.getLogger(__name__)

BATCH: Final = 100
AT_ONCE: Final = 10
"""Payments that are read side by side, each on a connection of its own."""


async def process_inbox(*, limit: int = BATCH, head_start: timedelta = timedelta(0)) -> int:
    """Process up to `limit` due messages and return how many. The job ``process-inbox``.

    Messages that tell nothing new, unknown payments and unknown types are done at once. Every other payment is settled
    once for all of its messages. A message counts as done when its effect is committed. Payments told less than
    `head_start` ago are left for later.
    """
    await late_writes.write_what_waits()
    due = await taking.find_due(limit=limit, head_start=head_start)
    if not due:
        return 0
    told = {message.id: told_by(message.body) if message.source == SOURCE else None for message in due}
    wanted = [each for each in told.values() if each is not None]
    payments = await known({each.payment_id for each in wanted})
    old = await known_already(wanted, payments)
    news = {message.id: key for message in due if (key := _news(told[message.id], payments, old)) is not None}
    await taking.finish([message for message in due if message.id not in news])
    to_settle: dict[str, list[InboxMessage]] = defaultdict(list)
    for message in await taking.take([message for message in due if message.id in news]):
        to_settle[news[message.id]].append(message)
    turns = asyncio.Semaphore(AT_ONCE)
    settling = (_settle(payments[key], rows, turns) for key, rows in to_settle.items())
    outcomes = await asyncio.gather(*settling, return_exceptions=True)
    await queue.finish_all([row for rows in outcomes if not isinstance(rows, BaseException) for row in rows])
    if failed := [outcome for outcome in outcomes if isinstance(outcome, BaseException)]:
        raise failed[0]  # the database was away while a message was put back: its lease ends by itself
    return len(due)


def _news(told: Told | None, payments: dict[str, Payment], old: set[Told]) -> str | None:
    """Return the public id of the payment to read, or None if the message needs no read."""
    if told is None or told in old:
        return None
    if told.payment_id not in payments:
        logger.info("webhook about a payment that is not ours")
        return None
    return told.payment_id


async def _settle(
    payment: Payment, messages: Sequence[InboxMessage], turns: asyncio.Semaphore
) -> Sequence[InboxMessage]:
    """Settle the payment, and return the messages that are done with it; after a failure they are put back."""
    error, may_die = "", True
    with under(messages[0].request_id):
        try:
            async with turns:
                if not await _came_meanwhile(payment, messages):
                    await settle_known(payment, told_by="webhook")
        except PaymentNotFound:
            logger.info("webhook about a payment that is not ours")
        except PaymentProviderUnavailable as outage:
            error, may_die = outage.code, False  # an outage may be long; it loses no message
        except Exception as failure:  # noqa: BLE001 - a message that breaks must not keep the others waiting
            logger.error("webhook %d failed: %s", messages[0].id, where(failure))
            error = type(failure).__name__
        if not error:
            return messages
        for message in messages:
            await queue.put_back(message, error, may_die=may_die)
    return ()


async def _came_meanwhile(payment: Payment, messages: Sequence[InboxMessage]) -> bool:
    """Return True if a settlement that was under way here has brought all that these messages tell.

    Only ids tell so, as ever: that settlement may have read PortOne before the messages were sent.
    """
    settled = await joined(payment.payment_id)
    if settled is None:
        return False
    told = [each for message in messages if (each := told_by(message.body)) is not None]
    return len(await known_already(told, {payment.payment_id: settled.payment})) == len(set(told))
