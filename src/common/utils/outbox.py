"""Events leave through the outbox: written in the transaction of what they tell of, relayed afterwards."""

from dataclasses import asdict, dataclass
from typing import ClassVar

from src.common.models.outbox_event import OutboxEvent
from src.common.utils import clock, wakeup
from src.core.database import in_unit_of_work


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, in the past tense. Fields are ids and numbers only, never personal data."""

    topic: ClassVar[str]

    @property
    def aggregate(self) -> str:
        """What it is about, as in ``order:7``."""
        raise TypeError(f"{type(self).__name__} names no aggregate")


async def emit(event: Event) -> None:
    """Write the event into the open transaction. Raises RuntimeError outside one: it could be lost."""
    if not in_unit_of_work():
        raise RuntimeError("an event belongs to the transaction of what it tells of")
    now = clock.now()
    await OutboxEvent.create(
        topic=event.topic, aggregate=event.aggregate, payload=asdict(event), available_at=now, created_at=now
    )
    wakeup.wake("relay-outbox")
