"""Outbox: events are written in the transaction of the change they describe and relayed afterwards."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import ClassVar

from src.common import clock
from src.common.logs.context import request_id
from src.common.models.outbox_event import OutboxEvent
from src.common.work import wakeup
from src.core.database import after_commit, in_unit_of_work
from src.core.database.statements import insert_all, new_row
from src.core.observing.metrics import EVENTS


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event, named in the past tense. Fields are ids and numbers only, never personal data."""

    topic: ClassVar[str]

    @property
    def aggregate(self) -> str:
        """Subject of the event, as in ``order:7``."""
        raise TypeError(f"{type(self).__name__} names no aggregate")


async def emit(event: Event) -> None:
    """Write the event into the open transaction. Raises RuntimeError outside one: it could be lost."""
    await emit_all([event])


async def emit_all(events: Sequence[Event]) -> None:
    """Write any number of events as `emit` does, with one statement."""
    if not in_unit_of_work():
        raise RuntimeError("an event belongs to the transaction of what it tells of")
    now = clock.now()
    rows = [
        new_row(
            OutboxEvent,
            topic=event.topic,
            aggregate=event.aggregate,
            payload=asdict(event),
            request_id=request_id.get(),
            available_at=now,
            created_at=now,
        )
        for event in events
    ]
    if not rows:
        return
    await insert_all(rows)
    for event in events:
        after_commit(EVENTS.of(event.topic).add)
    wakeup.wake("relay-outbox")
