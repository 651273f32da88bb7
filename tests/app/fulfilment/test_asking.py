"""Couriers are asked for parcels, less often the longer nothing is new; and they may send scans themselves."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.fulfilment.models import Shipment, ShipmentScan
from src.app.shipping.services.couriers.book import Courier
from src.app.shipping.services.tracking.base import UNKNOWN_NUMBER, Scan, ScanStatus, tracker, use_tracker
from src.common import clock
from src.common.models import InboxMessage
from src.common.vendors import Declined, Nonsense, Unreachable
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import NUMBER, adds_up, change, counters, numbers, paid_order, row, send, states
from tests.app.staff.people import headers_with
from tests.factories.orders import later

pytestmark = pytest.mark.usefixtures("empty")

PATH = "/api/v1/webhooks/tracking"
SECRET = {"X-Tracking-Secret": "local-tracking-webhook-secret"}


class Couriers:
    """A tracking service: what it tells of each number, or the error that it answers with."""

    def __init__(self) -> None:
        self.told: dict[str, list[Scan]] = {}
        self.error: Exception | None = None
        self.asked: list[str] = []

    def knows(self, courier: Courier) -> bool:
        return bool(courier.code)

    async def track(self, courier: Courier, number: str) -> tuple[Scan, ...]:
        self.asked.append(number)
        if self.error is not None:
            raise self.error
        if number not in self.told:
            raise Declined(UNKNOWN_NUMBER)
        return tuple(self.told[number])


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


@pytest.fixture
def couriers(client: httpx.AsyncClient) -> Iterator[Couriers]:
    before, made = tracker(), Couriers()
    use_tracker(made)
    yield made
    use_tracker(before)


async def poll(**delta: float) -> int:
    with later(**delta):
        return await run_job("poll-parcels")


async def next_poll() -> timedelta | None:
    """How long from now until the one shipment is asked for."""
    at = (await Shipment.get()).next_poll_at
    return None if at is None else at - clock.now()


def scan(at: datetime, status: ScanStatus) -> Scan:
    return Scan(at=at.replace(microsecond=0), status=status, place="대전HUB", text=status.value)


async def test_a_parcel_is_asked_for_after_an_hour_and_then_ever_less_often(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (line_no,) = await paid_order(1)
    await send(client, staff, row(line_no))
    couriers.told[NUMBER] = []
    assert await poll(minutes=59) == 0
    waits = []
    hours = 1.01
    for _ in range(6):
        assert await poll(hours=hours) == 1
        assert await poll(hours=hours) == 0
        wait = await next_poll()
        assert wait is not None
        waits.append(round((wait - timedelta(hours=hours)).total_seconds() / 3600))
        hours += waits[-1] + 0.01
    assert waits == [1, 2, 4, 8, 12, 12]
    couriers.told[NUMBER] = [scan(clock.now() + timedelta(hours=hours - 1), ScanStatus.IN_TRANSIT)]
    assert await poll(hours=hours) == 1
    wait = await next_poll()
    assert wait is not None
    assert round((wait - timedelta(hours=hours)).total_seconds() / 3600) == 1, "news: it is asked for soon again"
    assert await counters(line_no) == (1, 0, "SHIPPING", "SHIPPING")


async def test_nobody_is_asked_after_the_end(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (line_no,) = await paid_order(1)
    await send(client, staff, row(line_no))
    couriers.told[NUMBER] = [scan(clock.now() + timedelta(minutes=30), ScanStatus.DELIVERED)]
    assert await poll(hours=2) == 1
    assert (await states(), await next_poll()) == (["DELIVERED"], None)
    assert await poll(days=20) == 0
    assert couriers.asked == [NUMBER]


async def test_nobody_is_asked_for_a_parcel_for_ever(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (line_no,) = await paid_order(1)
    await send(client, staff, row(line_no))
    couriers.told[NUMBER] = []
    assert await poll(days=31) == 1
    assert await next_poll() is None


@pytest.mark.parametrize("error", [Unreachable("503"), Nonsense("not JSON")])
async def test_a_courier_that_does_not_answer_is_asked_again_in_a_quarter_of_an_hour(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers, error: Exception
) -> None:
    (line_no,) = await paid_order(1)
    await send(client, staff, row(line_no))
    couriers.error = error
    assert await poll(hours=2) == 1
    assert await poll(hours=2, minutes=14) == 0
    couriers.error, couriers.told[NUMBER] = None, [scan(clock.now() + timedelta(minutes=30), ScanStatus.AT_PICKUP)]
    assert await poll(hours=2, minutes=16) == 1
    assert await states() == ["IN_TRANSIT"]


async def test_a_number_that_stays_unknown_becomes_a_wrong_number(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (line_no,) = await paid_order(1)
    (number,) = numbers(await send(client, staff, row(line_no)))
    assert await poll(hours=2) == 1
    assert await states() == ["READY"]
    assert await poll(days=3, hours=1) == 1
    assert await states() == ["WRONG_NUMBER"]
    assert await counters(line_no) == (1, 0, "SHIPPING", "READY")
    assert await poll(days=9) == 0
    await change(client, staff, number, courier="CJ", tracking_no="612345678912")
    couriers.told["612345678912"] = [scan(clock.now() + timedelta(minutes=10), ScanStatus.DELIVERED)]
    assert await poll(hours=2) == 1
    assert await states() == ["DELIVERED"]


async def test_two_workers_ask_once_and_two_orders_in_one_parcel_are_asked_for_once(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (one,) = await paid_order(1)
    (other,) = await paid_order(1)
    await send(client, staff, row(one), row(other))
    couriers.told[NUMBER] = [scan(clock.now() + timedelta(minutes=30), ScanStatus.DELIVERED)]
    with later(hours=2):
        await asyncio.gather(*(run_job("poll-parcels") for _ in range(3)))
    assert len(couriers.asked) <= 2
    assert await states() == ["DELIVERED", "DELIVERED"]
    assert await ShipmentScan.all().count() == 2
    await adds_up()


async def test_what_no_courier_carries_is_not_asked_for(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (line_no,) = await paid_order(1)
    await send(client, staff, {"line_no": line_no, "method": "DIRECT"})
    assert await next_poll() is None


async def test_without_a_tracking_service_parcels_wait_for_one(
    client: httpx.AsyncClient, staff: dict[str, str], couriers: Couriers
) -> None:
    (line_no,) = await paid_order(1)
    await send(client, staff, row(line_no))
    use_tracker(None)
    assert await poll(hours=2) == 0
    use_tracker(couriers)
    assert await poll(hours=2) == 1


def message(*scans: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"courier": "04", "tracking_no": NUMBER, "scans": list(scans), **changes}


def told(minutes: float, status: str, text: str) -> dict[str, Any]:
    at = clock.now() + timedelta(minutes=minutes)
    return {"at": at.isoformat(), "status": status, "place": "대전HUB", "text": text}


@pytest.fixture
def posted(client: httpx.AsyncClient) -> Any:
    async def post(body: dict[str, Any]) -> None:
        answer = await client.post(PATH, json=body, headers=SECRET)
        assert answer.status_code == 200, answer.text

    return post


async def test_scans_that_are_sent_to_the_shop_move_the_parcel(
    client: httpx.AsyncClient, staff: dict[str, str], posted: Any
) -> None:
    (line_no,) = await paid_order(2)
    await send(client, staff, row(line_no))
    first, last = told(1, "IN_TRANSIT", "간선상차"), told(2, "DELIVERED", "배달완료")
    await posted(message(first))
    assert await run_job("process-inbox") == 0, "payments are not its business"
    assert await run_job("read-scans") == 1
    assert await counters(line_no) == (2, 0, "SHIPPING", "SHIPPING")
    await posted(message(first, last))
    await posted(message(first, last))
    assert await run_job("read-scans") == 1
    assert await counters(line_no) == (2, 2, "DELIVERED", "DELIVERED")
    assert await ShipmentScan.all().count() == 2
    await adds_up()


async def test_messages_that_tell_nothing_are_done(client: httpx.AsyncClient, posted: Any) -> None:
    await posted(message(told(1, "DELIVERED", "배달완료")))
    await posted(message(told(1, "DELIVERED", "배달완료"), courier="99"))
    await posted({"odd": True})
    assert await run_job("read-scans") == 3
    assert {row.work_status.value for row in await InboxMessage.all()} == {"DONE"}
    assert await ShipmentScan.all().count() == 0
