"""송장 수정, and what staff know of a parcel, with what follows for the lines."""

import asyncio

import httpx
import pytest

from src.app.fulfilment.models import FLOW, Shipment, ShipmentEvent, ShipmentState
from src.app.order.models import OrderLine
from src.common import clock
from src.common.models import OutboxEvent
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import (
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
from tests.app.staff.people import audited, headers_with
from tests.factories.orders import later

pytestmark = pytest.mark.usefixtures("empty")

OTHER = "612345678912"


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


async def sent(client: httpx.AsyncClient, staff: dict[str, str], *quantities: int) -> tuple[str, list[str]]:
    """A shipment of all of an order, and the numbers of its lines."""
    lines = await paid_order(*quantities)
    body = await send(client, staff, *(row(line_no) for line_no in lines))
    return numbers(body)[0], lines


async def topics() -> list[str]:
    """What the outbox tells of shipments but for the hops."""
    found = OutboxEvent.filter(topic__in=["order.shipped", "shipment.corrected"]).order_by("id")
    return [topic for (topic,) in await found.values_list("topic")]


async def test_a_corrected_number_is_noted_and_before_anybody_was_told_it_tells_nobody(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    number, _ = await sent(client, staff, 1)

    answer = await change(client, staff, number, courier="한진택배", tracking_no="4123-4567-8901")

    assert answer.status_code == 200, answer.text
    assert (answer.json()["courier_name"], answer.json()["tracking_no"]) == ("한진택배", "412345678901")
    shipment = await Shipment.get()
    assert (shipment.courier, shipment.state.value) == ("HANJIN", "READY")
    rows = await ShipmentEvent.all().order_by("id")
    assert [(hop.from_state, hop.to_state, hop.tracking_no) for hop in rows] == [
        ("", "READY", "612345678901"),
        ("READY", "READY", "412345678901"),
    ]
    assert (await audited("shipment.changed"))[0]["before"] == {"courier": "CJ", "tracking_no": "612345678901"}
    assert await topics() == []


async def test_a_number_that_changes_after_the_message_is_told_once_more(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    number, _ = await sent(client, staff, 1)
    with later(minutes=29):
        assert await run_job("tell-shipments") == 0
    with later(minutes=31):
        assert await run_job("tell-shipments") == 1
        assert await run_job("tell-shipments") == 0
    assert await topics() == ["order.shipped"]

    assert (await change(client, staff, number, courier="CJ", tracking_no=OTHER)).status_code == 200
    same = await change(client, staff, number, courier="CJ", tracking_no=OTHER)

    assert same.status_code == 200
    assert await topics() == ["order.shipped", "shipment.corrected"]
    with later(minutes=90):
        assert await run_job("tell-shipments") == 0


async def test_a_shipment_taken_back_in_time_tells_nobody_and_frees_its_units_and_number(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    number, (first, second) = await sent(client, staff, 2, 1)

    answer = await change(client, staff, number, state="CANCELLED", reason="다른 상품을 포장함")

    assert (answer.json()["state"], answer.json()["allowed_actions"]) == ("CANCELLED", [])
    for line_no in (first, second):
        assert await counters(line_no) == (0, 0, "PREPARING", "NONE")
        assert (await line_of(line_no)).shipped_at is None
    with later(minutes=31):
        assert await run_job("tell-shipments") == 0
    assert await topics() == []
    assert codes(await send(client, staff, row(first), row(second))) == ["done", "done"]
    assert await states() == ["CANCELLED", "READY"]
    await adds_up()


async def test_what_was_scanned_is_not_taken_back(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (line_no,) = await sent(client, staff, 1)
    await change(client, staff, number, state="IN_TRANSIT", reason="택배사 확인")
    refused = await change(client, staff, number, state="CANCELLED", reason="취소")
    assert (refused.status_code, refused.json()["code"]) == (409, "SHIPMENT_CANNOT_MOVE")
    assert await counters(line_no) == (1, 0, "SHIPPING", "SHIPPING")
    assert await topics() == ["order.shipped"]


async def test_one_of_three_parcels_is_lost_and_its_units_are_sent_again(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (line_no,) = await paid_order(3)
    parcels = [row(line_no, f"61234567890{each}", units=1) for each in range(3)]
    one, two, three = numbers(await send(client, staff, *parcels))
    for number in (one, two):
        await change(client, staff, number, state="DELIVERED", reason="고객 확인")
    assert await counters(line_no) == (3, 2, "SHIPPING", "SHIPPING")
    assert (await line_of(line_no)).delivered_at is None

    await change(client, staff, three, state="LOST", reason="택배사 분실 확인")

    assert await counters(line_no) == (2, 2, "SHIPPING", "SHIPPING")
    assert codes(await send(client, staff, row(line_no, "612345678909"))) == ["done"]
    last = await Shipment.all().order_by("-id").first()
    assert last is not None
    await change(client, staff, last.number, state="DELIVERED", reason="고객 확인")
    assert await counters(line_no) == (3, 3, "DELIVERED", "DELIVERED")
    assert (await line_of(line_no)).delivered_at == (await Shipment.get(id=last.id)).delivered_at
    found = await change(client, staff, three, state="DELIVERED", reason="찾음")
    assert (found.status_code, found.json()["code"]) == (409, "UNITS_TAKEN")
    await adds_up()


async def test_delivered_is_lowered_by_staff_with_a_reason(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (line_no,) = await sent(client, staff, 2)
    await change(client, staff, number, state="DELIVERED", reason="고객 확인")
    assert await counters(line_no) == (2, 2, "DELIVERED", "DELIVERED")

    missing = await change(client, staff, number, state="IN_TRANSIT")
    assert (missing.status_code, missing.json()["code"]) == (422, "VALIDATION_ERROR")
    lowered = await change(client, staff, number, state="IN_TRANSIT", reason="받지 못했다고 함")

    assert (lowered.json()["delivered_at"], lowered.json()["delivered_by"]) == (None, None)
    assert await counters(line_no) == (2, 0, "SHIPPING", "SHIPPING")
    assert (await line_of(line_no)).delivered_at is None
    await adds_up()


async def test_a_confirmed_purchase_is_not_taken_back(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (line_no,) = await sent(client, staff, 1)
    await change(client, staff, number, state="DELIVERED", reason="고객 확인")
    await OrderLine.filter(line_no=line_no).update(confirmed_at=clock.now(), status="CONFIRMED")
    for state in ("IN_TRANSIT", "LOST"):
        refused = await change(client, staff, number, state=state, reason="분실")
        assert (refused.status_code, refused.json()["code"]) == (409, "WRONG_STATE")
    assert await states() == ["DELIVERED"]


async def test_a_return_of_units_that_never_arrived_becomes_a_cancel(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    number, (line_no,) = await sent(client, staff, 3)
    await OrderLine.filter(line_no=line_no).update(in_return=2)
    await change(client, staff, number, state="RETURNED_TO_SENDER", reason="수취 거절")
    line = await line_of(line_no)
    assert (line.shipped, line.in_return, line.in_cancel) == (0, 0, 2)


async def test_a_wrong_number_waits_for_the_right_one(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (line_no,) = await sent(client, staff, 1)
    await change(client, staff, number, state="WRONG_NUMBER", reason="오류 송장")
    assert await counters(line_no) == (1, 0, "SHIPPING", "READY")
    with later(minutes=31):
        assert await run_job("tell-shipments") == 0
    answer = await change(client, staff, number, courier="CJ", tracking_no=OTHER)
    assert answer.json()["state"] == "READY"
    with later(minutes=62):
        assert await run_job("tell-shipments") == 1


async def test_a_number_that_is_in_use_is_no_correction(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, _ = await sent(client, staff, 1)
    (mine,) = await paid_order(1, phone="01099998888")
    await send(client, staff, row(mine, OTHER))
    refused = await change(client, staff, number, courier="CJ", tracking_no=OTHER)
    assert (refused.status_code, refused.json()["code"]) == (409, "TRACKING_NO_USED")
    for tracking_no, code in (("", "TRACKING_NO_MISSING"), ("12", "TRACKING_NO_INVALID")):
        bad = await change(client, staff, number, courier="CJ", tracking_no=tracking_no)
        assert (bad.status_code, bad.json()["code"]) == (422, code)
    bad = await change(client, staff, number, courier="없는택배", tracking_no=OTHER)
    assert bad.json()["code"] == "COURIER_UNKNOWN"
    assert (await Shipment.get(number=number)).tracking_no == "612345678901"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"courier": "CJ"},
        {"state": "READY", "reason": "x"},
        {"state": "LOST"},
        {"state": "LOST", "reason": "x", "courier": "CJ", "tracking_no": OTHER},
    ],
)
async def test_a_change_is_one_thing(client: httpx.AsyncClient, staff: dict[str, str], body: dict[str, str]) -> None:
    number, _ = await sent(client, staff, 1)
    assert (await change(client, staff, number, **body)).status_code == 422


async def test_what_is_allowed_is_what_is_done_in_every_state(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    for state in ShipmentState:
        for to in ShipmentState:
            if to == ShipmentState.READY:
                continue
            number, (line_no,) = await sent(client, staff, 1)
            await put_into(client, staff, number, state)
            found = await Shipment.get(number=number)
            page = await client.get("/api/v1/admin/shipments", params={"number": number}, headers=staff)
            allowed = page.json()["items"][0]["allowed_actions"]
            answer = await change(client, staff, number, state=to.value, reason="시험")
            assert (answer.status_code == 200) == (to.value in allowed) == (to in FLOW[state]), (state, to)
            assert found.state == state
            await Shipment.filter(number=number).update(tracking_no=f"X{found.id}")
            await adds_up()
            await OrderLine.filter(line_no=line_no).update(in_cancel=0)


async def put_into(client: httpx.AsyncClient, staff: dict[str, str], number: str, state: ShipmentState) -> None:
    if state != ShipmentState.READY:
        assert (await change(client, staff, number, state=state.value, reason="시험")).status_code == 200


async def test_of_a_cancel_and_a_delivery_at_once_one_wins(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    number, (line_no,) = await sent(client, staff, 2)
    answers = await asyncio.gather(
        change(client, staff, number, state="CANCELLED", reason="취소"),
        change(client, staff, number, state="DELIVERED", reason="도착"),
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert await counters(line_no) in [(0, 0, "PREPARING", "NONE"), (2, 2, "DELIVERED", "DELIVERED")]
    await adds_up()


async def test_an_unknown_number_is_no_shipment(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    answer = await change(client, staff, "S20200101-ABCDEFGH", state="LOST", reason="x")
    assert (answer.status_code, answer.json()["code"]) == (404, "SHIPMENT_NOT_FOUND")
    assert (await change(client, staff, "12", state="LOST", reason="x")).status_code == 422
