"""The buyer hears of a parcel with its number and link, once, and once more if that was wrong."""

from collections.abc import Sequence
from typing import Any

import httpx
import pytest

from src.app.notification.models import Message
from src.app.order.models import Order
from src.worker.jobs.run import run_job
from tests.app.fulfilment.support import change, numbers, paid_order, row, send
from tests.app.staff.people import headers_with
from tests.factories.orders import later
from tests.worker.messages.support import again, an_address, deliver, inbox, planted, texts_of

pytestmark = pytest.mark.usefixtures("empty")

OTHER = "612345678912"
LINK = "https://trace.cjlogistics.com/next/tracking.html?wblNo="


async def on_its_way(client: httpx.AsyncClient, *quantities: int, **order: Any) -> tuple[dict[str, str], str, str]:
    """A parcel of an order of which the buyer was told: headers of staff, its number, the buyer's address."""
    staff, address = await headers_with(client, "order:write"), an_address()
    lines: Sequence[str] = await paid_order(*quantities, orderer_email=address, **order)
    number = numbers(await send(client, staff, row(lines[0])))[0]
    with later(minutes=31):
        assert await run_job("tell-shipments") == 1
        await deliver()
    return staff, number, address


async def test_the_buyer_hears_of_the_parcel_with_its_number_and_link_once(client: httpx.AsyncClient) -> None:
    _, _, address = await on_its_way(client, 1, 2)

    with later(minutes=32):
        await run_job("tell-shipments")
        await again()
        await deliver()

    (mail,) = await inbox(client, address)
    assert mail["subject"] == "[믹골프] 상품이 출발했습니다"
    for said in ("택배사: CJ대한통운", "송장번호: 612345678901", f"배송 조회: {LINK}612345678901"):
        assert said in mail["body"]
    assert "외 1건" not in mail["body"], "only what is in the parcel is named"
    assert "CJ대한통운 612345678901\n" in (await texts_of("order_shipped"))["phone"]


async def test_a_number_that_was_wrong_is_corrected_once(client: httpx.AsyncClient) -> None:
    staff, number, address = await on_its_way(client, 1)

    assert (await change(client, staff, number, courier="CJ", tracking_no=OTHER)).status_code == 200
    for _ in range(2):
        with later(minutes=40):
            await deliver()
            await again()

    told = [mail for mail in await inbox(client, address) if "변경" in mail["subject"]]
    assert [mail["subject"] for mail in told] == ["[믹골프] 배송 정보가 변경되었습니다"]
    assert f"송장번호: {OTHER}" in told[0]["body"]
    assert "취소" not in told[0]["body"]


async def test_a_parcel_that_was_taken_back_says_so_in_english(client: httpx.AsyncClient) -> None:
    staff, number, address = await on_its_way(client, 1, language="en")

    assert (await change(client, staff, number, state="CANCELLED", reason="다른 상품을 포장함")).status_code == 200
    with later(minutes=40):
        await deliver()

    shipped, corrected = await inbox(client, address)
    assert ("Courier: CJ Logistics" in shipped["body"], "Tracking number: 612345678901" in shipped["body"]) == (
        True,
        True,
    )
    assert corrected["subject"] == "[Micgolf] Your parcel has changed"
    assert "The parcel was taken back." in corrected["body"]
    assert "612345678901" not in corrected["body"]


async def test_what_is_carried_without_a_courier_names_none(client: httpx.AsyncClient) -> None:
    staff, address = await headers_with(client, "order:write"), an_address()
    (line_no,) = await paid_order(1, orderer_email=address)
    body = await send(client, staff, {"line_no": line_no, "method": "DIRECT"})
    assert body["done"] == 1
    order = await Order.get(order_no=line_no[:-3])
    with later(minutes=31):
        if not await run_job("tell-shipments"):
            await change(client, staff, numbers(body)[0], state="IN_TRANSIT", reason="출발")
        await deliver()

    (mail,) = await inbox(client, address)
    assert f"주문번호: {order.order_no}" in mail["body"]
    assert ("택배사" in mail["body"], "배송 조회" in mail["body"]) == (False, False)


async def test_a_shipment_that_is_gone_tells_nobody(client: httpx.AsyncClient) -> None:
    (line_no,) = await paid_order(1)
    order = await Order.get(order_no=line_no[:-3])
    for topic in ("order.shipped", "shipment.corrected"):
        await planted(topic, order_id=order.id, shipment_id=999)

    assert await deliver() == 0
    assert await Message.all().count() == 0
