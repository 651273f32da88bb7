"""Carry events from the outbox to their handlers, at least once."""

import logging

from src.common.models.outbox_event import OutboxEvent
from src.common.utils import work_queue
from src.common.utils.logs import where
from src.worker.handlers import HANDLERS

logger = logging.getLogger(__name__)


async def relay_outbox(*, limit: int = 20) -> int:
    """Deliver up to `limit` due events, oldest first; returns how many. The job ``relay-outbox``.

    An event is done when all its handlers ran. One that fails is tried again later, all handlers of it.
    """
    events = await work_queue.take_due(OutboxEvent, limit=limit)
    for event in events:
        try:
            for handler in HANDLERS.get(event.topic, ()):
                await handler(event.payload)
        except Exception as error:  # noqa: BLE001 - an event that breaks must not keep the others waiting
            logger.error("event %d (%s) failed: %s", event.id, event.topic, where(error))
            await work_queue.put_back(event, type(error).__name__)
            continue
        await work_queue.finish(event)
    return len(events)
