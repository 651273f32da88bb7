"""Staff see one order with all that belongs to it, and leave notes."""

from typing import Any

import httpx
import pytest

from src.app.order.models import Order, OrderStatus
from src.common.models import PersonalDataAccess
from src.worker.jobs.run import run_job
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with
from tests.factories.archive import archive
from tests.factories.catalogue import make_variant
from tests.factories.orders import complete, control, make_order, place

pytestmark = pytest.mark.usefixtures("empty")

API = "/api/v1/admin/orders"


async def read(client: httpx.AsyncClient, headers: dict[str, str], order_no: str, **asked: Any) -> dict[str, Any]:
    answer = await client.get(f"{API}/{order_no}", params=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_everything_of_a_paid_order_is_in_one_answer(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant(price=20_000)).id, 2))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await run_job("relay-outbox")
    await run_job("send-messages")
    headers = await headers_with(client, "order:read", "order:note")
    await client.post(f"{API}/{placed.order_no}/notes", json={"body": "선물 포장"}, headers=headers)

    body = await read(client, headers, placed.order_no)

    assert (body["status"], body["total"], body["is_masked"]) == ("PAID", placed.total, True)
    assert body["orderer"] == {"name": "김*지", "phone": "010-****-5678", "email": "mi***@example.com"}
    assert (body["shipping"]["recipient"], body["shipping"]["zipcode"]) == ("김*지", "06236")
    (line,) = body["lines"]
    assert (line["line_no"], line["quantity"], line["status"]) == (f"{placed.order_no}-01", 2, "PAID")
    (payment,) = body["payments"]
    assert (payment["status"], payment["settles"], payment["paid_amount"]) == ("PAID", True, placed.total)
    assert [(hop["from_status"], hop["to_status"]) for hop in body["timeline"]] == [
        (None, "PENDING"),
        ("PENDING", "PAID"),
    ]
    assert [note["body"] for note in body["notes"]] == ["선물 포장"]
    assert {(message["template"], message["status"]) for message in body["messages"]} == {("order_paid", "SENT")}
    assert body["pay_until"] is None


async def test_clear_values_are_shown_to_those_who_may_and_each_look_is_kept(client: httpx.AsyncClient) -> None:
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    await Order.filter(id=order.id).update(address_detail="101동 202호", memo="공동현관 1234#")
    clear, masked = await headers_with(client, "order:read", "pii:read"), await headers_with(client, "order:read")

    body = await read(client, clear, order.order_no, reason="배송 문의")
    hidden = await read(client, masked, order.order_no)

    assert (body["orderer"]["name"], body["shipping"]["address_detail"]) == ("김민지", "101동 202호")
    assert (hidden["orderer"]["name"], hidden["shipping"]["address_detail"]) == ("김*지", "***")
    assert (body["shipping"]["memo"], hidden["shipping"]["memo"]) == ("공동현관 1234#", "***")
    (look,) = await PersonalDataAccess.all()
    assert (look.purpose, look.target_id, look.reason) == ("order.detail", str(order.id), "배송 문의")
    assert look.items.split(",")[2:] == ["orderer_email", "recipient", "recipient_phone", "address_detail", "memo"]


async def test_a_note_is_kept_with_its_writer_and_moves_with_its_order(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read", "order:note")
    order = await make_order(await make_variant(), status=OrderStatus.CONFIRMED)

    answer = await client.post(f"{API}/{order.order_no}/notes", json={"body": " 보류 해제함 "}, headers=headers)
    assert answer.status_code == 201
    assert await archive() == 1

    (note,) = (await read(client, headers, order.order_no))["notes"]
    assert (note["body"], note["by"].partition(":")[0], note["by_name"] != "") == ("보류 해제함", "staff", True)
    (row,) = await audited("order.note_added")
    assert (row["target_id"], row["after"]) == (order.order_no, {"note_id": note["id"]})
    await client.post(f"{API}/{order.order_no}/notes", json={"body": "다시"}, headers=headers)
    assert [note["body"] for note in (await read(client, headers, order.order_no))["notes"]] == ["보류 해제함", "다시"]


@pytest.mark.parametrize("body", [{"body": ""}, {"body": "  "}, {"body": "\u200b"}, {"body": "x" * 1001}, {}])
async def test_an_empty_or_endless_note_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    headers = await headers_with(client, "order:note")
    order = await make_order(await make_variant(), status=OrderStatus.PAID)
    assert (await client.post(f"{API}/{order.order_no}/notes", json=body, headers=headers)).status_code == 422


async def test_unknown_orders_and_missing_rights_are_told(client: httpx.AsyncClient) -> None:
    reader = await headers_with(client, "order:read")
    order = await make_order(await make_variant(), status=OrderStatus.PAID)

    for number in ("20200101-ABCDEFGH", "x"):
        assert (await client.get(f"{API}/{number}", headers=reader)).json()["code"] == "ORDER_NOT_FOUND"
    note = await client.post(f"{API}/{order.order_no}/notes", json={"body": "x"}, headers=reader)
    assert note.status_code == 403


async def test_an_order_is_read_in_at_most_fifteen_statements(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, "order:read", "order:write", "order:note", "pii:read")
    placed = await place(client, *[((await make_variant(price=9_000)).id, 1) for _ in range(5)])
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await client.post(f"{API}/{placed.order_no}/notes", json={"body": "x"}, headers=headers)
    rows = [
        {"line_no": f"{placed.order_no}-0{number}", "courier": "CJ", "tracking_no": f"61234567890{number}"}
        for number in range(1, 6)
    ]
    sent = await client.post("/api/v1/admin/shipments", json={"rows": rows}, headers=headers)
    assert sent.json()["done"] == 5
    assert len((await read(client, headers, placed.order_no))["shipments"]) == 5

    with captured_sql() as statements:
        await read(client, headers, placed.order_no)

    assert len(statements) <= 15, statements
