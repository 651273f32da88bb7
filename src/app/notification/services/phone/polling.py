"""Ask the provider what became of the messages that it took: taken is not delivered.

A message is asked for until its end is known, at most a day, ever more seldom. Its status stays SENT; the end stands
beside it. Asking changes nothing anywhere, so a repeat is harmless, and of two who hear the same end one writes it.
"""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Final

from src.app.notification.models import Delivery, Message, MessageChannel, MessageStatus
from src.app.notification.services.senders import Result, ResultReader, Undelivered, senders
from src.common import clock
from src.common.logs.context import under
from src.common.logs.setup import where
from src.core.database import single_statement
from src.core.observing.metrics import DELIVERIES
from src.core.observing.vendors import vendor_call

logger = logging.getLogger(__name__)

BATCH: Final = 100
AT_ONCE: Final = 5
FIRST: Final = timedelta(seconds=10)
LONGEST: Final = timedelta(hours=1)
GIVEN_UP: Final = timedelta(hours=24)
PHONES: Final = (MessageChannel.SMS, MessageChannel.ALIMTALK)


def first_look(channel: MessageChannel, provider_id: str) -> datetime | None:
    """When a message that went just now is asked for first; never where there is nothing to ask by."""
    return clock.now() + FIRST if channel in PHONES and provider_id else None


async def poll_due() -> int:
    """Ask for up to BATCH messages whose time has come; returns how many ends were written. The job
    ``poll-message-results``. What is older than a day is given up."""
    reader, now = senders().results, clock.now()
    if reader is None:
        return 0
    over = Message.filter(result_due_at__lte=now, sent_at__lt=now - GIVEN_UP)
    await single_statement(lambda: over.update(result_due_at=None), is_harmless=True)
    due = Message.filter(result_due_at__lte=now, status=MessageStatus.SENT, delivery=Delivery.NONE)
    rows = await due.order_by("result_due_at", "id").limit(BATCH)
    gate = asyncio.Semaphore(AT_ONCE)
    return sum(await asyncio.gather(*(_ask_of(reader, row, gate) for row in rows)))


async def _ask_of(reader: ResultReader, row: Message, gate: asyncio.Semaphore) -> bool:
    with under(row.request_id):
        return await _ask(reader, row, gate)


async def _ask(reader: ResultReader, row: Message, gate: asyncio.Semaphore) -> bool:
    """Whether the end of this message is known now. One that cannot be asked for must not keep the others waiting."""
    result: Result | None = None
    try:
        async with gate:
            with vendor_call("sens", "result"):
                result = await reader.result(row.provider_id, is_talk=row.channel is MessageChannel.ALIMTALK)
    except Undelivered as error:
        logger.warning("what became of message %s is not told: %s", row.number, error.reason)
    except Exception as error:  # noqa: BLE001 - see above
        logger.error("what became of message %s was not asked: %s", row.number, where(error))
    if result is None:
        await _later(row)
        return False
    return await _note(row, result)


async def _note(row: Message, result: Result) -> bool:
    end = Delivery.DELIVERED if result.is_delivered else Delivery.FAILED
    changes = {
        "delivery": end,
        "delivery_code": result.code,
        "delivered_at": result.at or clock.now(),
        "result_due_at": None,
    }
    open_one = Message.filter(id=row.id, delivery=Delivery.NONE)
    if not await single_statement(lambda: open_one.update(**changes), is_harmless=True):
        return False
    DELIVERIES.of(row.channel.value, end.value).add()
    if end is Delivery.FAILED:
        logger.warning("message %s by %s was not delivered: %s", row.number, row.channel, result.code)
    return True


async def _later(row: Message) -> None:
    """As long again as it has been on its way, at least FIRST, at most LONGEST."""
    now = clock.now()
    pause = min(max(now - (row.sent_at or now), FIRST), LONGEST)
    open_one = Message.filter(id=row.id, delivery=Delivery.NONE)
    await single_statement(lambda: open_one.update(result_due_at=now + pause), is_harmless=True)
