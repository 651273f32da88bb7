"""Events of one aggregate keep their order, whoever carries them and whatever breaks."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from src.common import clock
from src.common.models import OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.common.work.jobs import Priority
from src.worker.events import relay
from src.worker.events.handlers import HANDLERS, PRIORITIES
from src.worker.events.relay import deliver, relay_outbox
from src.worker.events.taking import LEASE_SECONDS
from src.worker.jobs.schedule import specs
from src.worker.process.runner import GRACE_SECONDS, Runner
from src.worker.transport.base import Work
from src.worker.transport.local import INLINE, InProcess
from tests.factories.orders import later

pytestmark = pytest.mark.usefixtures("empty")
TOPIC = "test.happened"


class Heard:
    """What a handler was told, by aggregate; it breaks where it is told to."""

    def __init__(self) -> None:
        self.by_aggregate: dict[str, list[int]] = defaultdict(list)
        self.breaks: set[tuple[str, int]] = set()
        self.slow = 0.0
        self.asked = asyncio.Event()

    async def handle(self, payload: dict[str, Any]) -> None:
        key = (payload["aggregate"], payload["number"])
        self.asked.set()
        await asyncio.sleep(self.slow)
        if key in self.breaks:
            raise LookupError
        self.by_aggregate[key[0]].append(key[1])


@pytest.fixture
def heard() -> Iterator[Heard]:
    made = Heard()
    HANDLERS[TOPIC] = (made.handle,)
    yield made
    del HANDLERS[TOPIC]


async def happen(aggregate: str, *numbers: int) -> None:
    now = clock.now()
    for number in numbers:
        payload = {"aggregate": aggregate, "number": number}
        await OutboxEvent.create(topic=TOPIC, aggregate=aggregate, payload=payload, available_at=now, created_at=now)


async def test_events_of_one_aggregate_come_in_their_order_through_many_lanes(heard: Heard) -> None:
    heard.slow = 0.001
    for number in range(12):
        for aggregate in ("a", "b", "c"):
            await happen(aggregate, number)
    inside = InProcess()

    async def carry() -> None:
        while await relay_outbox(transport=inside, limit=5):
            pass

    while await OutboxEvent.filter(work_status=WorkStatus.PENDING).exists():
        await asyncio.gather(carry(), carry(), carry())
    await inside.stop(10)

    assert heard.by_aggregate == {name: list(range(12)) for name in ("a", "b", "c")}


async def test_events_behind_one_that_breaks_wait_with_it_and_others_go_on(heard: Heard) -> None:
    heard.breaks.add(("a", 1))
    await happen("a", 0, 1, 2, 3)
    await happen("b", 0, 1)

    await relay_outbox()
    assert heard.by_aggregate == {"a": [0], "b": [0, 1]}
    assert await relay_outbox() == 0, "the one that broke waits, and those behind it with it"

    heard.breaks.clear()
    with later(seconds=5):
        assert [await relay_outbox() for _ in range(3)] == [1, 2, 0]
    assert heard.by_aggregate["a"] == [0, 1, 2, 3]
    assert [event.attempts for event in await OutboxEvent.filter(aggregate="a").order_by("id")] == [1, 2, 1, 1], (
        "who was not tried has no attempt counted"
    )


async def test_poison_is_set_aside_with_its_error_and_those_behind_it_go_on(heard: Heard) -> None:
    heard.breaks.add(("a", 0))
    await happen("a", 0, 1)
    for attempt in range(20):
        with later(hours=2 * attempt):
            await relay_outbox()
    dead = await OutboxEvent.get(work_status=WorkStatus.DEAD)
    assert (dead.attempts, dead.last_error, dead.payload["number"]) == (20, "LookupError", 0)
    assert heard.by_aggregate == {}
    with later(hours=41):
        await relay_outbox()
    assert heard.by_aggregate == {"a": [1]}


class Lost:
    """A transport that loses everything, as a Redis does that restarts empty; it keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[Work] = []

    async def send(self, work: Work) -> None:
        self.sent.append(work)

    def has_room(self, priority: Priority) -> bool:
        return bool(priority)


async def test_what_the_carrier_loses_is_sent_again_when_its_lease_ends(heard: Heard) -> None:
    lost = Lost()
    await happen("a", 0, 1)
    assert await relay_outbox(transport=lost) == 2
    assert (await relay_outbox(), heard.by_aggregate) == (0, {})
    with later(seconds=LEASE_SECONDS + 1):
        assert await relay_outbox() == 2
    assert heard.by_aggregate == {"a": [0, 1]}

    await deliver(lost.sent[0].payload)  # it comes after all
    assert heard.by_aggregate == {"a": [0, 1]}, "its lease is another's"


