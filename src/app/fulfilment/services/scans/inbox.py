"""Read the scans that somebody sent to the shop, out of the inbox."""

import logging
from typing import Final

from tortoise.expressions import Q

from src.app.fulfilment.services.scans.recording import record
from src.app.shipping.services.couriers.book import CourierBook
from src.app.shipping.services.couriers.queries import load_book
from src.app.shipping.services.tracking.receiving import SOURCE
from src.app.shipping.services.tracking.told import told_by
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.inbox_message import InboxMessage
from src.common.work import queue

logger = logging.getLogger(__name__)


BATCH: Final = 100


async def read_due() -> int:
    """Store the scans of the messages that are due, and return how many messages there were. The job ``read-scans``.

    One that breaks is put back and keeps no other. A message that cannot be read is done: its sender cannot correct it.
    A repeat stores nothing twice.
    """
    messages = await queue.take_due(InboxMessage, limit=BATCH, only=Q(source=SOURCE))
    if not messages:
        return 0
    book = await load_book()
    done = [message for message in messages if await _read(message, book)]
    await queue.finish_all(done)
    return len(messages)


async def _read(message: InboxMessage, book: CourierBook) -> bool:
    with under(message.request_id):
        try:
            if (told := told_by(message.body, book)) is not None:
                await record(told.parcel, told.scans)
        except Exception as failure:  # noqa: BLE001 - see above
            logger.error("scans of message %d failed: %s", message.id, where(failure))
            await queue.put_back(message, type(failure).__name__)
            return False
    return True
