"""The runner of one worker, with real work."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import pairwise
from time import monotonic

import httpx
import pytest

from src.app.order.models import Order
from src.common import clock
from src.common.models import InboxMessage, Job, OutboxEvent
from src.common.models.work_item import WorkStatus
from src.common.work import wakeup
from src.common.work.jobs import JobSpec
from src.core.database import drain
from src.worker.jobs.schedule import specs
from src.worker.process.runner import GRACE_SECONDS, Runner
from src.worker.transport.local import InProcess
from tests.factories.catalogue import make_variant
from tests.factories.orders import at_provider, complete, control, place, read_order, stock_of


async def eventually(holds: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    """Ask until it holds. The question is never cut off: a cancelled query leaves a broken connection."""
    end = monotonic() + seconds
    while not await holds():
        assert monotonic() < end, f"not within {seconds} s"
        await asyncio.sleep(0.02)


async def at_once(holds: Callable[[], Awaitable[bool]]) -> None:
    """It holds within 50 looks: a second, before the runner would look by itself. A machine that stalls, stalls
    both."""
    for _ in range(50):
        if await holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("not at once")


class Everything(Runner):
    """What a web process does where the background work is inside: all loops, and the schedule."""

    def __init__(self) -> None:
        self._inside = InProcess()
        loops = [spec for spec in specs(self._inside).values() if not spec.single]
        super().__init__(loops, schedule=self._inside)

    async def stop(self) -> None:
        await super().stop()
        await self._inside.stop(GRACE_SECONDS)


@pytest.fixture
async def runner(client: httpx.AsyncClient) -> AsyncIterator[Runner]:
    wakeup.reset()
    made = Everything()
    await made.start()
    yield made
    await made.stop()
    await drain()
    wakeup.reset()


async def test_webhook_alone_settles_within_moments(client: httpx.AsyncClient, runner: Runner) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="twice")

    async def paid() -> bool:
        return bool((await read_order(client, placed))["status"] == "PAID")

    await eventually(paid)
    assert await InboxMessage.all().count() == 1


async def test_wrong_payment_is_refunded_at_once_and_without_anybody_asking(
    client: httpx.AsyncClient, runner: Runner
) -> None:
    """The bell must ring after the commit: a runner that looks before it finds nothing and sleeps on."""
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay_other_amount", amount=100)
    assert (await complete(client, placed.payment_id)).json()["code"] == "PAYMENT_MISMATCH"

    async def refunded() -> bool:
        return await at_provider(client, placed.payment_id) == ("CANCELLED", 100, ["SUCCEEDED"])

    await at_once(refunded)


async def test_event_is_relayed_at_once(client: httpx.AsyncClient, runner: Runner) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)

    async def relayed() -> bool:
        return await OutboxEvent.filter(work_status=WorkStatus.DONE).count() == 1

    await at_once(relayed)


async def test_looks_that_gather_are_apart_and_find_what_came_meanwhile() -> None:
    waiting, looks = 0, []

    async def work() -> int:
        nonlocal waiting
        looks.append((monotonic(), waiting))
        found, waiting = waiting, 0
        return found

    wakeup.reset()
    runner = Runner([JobSpec(name="gathering", work=work, every=60, ko="", en="", gather=0.3, most=20)])
    await runner.start()
    try:
        for _ in range(30):
            waiting += 1
            wakeup.wake("gathering")
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)
    finally:
        await runner.stop()
        wakeup.reset()
    times = [time for time, _ in looks]
    assert sum(found for _, found in looks) == 30
    assert looks[0][1] >= 1, "the first after a pause is found at once"
    assert all(later - earlier >= 0.29 for earlier, later in pairwise(times[:-1]))
    assert len(looks) <= 5


async def test_look_that_found_a_full_batch_is_followed_by_another_at_once() -> None:
    looks = []

    async def work() -> int:
        looks.append(monotonic())
        return 20 if len(looks) < 3 else 19

    wakeup.reset()
    runner = Runner([JobSpec(name="full", work=work, every=60, ko="", en="", gather=1.0, most=20)])
    await runner.start()
    wakeup.wake("full")
    await asyncio.sleep(0.3)
    assert len(looks) == 3
    await runner.stop()
    wakeup.reset()


async def test_overdue_order_ends_by_itself(client: httpx.AsyncClient, runner: Runner) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 3))
    await Order.all().update(expires_at=clock.now())
    # The look that finds no row for a job only makes it; the next one, some seconds later, would take it.
    await Job.update_or_create({"lease_until": clock.now(), "next_run_at": clock.now()}, name="expire-orders")
    wakeup.wake("scheduler")

    async def ended() -> bool:
        return bool((await read_order(client, placed))["status"] == "EXPIRED")

    await eventually(ended)
    assert await stock_of(variant) == 10


async def test_work_left_by_a_process_that_died_is_found_at_the_start(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay", webhook="before_redirect")
    assert (await read_order(client, placed))["status"] == "PENDING"
    wakeup.reset()
    runner = Everything()
    await runner.start()

    async def paid() -> bool:
        return bool((await read_order(client, placed))["status"] == "PAID")

    try:
        await eventually(paid)
    finally:
        await runner.stop()


async def test_two_runners_do_the_work_once(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=20)
    orders = [await place(client, (variant.id, 1)) for _ in range(10)]
    for placed in orders:
        await control(client, placed.payment_id, "pay", webhook="before_redirect")
    wakeup.reset()
    runners = [Everything(), Everything()]
    for runner in runners:
        await runner.start()

    async def all_done() -> bool:
        return await OutboxEvent.filter(topic="order.paid", work_status=WorkStatus.DONE).count() == 10

    try:
        await eventually(all_done)
    finally:
        for runner in runners:
            await runner.stop()
    # The sandbox still knows payments of other tests: those are found as discrepancies.
    assert await OutboxEvent.filter(topic="order.paid").count() == 10
    assert await InboxMessage.filter(work_status=WorkStatus.DONE, attempts=1).count() == 10
    assert await stock_of(variant) == 10


async def test_stopped_runner_leaves_no_task_and_no_lease(client: httpx.AsyncClient) -> None:
    wakeup.reset()
    before = asyncio.all_tasks()
    runner = Everything()
    await runner.start()
    singles = {name for name, spec in specs().items() if spec.single}

    async def all_looked() -> bool:
        return {name for (name,) in await Job.all().values_list("name")} == singles

    await eventually(all_looked)
    async with asyncio.timeout(GRACE_SECONDS - 1):
        await runner.stop()
    await drain()
    names = {task.get_name() for task in asyncio.all_tasks() - before}
    assert names & set(specs()) == set()
    assert {holder for (holder,) in await Job.all().values_list("holder")} <= {""}


async def test_runner_can_be_stopped_right_after_its_start(client: httpx.AsyncClient) -> None:
    for turns in range(6):
        wakeup.reset()
        runner = Everything()
        await runner.start()
        for _ in range(turns):
            await asyncio.sleep(0)
        async with asyncio.timeout(GRACE_SECONDS - 1):
            await runner.stop()
        await drain()
    assert await Job.filter(holder__not="").count() == 0