async def test_message_that_comes_twice_is_handled_once(heard: Heard) -> None:
    lost = Lost()
    heard.slow = 0.05
    await happen("a", 0, 1, 2)
    await relay_outbox(transport=lost)
    payload = lost.sent[0].payload
    await asyncio.gather(deliver(payload), deliver(payload))
    await deliver(payload)
    assert heard.by_aggregate == {"a": [0, 1, 2]}


async def test_handler_that_takes_longer_than_the_lease_keeps_it(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "RENEW_SECONDS", 0.05)
    heard.slow = 0.4
    lost = Lost()
    await happen("a", 0)
    await relay_outbox(transport=lost)
    before = (await OutboxEvent.get()).available_at
    working = asyncio.create_task(deliver(lost.sent[0].payload))
    await asyncio.sleep(0.3)
    assert (await OutboxEvent.get()).available_at > before
    await working
    assert (await OutboxEvent.get()).work_status == WorkStatus.DONE


async def test_many_rows_of_one_aggregate_do_not_keep_others_waiting(heard: Heard) -> None:
    """Behind one that broke stand more than a batch takes: the others are found all the same."""
    heard.breaks.add(("a", 0))
    await happen("a", *range(30))
    await relay_outbox(limit=10)
    await happen("b", 0)
    assert await relay_outbox(limit=10) == 1
    assert heard.by_aggregate == {"b": [0]}


async def test_pieces_travel_by_the_most_urgent_of_their_events(heard: Heard) -> None:
    lost = Lost()
    PRIORITIES[TOPIC] = "low"
    try:
        await happen("a", 0)
        now = clock.now()
        await OutboxEvent.create(topic="order.paid", aggregate="a", payload={}, available_at=now, created_at=now)
        await happen("b", *range(25))
        await happen("c", 0)
        await relay_outbox(transport=lost)
    finally:
        del PRIORITIES[TOPIC]
    assert [(work.priority, len(work.payload["ids"])) for work in lost.sent] == [("high", 2), ("low", 25), ("low", 1)]


async def test_of_many_relays_each_event_is_taken_by_one(heard: Heard) -> None:
    for number in range(60):
        await happen(f"a{number}", 0)
    taken = await asyncio.gather(*(relay_outbox(transport=INLINE, limit=20) for _ in range(6)))
    while done := await relay_outbox():
        taken.append(done)
    assert sum(taken) == 60
    assert heard.by_aggregate == {f"a{number}": [0] for number in range(60)}


async def test_nothing_is_due_before_its_time(heard: Heard) -> None:
    await happen("a", 0)
    await OutboxEvent.all().update(available_at=clock.now() + timedelta(seconds=1))
    assert await relay_outbox() == 0


async def test_clock_that_was_set_back_keeps_no_event_for_long(heard: Heard) -> None:
    """What was written before the jump lies further ahead than any delay is: it is due, and in its order."""
    with later(hours=5):
        await happen("a", 0, 1)
    await happen("a", 2)
    while await relay_outbox():
        pass
    assert heard.by_aggregate == {"a": [0, 1, 2]}


async def test_clock_that_jumps_ahead_doubles_no_event(heard: Heard) -> None:
    """All leases seem to have ended: what another process takes over is not handled by the first one too."""
    lost = Lost()
    await happen("a", 0, 1)
    await relay_outbox(transport=lost)
    with later(hours=5):
        await asyncio.gather(relay_outbox(), deliver(lost.sent[0].payload))
    await deliver(lost.sent[0].payload)
    assert sorted(heard.by_aggregate["a"]) == [0, 1]


async def test_an_event_behind_one_in_hand_goes_on_when_that_is_done_and_not_at_the_next_poll(heard: Heard) -> None:
    heard.slow = 0.5
    wakeup.reset()
    inside = InProcess()
    runner = Runner([replace(specs(inside)["relay-outbox"], every=600.0)])
    await runner.start()
    try:
        await happen("a", 1)
        wakeup.wake("relay-outbox")
        await heard.asked.wait()
        await happen("a", 2)
        wakeup.wake("relay-outbox")
        for _ in range(400):  # a poll comes after 24 s at the earliest
            await asyncio.sleep(0.05)
            if heard.by_aggregate["a"] == [1, 2]:
                break
        assert heard.by_aggregate["a"] == [1, 2]
    finally:
        await runner.stop()
        await inside.stop(GRACE_SECONDS)
        wakeup.reset()


async def test_a_relay_that_found_nothing_wakes_nobody(heard: Heard) -> None:
    wakeup.reset()
    assert await relay_outbox() == 0
    began = monotonic()
    await wakeup.wait("relay-outbox", 0.2)
    assert monotonic() - began >= 0.2
