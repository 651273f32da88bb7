"""Run the handlers of events: together where a handler takes several, one by one where that fails."""

import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from src.common.logs import error_hook
from src.common.logs.context import under
from src.common.logs.setup import where
from src.common.models.outbox_event import OutboxEvent
from src.worker.events.batches import Batch, Errors, Together
from src.worker.events.handlers import HANDLERS, Handler, create_outbound_deliveries

logger = logging.getLogger(__name__)


def steps(events: Sequence[OutboxEvent]) -> list[list[OutboxEvent]]:
    """Return the events to handle in one step: all whose handlers take several, and each of the others."""
    together = [event for event in events if all(isinstance(each, Together) for each in HANDLERS.get(event.topic, ()))]
    alone = [[event] for event in events if event not in together]
    return [together, *alone] if together else alone


async def handle(events: Sequence[OutboxEvent]) -> dict[int, Exception]:
    """Run all handlers of events of different aggregates, and return the first error of each event that failed.

    After a failure the other handlers still run: a mail that cannot be written must not leave ordered items in a cart.
    """
    errors: dict[int, Exception] = {}
    topics: dict[str, list[OutboxEvent]] = defaultdict(list)
    for event in events:
        topics[event.topic].append(event)
    for topic, group in topics.items():
        batch = Batch(group)
        for handler in HANDLERS.get(topic, ()):
            errors = {**await _run(handler, batch), **errors}
    return {**await _together(create_outbound_deliveries, Batch(events)), **errors}


async def _run(handler: Handler, batch: Batch) -> Errors:
    if isinstance(handler, Together):
        return await _together(handler, batch)
    return await _each(batch, lambda event: handler(event.payload))


async def _together(handler: Together, batch: Batch) -> Errors:
    """Handle the events at once; where that fails as a whole, one after the other, so that one bad event neither stops
    nor undoes the others."""
    if len(batch.events) == 1:
        return await _each(batch, lambda _event: _raised(handler, batch))
    try:
        errors = await handler.many(batch)
    except Exception as error:  # noqa: BLE001 - see above
        topics = ", ".join(sorted({event.topic for event in batch.events}))
        logger.warning("%d events (%s) are handled one by one: %s", len(batch.events), topics, where(error))
        return await _each(batch, lambda event: _raised(handler, Batch([event])))
    for event in batch.events:
        if event.id in errors:
            with under(event.request_id):
                _tell(event, errors[event.id])
    return errors


async def _raised(handler: Together, batch: Batch) -> None:
    for error in (await handler.many(batch)).values():
        raise error


async def _each(batch: Batch, handling: Callable[[OutboxEvent], Awaitable[None]]) -> Errors:
    errors: dict[int, Exception] = {}
    for event in batch.events:
        with under(event.request_id):
            try:
                await handling(event)
            except Exception as error:  # noqa: BLE001 - a failing event must not stop the others
                _tell(event, error)
                errors[event.id] = error
    return errors


def _tell(event: OutboxEvent, error: Exception) -> None:
    logger.error("event %d (%s) failed: %s", event.id, event.topic, where(error))
    error_hook.tell(error, during=f"event {event.topic}")
