"""Events leave in the transaction of what they tell of."""

from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, datetime
from typing import ClassVar

import pytest

from src.common import clock
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.common.work.outbox import Event, emit
from src.core.database import unit_of_work

pytestmark = pytest.mark.usefixtures("empty")
MOMENT = datetime(2026, 11, 20, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    topic: ClassVar[str] = "test.happened"
    thing_id: int

    @property
    def aggregate(self) -> str:
        return f"thing:{self.thing_id}"


@dataclass(frozen=True, kw_only=True)
class Nameless(Event):
    topic: ClassVar[str] = "test.nameless"


async def test_emitted_event_is_a_pending_row_that_is_due_at_once() -> None:
    with clock.as_of(MOMENT):
        await unit_of_work(lambda: emit(Happened(thing_id=7)))

    row = await OutboxEvent.get()
    assert (row.topic, row.aggregate, row.payload) == ("test.happened", "thing:7", {"thing_id": 7})
    assert (row.work_status, row.attempts, row.available_at, row.created_at) == (WorkStatus.PENDING, 0, MOMENT, MOMENT)


async def test_event_of_a_rolled_back_transaction_never_was() -> None:
    async def break_off() -> None:
        await emit(Happened(thing_id=7))
        raise LookupError

    with pytest.raises(LookupError):
        await unit_of_work(break_off)

    assert await OutboxEvent.all().count() == 0


async def test_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        await emit(Happened(thing_id=7))
    assert await OutboxEvent.all().count() == 0


async def test_event_without_an_aggregate_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="Nameless"):
        await unit_of_work(lambda: emit(Nameless()))
    assert await OutboxEvent.all().count() == 0


def test_event_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Happened(thing_id=7).thing_id = 8  # type: ignore[misc]


async def test_emitting_rings_the_relays_bell() -> None:
    wakeup.reset()
    await unit_of_work(lambda: emit(Happened(thing_id=7)))
    await wakeup.wait("relay-outbox", 30)
    wakeup.reset()
