"""Staff take lines into work, take that back, name a later day, and say how a line is to be sent."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.fulfilment.dtos.admin.procurement import Delay
from src.app.fulfilment.services import procurement
from src.app.order.models import Order, OrderEvent, OrderLine, OrderStatus
from src.common import clock
from src.common.records.audit import SYSTEM
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import make_order

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/admin/order-lines"
NOW = datetime(2026, 11, 28, 12, tzinfo=clock.KST)


async def paid_line(quantity: int = 2, status: OrderStatus = OrderStatus.PAID) -> str:
    """The number of the one line of a paid order."""
    order = await make_order(await make_variant(stock=50), quantity, status=status)
    await Order.filter(id=order.id).update(paid_at=order.created_at)
    return f"{order.order_no}-01"


async def line_of(line_no: str) -> OrderLine:
    return await OrderLine.get(line_no=line_no)


async def post(client: httpx.AsyncClient, path: str, headers: dict[str, str], *lines: str, **more: Any) -> Any:
    answer = await client.post(f"{API}/{path}", json={"line_nos": list(lines), **more}, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def codes(body: Any) -> list[str]:
    """The code of each row, "done" for one that was done."""
    return [row["code"] or row["outcome"] for row in body["results"]]


async def test_lines_are_taken_into_work_and_the_order_with_them(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    one, two = await paid_line(), await paid_line()

    body = await post(client, "confirm", headers, one, two)

    assert (body["done"], body["refused"], codes(body)) == (2, 0, ["done", "done"])
    for line_no in (one, two):
        line = await line_of(line_no)
        order = await Order.get(id=line.order_id)
        assert (line.status, line.procurement_status.value, order.status) == (
            OrderStatus.PREPARING,
            "CONFIRMED",
            line.status,
        )
        assert line.acknowledged_at is not None
    rows = await audited("order_line.confirmed")
    assert [(row["target_id"], row["after"]["procurement_status"]) for row in rows] == [
        (one, "CONFIRMED"),
        (two, "CONFIRMED"),
    ]


async def test_each_row_has_its_own_result_in_the_order_asked(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    good, twice, sent = await paid_line(), await paid_line(), await paid_line(status=OrderStatus.SHIPPING)
    unpaid = await paid_line(status=OrderStatus.PENDING)
    await Order.filter(order_no=unpaid[:-3]).update(paid_at=None)
    unknown = "20200101-ABCDEFGH-01"

    body = await post(client, "confirm", headers, unknown, twice, good, sent, twice, unpaid)

    assert codes(body) == ["LINE_NOT_FOUND", "LINE_TWICE", "done", "WRONG_STATE", "LINE_TWICE", "ORDER_CANNOT_MOVE"]
    assert (body["done"], body["refused"]) == (1, 5)
    assert {row["retryable"] for row in body["results"]} == {False}
    assert body["results"][0]["detail"] == "상품주문을 찾을 수 없습니다."
    assert (await line_of(twice)).status == OrderStatus.PAID
    assert len(await audited("order_line.confirmed")) == 1


async def test_a_second_line_of_the_order_waits_and_a_refused_one_does_not_keep_it(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    first = await paid_line()
    line = await line_of(first)
    second = f"{first[:-2]}02"
    row = {name: getattr(line, name) for name in line._meta.fields_db_projection if name != "id"}
    await OrderLine.create(**{**row, "line_no": second})

    await post(client, "confirm", headers, first)
    assert (await Order.get(id=line.order_id)).status == OrderStatus.PREPARING
    body = await post(client, "confirm", headers, first, second)

    assert codes(body) == ["WRONG_STATE", "done"]
    assert [(await line_of(number)).status for number in (first, second)] == [OrderStatus.PREPARING] * 2


async def test_it_is_taken_back_until_something_was_sent(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    line_no, sent = await paid_line(), await paid_line()
    await post(client, "confirm", headers, line_no, sent)
    await OrderLine.filter(line_no=sent).update(shipped=1)

    body = await post(client, "unconfirm", headers, line_no, sent)

    assert codes(body) == ["done", "WRONG_STATE"]
    line = await line_of(line_no)
    assert (line.status, line.procurement_status.value, line.acknowledged_at) == (OrderStatus.PAID, "NONE", None)
    assert (await Order.get(id=line.order_id)).status == OrderStatus.PAID


async def test_of_two_who_take_it_into_work_and_back_at_once_both_end_in_one_story(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    for _ in range(3):
        line_no = await paid_line()
        bodies = await asyncio.gather(*(post(client, "confirm", headers, line_no) for _ in range(4)))

        assert sorted(codes(body)[0] for body in bodies) == ["WRONG_STATE"] * 3 + ["done"]
        line = await line_of(line_no)
        hops = await OrderEvent.filter(order_id=line.order_id, line_no=line_no).values_list("to_status")
        assert [to for (to,) in hops] == ["PREPARING"]


async def delay(line_no: str, day: str, *, at: datetime = NOW) -> str:
    """Delay the line until this day, at that moment; the row's code."""
    body = Delay.model_validate(
        {"line_nos": [line_no], "reason": "PRODUCT_PREPARE", "detail": "입고 지연", "expected_ship_on": day}
    )
    with clock.as_of(at):
        (row,) = (await procurement.delay(body, by=SYSTEM)).results
    return row.code or row.outcome


