"""Staff hear of what they asked for in their own settings, once, and of nothing that their role may not see."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from src.app.fulfilment.dtos.events import ShipmentContested
from src.app.fulfilment.models import Shipment
from src.app.notification.models import Message
from src.app.notification.services.delivery import log
from src.app.order.models import Order, OrderLine, OrderStatus
from src.app.payment.models import Discrepancy, DiscrepancyKind, Payment, PayMethod
from src.app.payment.services.attempts import open_payment
from src.app.payment.services.mirroring import put_on_list
from src.common import clock
from src.core.database import unit_of_work
from src.worker.messages.staff import DISCREPANCIES, tell_ship_by
from tests.app.fulfilment.support import change, numbers, paid_order, row, send
from tests.app.staff.people import headers_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, make_order, place, way_of
from tests.worker.messages.support import again, deliver, happens

pytestmark = pytest.mark.usefixtures("empty")

MINE = "/api/v1/admin/me/notifications"
ON = {"mail": True, "sms": True}
PLACES = {"email": "desk@micgolf.example", "phone": "010-1234-5678"}


async def someone(client: httpx.AsyncClient, *permissions: str, **wanted: Any) -> dict[str, str]:
    headers = await headers_with(client, *permissions)
    answer = await client.put(MINE, json={**PLACES, **wanted}, headers=headers)
    assert answer.status_code == 200, answer.text
    return headers


async def told(template: str) -> list[str]:
    """The texts of a template by mail, oldest first."""
    rows = await Message.filter(template=template, way="mail").order_by("id")
    return [content.text for each in rows if (content := log.opened(each)) is not None]


@pytest.mark.parametrize("wanted", ["order_paid", "ship_by", "parcel_trouble", "discrepancy"])
async def test_a_way_that_is_on_needs_its_address(client: httpx.AsyncClient, wanted: str) -> None:
    headers = await headers_with(client, "order:read")
    for body in ({"phone": "010-1234-5678", wanted: {"mail": True}}, {"email": "a@b.example", wanted: {"sms": True}}):
        answer = await client.put(MINE, json=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    answer = await client.put(MINE, json={"email": "a@b.example", wanted: {"mail": True}}, headers=headers)
    assert answer.json()[wanted] == {"mail": True, "sms": False}


async def test_an_order_is_told_once_to_who_may_see_it(client: httpx.AsyncClient) -> None:
    await someone(client, "order:read", order_paid=ON)
    await someone(client, "product:read", order_paid=ON)
    await someone(client, "order:read", discrepancy=ON)
    placed = await place(client, ((await make_variant(stock=5)).id, 2))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    for _ in range(2):
        await deliver()
        await again()

    (text,) = await told("staff_order_paid")
    assert f"주문번호: {placed.order_no}" in text
    assert await Message.filter(template="staff_order_paid").count() == 2


async def test_a_parcel_in_trouble_is_told_once_for_each_trouble(client: httpx.AsyncClient) -> None:
    staff = await someone(client, "order:read", "order:write", parcel_trouble=ON)
    (line_no,) = await paid_order(1)
    number = numbers(await send(client, staff, row(line_no)))[0]
    for state in ("IN_TRANSIT", "ATTEMPT_FAILED", "LOST"):
        assert (await change(client, staff, number, state=state, reason="확인")).status_code == 200
    order = await Order.get(order_no=line_no[:-3])
    for _ in range(3):
        await deliver()
        await again()

    one, two = await told("staff_parcel_trouble")
    assert ("상태: 배달 실패" in one, "상태: 분실" in two, "송장번호: 612345678901" in one) == (True, True, True)
    shipment = await Shipment.get()
    for _ in range(2):
        await happens(ShipmentContested(order_id=order.id, shipment_id=shipment.id))
        await deliver()
    assert "상태: 미수령 신고" in (await told("staff_parcel_trouble"))[2]
    assert len(await told("staff_parcel_trouble")) == 3


async def test_money_that_needs_a_person_is_told_once(client: httpx.AsyncClient) -> None:
    await someone(client, "payment:read", discrepancy=ON)
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    payment = await unit_of_work(lambda: open_payment(order.id, way_of(PayMethod.CARD), total=order.total))
    for about, reference in ((payment, "one"), (None, "two")):

        async def put(about: Payment | None = about, reference: str = reference) -> None:
            await put_on_list(about, DiscrepancyKind.REFUND_FAILED, reference=reference, amount=12_000, detail="")

        await unit_of_work(put)
    for _ in range(2):
        await deliver()
        await again()

    one, two = sorted(await told("staff_discrepancy"), key=len, reverse=True)
    assert (f"주문번호: {order.order_no}" in one, "주문번호" in two) == (True, False)
    assert ("내용: 환불 실패" in one, "금액: 12,000원" in one) == (True, True)
    assert await Discrepancy.all().count() == 2


def test_every_discrepancy_has_a_word() -> None:
    assert {kind.value for kind in DiscrepancyKind} <= DISCREPANCIES.keys()


async def a_line(ship_by: date | None, status: OrderStatus = OrderStatus.PAID) -> None:
    order = await make_order(await make_variant(), status=status)
    await OrderLine.filter(order_id=order.id).update(ship_by=ship_by)


# A Wednesday.
MORNING = datetime(2026, 12, 2, 9, 0, tzinfo=clock.KST)


async def ship_by_at(moment: datetime) -> int:
    with clock.as_of(moment.astimezone(UTC)):
        return await tell_ship_by()


async def test_what_is_to_be_sent_is_told_every_morning_of_a_business_day(client: httpx.AsyncClient) -> None:
    await someone(client, "order:read", ship_by={"mail": True})
    today = MORNING.date()
    await a_line(today)
    await a_line(today.replace(day=1), OrderStatus.PREPARING)
    await a_line(today.replace(day=3))
    await a_line(None)
    await a_line(today.replace(day=1), OrderStatus.SHIPPING)

    moments = [MORNING.replace(hour=7), MORNING, MORNING.replace(hour=15), MORNING.replace(hour=20)]
    moments += [MORNING.replace(day=5), MORNING.replace(day=7)]

    assert [await ship_by_at(moment) for moment in moments] == [0, 1, 0, 0, 0, 1]
    first, second = await told("staff_ship_by")
    assert "오늘까지 발송해야 하는 상품주문이 1건, 발송 기한이 지난 상품주문이 1건" in first
    assert "상품주문이 0건, 발송 기한이 지난 상품주문이 3건" in second


async def test_nothing_is_told_where_nothing_is_to_be_sent(client: httpx.AsyncClient) -> None:
    await someone(client, "order:read", ship_by=ON)
    await a_line(MORNING.date().replace(day=20))

    assert await ship_by_at(MORNING) == 0
