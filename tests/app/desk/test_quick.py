"""The search box: lines of all times by recipient, telephone, parcel and product."""

from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderLine, OrderStatus
from src.common.models import PersonalDataAccess
from tests.app.desk.test_lines import a_line
from tests.app.staff.people import headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_product

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/admin/search"


async def found(client: httpx.AsyncClient, headers: dict[str, str], **asked: Any) -> dict[str, Any]:
    answer = await client.get(API, params=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_recipient_is_found_by_name_and_telephone_in_every_year(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    phone: dict[str, Any] = {"recipient_phone": "01055557777", "recipient_phone_end": "7777"}
    old = await a_line(OrderStatus.CONFIRMED, days_ago=800, recipient="남궁민수", **phone)
    assert await archive() == 1
    new = await a_line(recipient="남궁민수", **phone)
    await a_line()

    for asked in (("recipient_name", "남궁민수"), ("recipient_phone", "010-5555-7777"), ("recipient_phone", "7777")):
        body = await found(client, headers, type=asked[0], q=asked[1])
        assert [row["line_no"] for row in body["items"]] == [new, old], asked
        assert (body["total"], body["product"], body["items"][0]["recipient_name"]) == (2, None, "남**수")
    assert (await found(client, headers, type="recipient_phone", q="77770000"))["items"] == []
    assert (await found(client, headers, type="tracking_no", q="612345678901"))["items"] == []


async def test_a_code_finds_the_product_and_its_lines(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read")
    product = await make_product()
    line_no = await a_line()
    await OrderLine.filter(line_no=line_no).update(product_code=product.product_code)

    body = await found(client, headers, type="product_code", q=product.product_code)

    assert [row["line_no"] for row in body["items"]] == [line_no]
    assert body["product"] == {"id": product.id, "product_code": product.product_code, "name": product.name}
    assert (await found(client, headers, type="product_code", q="nothing"))["product"] is None


async def test_an_unmasked_search_is_logged_with_its_reason(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read", "pii:read")
    line_no = await a_line(recipient="남궁민수")

    body = await found(client, headers, type="recipient_name", q="남궁", reason="배송 문의")

    assert body["items"][0]["recipient_name"] == "남궁민수"
    order = await Order.get(order_no=line_no[:-3])
    looks = await PersonalDataAccess.all().values_list("purpose", "target_id", "reason")
    assert looks == [("order_line.list", str(order.id), "배송 문의")]


@pytest.mark.parametrize(
    "asked",
    [{}, {"type": "recipient_name"}, {"q": "x"}, {"type": "buyer_name", "q": "x"}, {"type": "tracking_no", "q": " "}],
)
async def test_a_search_for_nothing_is_an_error(client: httpx.AsyncClient, asked: dict[str, str]) -> None:
    headers = await headers_with(client, "order:read")
    answer = await client.get(API, params=asked, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "VALIDATION_ERROR")
    assert (await client.get(API, params=asked, headers=await headers_with(client, "product:read"))).status_code == 403