async def paid_at(moment: datetime) -> str:
    line_no = await paid_line()
    await OrderLine.filter(line_no=line_no).update(paid_at=moment)
    return line_no


async def test_a_later_day_is_named_once_with_its_reason_and_may_be_lifted(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    line_no = await paid_at(NOW)

    assert await delay(line_no, "2026-12-04") == "done"
    line = await line_of(line_no)
    assert (line.status, str(line.delayed_until), line.delay_text) == (OrderStatus.PAID, "2026-12-04", "입고 지연")
    assert await delay(line_no, "2026-12-05") == "WRONG_STATE"
    assert codes(await post(client, "lift-delay", headers, line_no)) == ["done"]
    assert codes(await post(client, "lift-delay", headers, line_no)) == ["WRONG_STATE"]
    assert await delay(line_no, "2026-12-05") == "done"
    reasons = await OrderEvent.filter(line_no=line_no).order_by("id").values_list("reason")
    assert [reason for (reason,) in reasons] == ["발송지연", "발송지연 해제", "발송지연"]


@pytest.mark.parametrize(
    ("day", "result"),
    [
        ("2026-11-27", "DUE_DATE_OUT_OF_RANGE"),
        ("2026-11-28", "done"),
        ("2027-02-26", "done"),
        ("2027-02-27", "DUE_DATE_OUT_OF_RANGE"),
    ],
)
async def test_the_day_lies_between_today_and_ninety_days_after_payment(day: str, result: str) -> None:
    assert await delay(await paid_at(NOW), day) == result


async def test_todays_day_is_koreas_at_the_end_of_a_year() -> None:
    eve = datetime(2026, 12, 31, 23, 59, tzinfo=clock.KST)
    line_no = await paid_at(eve)
    assert await delay(line_no, "2026-12-31", at=eve + timedelta(minutes=2)) == "DUE_DATE_OUT_OF_RANGE"
    assert await delay(line_no, "2026-12-31", at=eve) == "done"


async def test_a_delay_through_the_api_reaches_the_line(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    line_no = await paid_line()
    day = (clock.now().astimezone(clock.KST) + timedelta(days=7)).date()

    body = await post(client, "delay", headers, line_no, reason="ETC", expected_ship_on=day.isoformat())

    assert codes(body) == ["done"]
    assert (await line_of(line_no)).delayed_until == day


async def test_how_a_line_is_sent_is_changed_until_all_of_it_is_sent(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    line_no, sent = await paid_line(), await paid_line(status=OrderStatus.SHIPPING)

    answer = await client.patch(
        f"{API}/bulk",
        json={"line_nos": [line_no, sent], "delivery_attribute": "HOPE", "hope_on": "2026-12-05"},
        headers=headers,
    )

    assert codes(answer.json()) == ["done", "WRONG_STATE"]
    line = await line_of(line_no)
    assert (line.delivery_attribute.value, str(line.hope_on)) == ("HOPE", "2026-12-05")
    for change in ({"delivery_attribute": "HOPE"}, {"delivery_attribute": "TODAY", "hope_on": "2026-12-05"}):
        refused = await client.patch(f"{API}/bulk", json={"line_nos": [line_no], **change}, headers=headers)
        assert refused.status_code == 422


async def test_a_line_of_an_archived_order_is_found(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:write")
    line_no = await paid_line(status=OrderStatus.CONFIRMED)
    assert await archive() == 1

    assert codes(await post(client, "confirm", headers, line_no)) == ["WRONG_STATE"]


@pytest.mark.parametrize("lines", [[], ["1"], ["20261120-7Q6X9ZPM"], ["20261120-7Q6X9ZPM-01"] * 501])
async def test_lines_that_are_none_are_a_clear_error(client: httpx.AsyncClient, lines: list[str]) -> None:
    headers = await headers_with(client, "order:write")
    answer = await client.post(f"{API}/confirm", json={"line_nos": lines}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")


async def test_reading_is_not_enough(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    line_no = await paid_line()
    answer = await client.post(f"{API}/confirm", json={"line_nos": [line_no]}, headers=headers)
    assert answer.status_code == 403
    assert (await line_of(line_no)).status == OrderStatus.PAID
