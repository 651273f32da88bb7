"""What a courier tells of a parcel: stored once each, and only what is new moves the shipment."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from src.app.fulfilment.models import Shipment, ShipmentScan, ShipmentState
from src.app.fulfilment.services.scans.recording import record
from src.app.order.models import OrderEvent, OrderLine
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.tracking.base import Scan, ScanStatus, Trouble
from src.common import clock
from src.common.models import OutboxEvent
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import (
    API,
    NUMBER,
    adds_up,
    change,
    codes,
    counters,
    line_of,
    numbers,
    paid_order,
    row,
    send,
    states,
)
from tests.app.staff.people import headers_with
from tests.factories.orders import later

pytestmark = pytest.mark.usefixtures("empty")

PARCEL = Parcel("CJ", NUMBER)
S = ScanStatus


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


def scan(hours: float, status: ScanStatus, text: str = "", *, trouble: Trouble | None = None) -> Scan:
    """A scan so many hours from now, by the courier's clock."""
    at = (clock.now() + timedelta(hours=hours)).replace(microsecond=0)
    return Scan(at=at, status=status, place="대전HUB", text=text or status.value, trouble=trouble)


async def sent(client: httpx.AsyncClient, staff: dict[str, str], *quantities: int) -> tuple[str, list[str]]:
    """A shipment of all of an order, and the numbers of its lines."""
    lines = await paid_order(*quantities)
    body = await send(client, staff, *(row(line_no) for line_no in lines))
    return numbers(body)[0], lines


