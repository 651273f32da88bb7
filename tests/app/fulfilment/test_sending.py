"""발송처리: any units of any lines, in any parcels, each row with its own result."""

import asyncio
from typing import Any

import httpx
import pytest
from tortoise.queryset import QuerySet

from src.app.fulfilment.dtos.admin.shipments import ShipmentRow
from src.app.fulfilment.models import Shipment, ShipmentEvent, ShipmentLine
from src.app.fulfilment.services.shipments import sending
from src.app.order.models import Order, OrderEvent, OrderLine
from src.common.models import OutboxEvent
from src.common.records.audit import Actor
from tests.app.fulfilment.support import (
    API,
    NUMBER,
    adds_up,
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

pytestmark = pytest.mark.usefixtures("empty")

OTHER = "612345678912"


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


async def units_of(rows: QuerySet[Any]) -> list[int]:
    return [units for (units,) in await rows.order_by("id").values_list("units")]


async def test_lines_of_one_order_with_one_number_are_one_parcel(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    first, second = await paid_order(2, 1)

    body = await send(client, staff, row(first, "6123-4567-8901"), row(second))

    assert (body["done"], body["refused"], codes(body)) == (2, 0, ["done", "done"])
    shipment = await Shipment.get()
    assert numbers(body) == [shipment.number] * 2
    assert (shipment.courier, shipment.tracking_no, shipment.state.value) == ("CJ", NUMBER, "READY")
    assert await units_of(ShipmentLine.filter(shipment_id=shipment.id)) == [2, 1]
    for line_no, quantity in ((first, 2), (second, 1)):
        assert await counters(line_no) == (quantity, 0, "SHIPPING", "READY")
        line = await line_of(line_no)
        assert (line.procurement_status.value, line.acknowledged_at is None, line.shipped_at is None) == (
            "CONFIRMED",
            False,
            False,
        )
    order = await Order.get()
    assert order.status.value == "SHIPPING"
    assert await units_of(OrderEvent.filter(order_id=order.id, counter="shipped")) == [2, 1]
    assert await OutboxEvent.filter(topic="shipment.moved").count() == 1
    assert await OutboxEvent.filter(topic="order.shipped").count() == 0
    (entry,) = await audited("shipment.sent")
    assert (entry["target_id"], entry["after"]["lines"]) == (shipment.number, {first: 2, second: 1})
    await adds_up()


async def test_a_line_goes_in_three_parcels_and_the_rest_later(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (line_no,) = await paid_order(5)

    body = await send(
        client,
        staff,
        row(line_no, "612345678901", units=1),
        row(line_no, "612345678902", units=2),
        row(line_no, "412345678901", units=1, courier="한진택배"),
    )
    assert codes(body) == ["done"] * 3
    assert len(set(numbers(body))) == 3
    assert await counters(line_no) == (4, 0, "SHIPPING", "READY")
    assert codes(await send(client, staff, row(line_no, "612345678902"))) == ["done"]

    assert await counters(line_no) == (5, 0, "SHIPPING", "READY")
    assert len(await states()) == 3, "the rest joins the open parcel that has the number"
    assert sorted(await units_of(ShipmentLine.all())) == [1, 1, 3]
    assert codes(await send(client, staff, row(line_no, OTHER))) == ["WRONG_STATE"]
    await adds_up()


async def test_each_row_has_its_own_result_and_a_refused_one_keeps_no_other(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    good, second, third = await paid_order(2, 1, 1)
    (twice,) = await paid_order(2)
    unknown = "20200101-ABCDEFGH-01"

    body = await send(
        client,
        staff,
        row(unknown, "612345678911"),
        row(twice, "612345678912"),
        row(good, units=3),
        row(second, ""),
        row(third, "12345"),
        row(second, OTHER, courier="없는택배") | {"line_no": good, "units": 1, "tracking_no": OTHER},
        row(twice, "612345678913"),
    )

    assert codes(body) == [
        "LINE_NOT_FOUND",
        "LINE_TWICE",
        "UNITS_TAKEN",
        "TRACKING_NO_MISSING",
        "TRACKING_NO_INVALID",
        "COURIER_UNKNOWN",
        "LINE_TWICE",
    ]
    assert await states() == []
    assert codes(await send(client, staff, row(good, units=2), row(second, "1"))) == ["done", "TRACKING_NO_INVALID"]
    assert await counters(good) == (2, 0, "SHIPPING", "READY")
    assert await counters(second) == (0, 0, "PAID", "NONE")
    await adds_up()


@pytest.mark.parametrize("units", [(1, 1), (1, None)])
async def test_a_line_in_two_rows_is_twice_unless_each_row_names_units_and_another_number(
    client: httpx.AsyncClient, staff: dict[str, str], units: tuple[int | None, ...]
) -> None:
    (line_no,) = await paid_order(3)
    rows = [row(line_no, NUMBER if each else OTHER, units=each) for each in units]
    assert codes(await send(client, staff, *rows)) == ["LINE_TWICE"] * 2
    assert await counters(line_no) == (0, 0, "PAID", "NONE")


async def test_what_needs_no_courier_is_sent_without_one(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(1, 1)
    body = await send(client, staff, {"line_no": first, "method": "DIRECT"}, {"line_no": second, "method": "VISIT"})
    assert codes(body) == ["done", "done"]
    assert [shipment.method.value for shipment in await Shipment.all().order_by("id")] == ["DIRECT", "VISIT"]
    refused = await client.post(API, json={"rows": [row(first, method="QUICK")]}, headers=staff)
    assert (refused.status_code, refused.json()["code"]) == (422, "VALIDATION_ERROR")


async def test_a_number_of_somebody_else_is_refused_and_one_of_the_same_person_shared(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (mine,) = await paid_order(1)
    (theirs,) = await paid_order(1, phone="01099998888")
    (again,) = await paid_order(1)
    (moved,) = await paid_order(1, address="부산 해운대구 우동 1")
    assert codes(await send(client, staff, row(mine))) == ["done"]

    body = await send(client, staff, row(theirs), row(again), row(moved))

    assert codes(body) == ["TRACKING_NO_USED", "done", "TRACKING_NO_USED"]
    assert codes(await send(client, staff, row(theirs, courier="한진"))) == ["done"], "another courier's number"
    assert await counters(moved) == (0, 0, "PAID", "NONE")
    await adds_up()


async def test_a_member_may_get_orders_to_two_addresses_in_one_parcel(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (one,) = await paid_order(1, member_id=7)
    (other,) = await paid_order(1, member_id=7, address="부산 해운대구 우동 1", recipient_phone="01055556666")
    assert codes(await send(client, staff, row(one), row(other))) == ["done", "done"]


async def test_of_staff_who_send_one_line_at_once_one_wins(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    for place in range(3):
        (line_no,) = await paid_order(2)
        rows = [row(line_no, f"61234567{place}{each:03}") for each in range(4)]
        bodies = await asyncio.gather(*(send(client, staff, each) for each in rows))
        assert sorted(codes(body)[0] for body in bodies) == ["WRONG_STATE"] * 3 + ["done"]
        assert await counters(line_no) == (2, 0, "SHIPPING", "READY")
    assert len(await states()) == 3
    await adds_up()


async def test_of_two_orders_that_want_one_number_at_once_one_gets_it(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    for place in range(3):
        orders = [await paid_order(1, phone=f"0101111222{each}") for each in range(4)]
        sends = (send(client, staff, row(line_no, f"61234567890{place}")) for (line_no,) in orders)
        found = sorted(codes(body)[0] for body in await asyncio.gather(*sends))
        assert found == ["TRACKING_NO_USED"] * 3 + ["done"]
    await adds_up()


async def test_one_at_a_time_parts_of_a_line_never_exceed_it(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(3)
    sends = (send(client, staff, row(line_no, f"6123456789{each:02}", units=2)) for each in range(3))
    found = sorted(codes(body)[0] for body in await asyncio.gather(*sends))
    assert found == ["UNITS_TAKEN", "UNITS_TAKEN", "done"]
    assert (await line_of(line_no)).shipped == 2
    await adds_up()


async def test_units_of_an_open_cancel_are_not_sent(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(3)
    await OrderLine.filter(line_no=line_no).update(in_cancel=2)
    assert codes(await send(client, staff, row(line_no, units=2))) == ["UNITS_TAKEN"]
    assert codes(await send(client, staff, row(line_no))) == ["done"]
    assert (await line_of(line_no)).shipped == 1


async def test_an_unpaid_order_is_not_sent(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1, status="PENDING", paid_at=None)
    assert codes(await send(client, staff, row(line_no))) == ["ORDER_CANNOT_MOVE"]


async def test_a_shipment_and_its_event_are_there_together_or_not_at_all(client: httpx.AsyncClient) -> None:
    """Whoever sends it breaks off at the last statement of the transaction: the audit row has no address."""
    (line_no,) = await paid_order(1)
    broken: Any = None
    with pytest.raises(TypeError):
        await sending.send([ShipmentRow.model_validate(row(line_no))], by=Actor("staff:1", address=broken))
    assert (await Shipment.all().count(), await ShipmentEvent.all().count()) == (0, 0)
    assert await OutboxEvent.filter(topic="shipment.moved").count() == 0
    assert await counters(line_no) == (0, 0, "PAID", "NONE")


async def test_reading_is_not_enough(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    (line_no,) = await paid_order(1)
    answer = await client.post(API, json={"rows": [row(line_no)]}, headers=headers)
    assert answer.status_code == 403
    assert await states() == []
