"""A shopper follows the parcels of an order, and says that one did not arrive."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.fulfilment.models import Shipment
from src.app.fulfilment.services.scans.recording import record
from src.app.order.models import Order, OrderLine
from src.app.order.services import guest_tokens
from src.app.shipping.services.couriers.book import Parcel
from src.app.shipping.services.tracking.base import Scan, ScanStatus
from src.common import clock
from src.common.models import OutboxEvent
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import NUMBER, adds_up, change, counters, line_of, numbers, paid_order, row, send
from tests.app.staff.people import headers_with
from tests.factories.orders import later
from tests.factories.people import bearer, make_member

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/orders"


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await headers_with(client, "order:write", "order:read")


async def token_of(line_no: str) -> dict[str, str]:
    order = await Order.get(order_no=line_no[:-3])
    return {"X-Guest-Token": guest_tokens.issue(order, since=order.created_at)}


async def track(client: httpx.AsyncClient, line_no: str, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = await client.get(f"{API}/{line_no[:-3]}/tracking", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.json()["order_no"] == line_no[:-3]
    shipments: list[dict[str, Any]] = answer.json()["shipments"]
    return shipments


async def report(client: httpx.AsyncClient, line_no: str, headers: dict[str, str], **body: Any) -> httpx.Response:
    return await client.post(f"{API}/{line_no[:-3]}/lines/{line_no}/not-received", json=body, headers=headers)


async def test_a_guest_sees_every_parcel_with_its_scans(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    first, second = await paid_order(1, 2)
    guest = await token_of(first)
    assert await track(client, first, guest) == []
    body = await send(client, staff, row(first), {"line_no": second, "method": "DIRECT"})
    taken_back = numbers(body)[1]
    soon = clock.now() + timedelta(minutes=5)
    await record(Parcel("CJ", NUMBER), [Scan(at=soon, status=ScanStatus.IN_TRANSIT, place="대전HUB", text="간선상차")])
    await change(client, staff, taken_back, state="CANCELLED", reason="취소")

    (parcel,) = await track(client, first, guest)

    assert (parcel["courier_name"], parcel["tracking_no"], parcel["state"]) == ("CJ대한통운", NUMBER, "IN_TRANSIT")
    assert parcel["tracking_url"].endswith(NUMBER)
    assert [(line["line_no"], line["units"]) for line in parcel["lines"]] == [(first, 1)]
    assert [(scan["place"], scan["text"]) for scan in parcel["scans"]] == [("대전HUB", "간선상차")]
    assert (parcel["is_assumed"], parcel["is_contested"]) == (False, False)


async def test_nobody_else_sees_it(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    member, other = await make_member(), await make_member()
    (mine,) = await paid_order(1, member_id=member.id)
    (guests,) = await paid_order(1)
    await send(client, staff, row(mine), row(guests, "612345678912"))
    assert len(await track(client, mine, await bearer(client, member))) == 1
    strangers = [
        (mine, await bearer(client, other)),
        (mine, {}),
        (mine, await token_of(guests)),
        (guests, await bearer(client, member)),
        (guests, {}),
    ]
    for line_no, headers in strangers:
        answers = [
            await client.get(f"{API}/{line_no[:-3]}/tracking", headers=headers),
            await report(client, line_no, headers),
        ]
        assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "ORDER_NOT_FOUND")}


async def test_what_was_taken_for_granted_is_contested_and_never_taken_so_again(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (line_no,) = await paid_order(2)
    guest = await token_of(line_no)
    await send(client, staff, row(line_no))
    with later(days=15):
        assert await run_job("assume-delivered") == 1
    assert (await track(client, line_no, guest))[0]["is_assumed"] is True

    answer = await report(client, line_no, guest, note="경비실에도 없습니다.")

    assert answer.status_code == 200, answer.text
    (parcel,) = answer.json()["shipments"]
    assert (parcel["state"], parcel["is_assumed"], parcel["is_contested"]) == ("IN_TRANSIT", False, True)
    assert await counters(line_no) == (2, 0, "SHIPPING", "SHIPPING")
    assert (await line_of(line_no)).delivered_at is None
    assert (await report(client, line_no, guest)).status_code == 200
    assert await OutboxEvent.filter(topic="shipment.contested").count() == 1
    with later(days=60):
        assert await run_job("assume-delivered") == 0
    listed = await client.get("/api/v1/admin/shipments", params={"contested": True}, headers=staff)
    assert [item["number"] for item in listed.json()["items"]] == [parcel["number"]]
    await adds_up()


async def test_what_a_courier_saw_arrive_stays_so_and_the_purchase_waits(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    (line_no,) = await paid_order(1)
    guest = await token_of(line_no)
    (number,) = numbers(await send(client, staff, row(line_no)))
    at = clock.now() + timedelta(minutes=5)
    await record(Parcel("CJ", NUMBER), [Scan(at=at, status=ScanStatus.DELIVERED, text="배달완료")])

    (parcel,) = (await report(client, line_no, guest)).json()["shipments"]

    assert (parcel["state"], parcel["is_contested"]) == ("DELIVERED", True)
    assert await counters(line_no) == (1, 1, "DELIVERED", "DELIVERED")
    held = (await line_of(line_no)).hold_confirmation_until
    assert held is not None
    assert timedelta(days=6, hours=23) < held - clock.now() <= timedelta(days=7)
    with later(days=90):
        assert await run_job("confirm-purchases") == 0, "nobody decided yet"
    await change(client, staff, number, state="LOST", reason="택배사 분실 인정")
    assert (await Shipment.get()).contested_at is None
    assert await counters(line_no) == (0, 0, "PREPARING", "NONE")


async def test_what_is_not_called_delivered_is_not_contested(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    (line_no,) = await paid_order(1)
    guest = await token_of(line_no)
    for _ in range(2):
        refused = await report(client, line_no, guest)
        assert (refused.status_code, refused.json()["code"]) == (409, "WRONG_STATE")
        assert refused.json()["status"] == 409
        await send(client, staff, row(line_no))
    (number,) = [shipment.number for shipment in await Shipment.all()]
    await change(client, staff, number, state="DELIVERED", reason="확인")
    await OrderLine.filter(line_no=line_no).update(confirmed_at=clock.now(), status="CONFIRMED")
    assert (await report(client, line_no, guest)).json()["code"] == "WRONG_STATE"
    unknown = await client.post(f"{API}/{line_no[:-3]}/lines/{line_no[:-2]}77/not-received", headers=guest)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "LINE_NOT_FOUND")
