"""배송현황관리: the list of shipments, one parcel with its history, and both after the order was archived."""

from typing import Any

import httpx
import pytest

from src.app.fulfilment.models import Shipment, ShipmentArchive
from src.app.fulfilment.services import personal_data
from src.app.order.models import Order
from src.common import clock
from tests.app.fulfilment.support import API, change, line_of, numbers, paid_order, row, send
from tests.app.staff.people import headers_with
from tests.factories.archive import archive

pytestmark = pytest.mark.usefixtures("empty")


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


async def listed(client: httpx.AsyncClient, staff: dict[str, str], **asked: Any) -> list[str]:
    """The numbers of the shipments that are found."""
    answer = await client.get(API, params=asked, headers=staff)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["total"] >= len(body["items"])
    return [item["number"] for item in body["items"]]


async def test_it_is_found_by_everything_that_staff_know(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(1, 2)
    (third,) = await paid_order(1, phone="01099998888")
    one, two = numbers(await send(client, staff, row(first), row(second, "412345678901", courier="한진")))
    (three,) = numbers(await send(client, staff, {"line_no": third, "method": "DIRECT"}))
    await change(client, staff, one, state="IN_TRANSIT", reason="확인")
    today = clock.now().astimezone(clock.KST).date().isoformat()
    asked: list[tuple[dict[str, Any], list[str]]] = [
        ({}, [three, two, one]),
        ({"state": ["READY", "LOST"]}, [three, two]),
        ({"courier": "CJ"}, [one]),
        ({"method": ["DIRECT"]}, [three]),
        ({"number": two}, [two]),
        ({"tracking_no": "4123-4567-8901"}, [two]),
        ({"order_no": first[:-3]}, [two, one]),
        ({"line_no": second}, [two]),
        ({"line_no": "20200101-ABCDEFGH-01"}, []),
        ({"order_no": "20200101-ABCDEFGH"}, []),
        ({"from": today, "to": today}, [three, two, one]),
        ({"to": "2026-01-01"}, []),
        ({"page": 2, "size": 2}, [one]),
    ]
    for params, wanted in asked:
        assert await listed(client, staff, **params) == wanted, params


async def test_a_cursor_goes_on_where_the_page_ended(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    lines = await paid_order(1, 1, 1)
    found = numbers(await send(client, staff, *(row(line, f"61234567890{n}") for n, line in enumerate(lines))))
    page = (await client.get(API, params={"size": 2}, headers=staff)).json()
    assert [item["number"] for item in page["items"]] == [found[2], found[1]]
    rest = (await client.get(API, params={"size": 2, "cursor": page["next_cursor"]}, headers=staff)).json()
    assert ([item["number"] for item in rest["items"]], rest["total"]) == ([found[0]], 3)
    assert "next_cursor" not in rest


async def test_a_row_has_what_the_screen_shows_and_no_name(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(2)
    await send(client, staff, row(line_no, units=1))
    (item,) = (await client.get(API, headers=staff)).json()["items"]
    assert {name: item[name] for name in ("order_no", "order_status", "recipient", "courier_name", "state")} == {
        "order_no": line_no[:-3],
        "order_status": "SHIPPING",
        "recipient": "김*지",
        "courier_name": "CJ대한통운",
        "state": "READY",
    }
    assert item["tracking_url"].endswith("612345678901")
    (line,) = item["lines"]
    assert (line["line_no"], line["units"], line["delivery_attribute"], line["claim_status"]) == (
        line_no,
        1,
        "NORMAL",
        "NONE",
    )


async def test_the_history_tells_who_moved_it_and_why(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1)
    (number,) = numbers(await send(client, staff, row(line_no)))
    await change(client, staff, number, state="LOST", reason="택배사 분실 확인")
    answer = await client.get(f"{API}/{number}/tracking", headers=staff)
    assert answer.status_code == 200, answer.text
    hops = answer.json()["history"]
    assert [(hop["was"], hop["to"], hop["reason"]) for hop in hops] == [
        (None, "READY", "발송처리"),
        ("READY", "LOST", "택배사 분실 확인"),
    ]
    assert all(hop["by"].startswith("staff:") for hop in hops)
    assert answer.json()["scans"] == []


async def test_an_open_shipment_keeps_its_order_live_and_an_ended_one_moves_with_it(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (line_no,) = await paid_order(1)
    (number,) = numbers(await send(client, staff, row(line_no)))
    order_id = (await line_of(line_no)).order_id
    await Order.filter(id=order_id).update(status="DELIVERED")
    assert await archive() == 0
    await change(client, staff, number, state="DELIVERED", reason="고객 확인")
    assert await archive() == 1

    assert (await Shipment.all().count(), await ShipmentArchive.all().count()) == (0, 1)
    for asked in ({"number": number}, {"line_no": line_no}, {"order_no": line_no[:-3]}, {}):
        assert await listed(client, staff, **asked) == [number]
    assert (await client.get(f"{API}/{number}/tracking", headers=staff)).json()["shipment"]["state"] == "DELIVERED"
    assert (await change(client, staff, number, state="LOST", reason="분실")).status_code == 200
    assert (await Shipment.get(number=number)).state.value == "LOST"
    assert await ShipmentArchive.all().count() == 0


async def test_a_member_gets_a_copy_of_what_was_sent(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1, member_id=7)
    (number,) = numbers(await send(client, staff, row(line_no)))
    (found,) = (await personal_data.export(7))["shipments"]
    assert (found["number"], found["order_no"], found["tracking_no"]) == (number, line_no[:-3], "612345678901")
    assert (await personal_data.export(8)) == {"shipments": []}


async def test_reading_needs_its_permission(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    assert (await client.get(API, headers=headers)).status_code == 403
    assert (await client.get(f"{API}/S20261120-7Q6X9ZPM/tracking", headers=headers)).status_code == 403