async def test_a_parcel_is_followed_to_the_end_by_its_scans(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (first, second) = await sent(client, staff, 2, 1)
    way = [scan(1, S.AT_PICKUP), scan(2, S.IN_TRANSIT), scan(20, S.OUT_FOR_DELIVERY)]

    assert await record(PARCEL, way[:1]) == 1
    assert await counters(first) == (2, 0, "SHIPPING", "SHIPPING")
    assert await record(PARCEL, way) == 2
    arrived = scan(22, S.DELIVERED, "배달완료")
    assert await record(PARCEL, [*way, arrived]) == 1

    for line_no, units in ((first, 2), (second, 1)):
        assert await counters(line_no) == (units, units, "DELIVERED", "DELIVERED")
        assert (await line_of(line_no)).delivered_at == arrived.at
    shipment = await Shipment.get()
    assert (shipment.state.value, shipment.delivered_by, shipment.next_poll_at) == ("DELIVERED", "SCAN", None)
    told = (await client.get(f"{API}/{number}/tracking", headers=staff)).json()
    assert [(each["status"], each["moved_to"]) for each in told["scans"]] == [
        ("AT_PICKUP", "IN_TRANSIT"),
        ("IN_TRANSIT", None),
        ("OUT_FOR_DELIVERY", None),
        ("DELIVERED", "DELIVERED"),
    ]
    assert [hop["by"] for hop in told["history"]][1:] == ["courier", "courier"]
    reasons = await OrderEvent.filter(line_no=first, counter="delivered").values_list("reason")
    assert reasons == [("택배사 스캔: 배달완료",)]
    assert await OutboxEvent.filter(topic="order.shipped").count() == 1
    with later(minutes=31):
        assert await run_job("tell-shipments") == 0
    await adds_up()


async def test_the_same_scans_again_and_at_once_are_stored_once(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    _, (line_no,) = await sent(client, staff, 1)
    way = [scan(1, S.AT_PICKUP), scan(2, S.DELIVERED)]
    assert sum(await asyncio.gather(*(record(PARCEL, way) for _ in range(4)))) == 2
    assert await record(PARCEL, way) == 0
    assert await ShipmentScan.all().count() == 2
    assert await counters(line_no) == (1, 1, "DELIVERED", "DELIVERED")
    assert await OutboxEvent.filter(topic="order.shipped").count() == 1
    await adds_up()


async def test_a_scan_older_than_the_shipment_is_stored_and_moves_nothing(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    _, (line_no,) = await sent(client, staff, 1)
    assert await record(PARCEL, [scan(-1, S.DELIVERED, "배달완료")]) == 1
    assert await counters(line_no) == (1, 0, "SHIPPING", "READY")
    (stored,) = await ShipmentScan.all()
    assert (stored.status, stored.moved_to) == ("DELIVERED", "")


@pytest.mark.parametrize(
    ("told", "ends"),
    [
        ([scan(2, S.DELIVERED), scan(3, S.IN_TRANSIT)], "DELIVERED"),
        ([scan(3, S.IN_TRANSIT), scan(2, S.DELIVERED)], "DELIVERED"),
        ([scan(2, S.ATTEMPT_FAIL), scan(3, S.OUT_FOR_DELIVERY)], "IN_TRANSIT"),
        ([scan(3, S.OUT_FOR_DELIVERY), scan(2, S.ATTEMPT_FAIL)], "IN_TRANSIT"),
        ([scan(2, S.OUT_FOR_DELIVERY), scan(3, S.ATTEMPT_FAIL)], "ATTEMPT_FAILED"),
        ([scan(2, S.ATTEMPT_FAIL), scan(3, S.DELIVERED)], "DELIVERED"),
        ([scan(2, S.INFORMATION_RECEIVED), scan(3, S.UNKNOWN), scan(4, S.EXCEPTION)], "READY"),
        ([scan(2, S.AVAILABLE_FOR_PICKUP)], "IN_TRANSIT"),
        ([scan(2, S.EXCEPTION, trouble=Trouble.LOST), scan(3, S.DELIVERED)], "LOST"),
        ([scan(2, S.EXCEPTION, trouble=Trouble.RETURNED), scan(3, S.DELIVERED)], "RETURNED_TO_SENDER"),
    ],
)
async def test_scans_told_one_by_one_never_go_back_a_step(
    client: httpx.AsyncClient, staff: dict[str, str], told: list[Scan], ends: str
) -> None:
    await sent(client, staff, 1)
    now = clock.now()
    for each in told:
        moved = now + (each.at - told[0].at) + timedelta(hours=12)
        fresh = Scan(at=moved, status=each.status, text=each.text, trouble=each.trouble)
        assert await record(PARCEL, [fresh]) == 1
    assert await states() == [ends]
    assert await ShipmentScan.all().count() == len(told)
    await adds_up()


async def test_a_line_in_three_parcels_arrives_with_the_last_and_a_lost_one_is_sent_again(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (line_no,) = await paid_order(3)
    parcels = [Parcel("CJ", f"61234567890{each}") for each in range(3)]
    await send(client, staff, *(row(line_no, parcel.number, units=1) for parcel in parcels))
    last = scan(30, S.DELIVERED)
    await record(parcels[0], [scan(20, S.DELIVERED)])
    await record(parcels[1], [last])
    assert (await line_of(line_no)).delivered_at is None

    await record(parcels[2], [scan(25, S.EXCEPTION, "분실", trouble=Trouble.LOST)])

    assert await counters(line_no) == (2, 2, "SHIPPING", "SHIPPING")
    assert codes(await send(client, staff, row(line_no, "612345678909"))) == ["done"]
    await record(Parcel("CJ", "612345678909"), [scan(29, S.DELIVERED)])
    assert await counters(line_no) == (3, 3, "DELIVERED", "DELIVERED")
    assert (await line_of(line_no)).delivered_at == last.at, "of the last part, by the courier's clock"
    await adds_up()


async def test_a_corrected_number_is_followed_and_the_old_one_no_more(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    number, (line_no,) = await sent(client, staff, 1)
    await record(PARCEL, [scan(1, S.DELIVERED, "남의 상자")])
    assert await counters(line_no) == (1, 1, "DELIVERED", "DELIVERED")
    await change(client, staff, number, courier="CJ", tracking_no="612345678912", reason="오류 송장")
    assert await counters(line_no) == (1, 0, "SHIPPING", "READY")

    assert await record(PARCEL, [scan(2, S.DELIVERED)]) == 0
    assert await record(Parcel("CJ", "612345678912"), [scan(0.5, S.IN_TRANSIT)]) == 1

    assert await counters(line_no) == (1, 0, "SHIPPING", "SHIPPING")
    told = (await client.get(f"{API}/{number}/tracking", headers=staff)).json()["scans"]
    assert {each["tracking_no"] for each in told} == {NUMBER, "612345678912"}
    await adds_up()


async def test_a_wrong_number_moves_nothing(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (line_no,) = await sent(client, staff, 1)
    await change(client, staff, number, state="WRONG_NUMBER", reason="오류 송장")
    assert await record(PARCEL, [scan(1, S.DELIVERED)]) == 1
    assert await states() == ["WRONG_NUMBER"]
    assert (await line_of(line_no)).delivered == 0


async def test_what_the_lines_refuse_is_stored_and_moves_nothing(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    _, (line_no,) = await sent(client, staff, 1)
    await OrderLine.filter(line_no=line_no).update(confirmed_at=clock.now(), status="CONFIRMED")
    assert await record(PARCEL, [scan(1, S.EXCEPTION, "분실", trouble=Trouble.LOST)]) == 1
    assert await states() == ["READY"]
    assert (await line_of(line_no)).shipped == 1
    assert await ShipmentScan.all().count() == 1


async def test_two_orders_in_one_parcel_both_arrive(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (one,) = await paid_order(1)
    (other,) = await paid_order(2)
    await send(client, staff, row(one), row(other))
    assert await record(PARCEL, [scan(1, S.DELIVERED)]) == 2
    assert (await counters(one))[2] == (await counters(other))[2] == "DELIVERED"


async def test_a_number_that_nobody_has_is_nothing(client: httpx.AsyncClient) -> None:
    assert await record(PARCEL, [scan(1, S.DELIVERED)]) == 0
    assert await ShipmentScan.all().count() == 0


async def assume(days: float) -> int:
    with later(days=days):
        return await run_job("assume-delivered")


async def test_what_nobody_tells_of_is_taken_for_delivered_and_the_timeline_says_so(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    _, (line_no,) = await sent(client, staff, 2)
    assert await assume(13) == 0
    assert await assume(15) == 1
    assert await assume(15) == 0
    shipment = await Shipment.get()
    assert (shipment.state.value, shipment.delivered_by) == ("DELIVERED", "ASSUMED")
    assert await counters(line_no) == (2, 2, "DELIVERED", "DELIVERED")
    ((reason,),) = await OrderEvent.filter(line_no=line_no, counter="delivered").values_list("reason")
    assert reason == "배송완료 간주: 발송 후 14일이 지나도록 소식 없음"
    await adds_up()


@pytest.mark.parametrize("state", [ShipmentState.WRONG_NUMBER, ShipmentState.ATTEMPT_FAILED, ShipmentState.LOST])
async def test_what_is_wrong_is_never_taken_for_delivered(
    client: httpx.AsyncClient, staff: dict[str, str], state: ShipmentState
) -> None:
    number, _ = await sent(client, staff, 1)
    await change(client, staff, number, state=state.value, reason="확인")
    assert await assume(60) == 0
    assert await states() == [state.value]


async def test_what_was_scanned_lately_is_not_taken_for_delivered(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    await sent(client, staff, 1)
    await record(PARCEL, [scan(24 * 12, S.IN_TRANSIT)])
    assert await assume(15) == 0
    assert await assume(18) == 1
