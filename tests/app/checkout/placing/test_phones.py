"""Telephone numbers as people write them: at orders, look-ups, addresses, sign-up, and in the back-office."""

import httpx
import pytest

from src.app.notification.models import Message
from src.app.order.models import Order
from src.worker.jobs.run import run_job
from tests.app.auth.recovery.support import inbox, start
from tests.app.auth.support import sign_up
from tests.app.checkout.support import said
from tests.factories.catalogue import make_variant
from tests.factories.orders import API, ORDERER, SHIPPING, complete, control, order_of, place
from tests.factories.people import bearer, make_member, staff_bearer

WRITTEN = [
    ("+82 10-1234-5678", "01012345678"),
    ("010.1234.5678", "01012345678"),
    ("０１０－１２３４－５６７８", "01012345678"),
    ("010\u00a01234\u00a05678", "01012345678"),
    ("0507-1234-5678", "050712345678"),
]


@pytest.mark.fault("M11")
@pytest.mark.parametrize(("written", "kept"), WRITTEN)
async def test_an_order_takes_the_number_and_is_found_by_it(client: httpx.AsyncClient, written: str, kept: str) -> None:
    variant = await make_variant()
    orderer, shipping = {**ORDERER, "phone": written}, {**SHIPPING, "phone": written}

    placed = await place(client, (variant.id, 1), orderer=orderer, shipping=shipping)

    order = await order_of(placed)
    assert (order.orderer_phone, order.recipient_phone) == (kept, kept)
    for spelled in (written, kept):
        body = {"order_no": placed.order_no, "phone": spelled}
        assert (await client.post(f"{API}/orders/lookup", json=body)).status_code == 200


@pytest.mark.fault("M11")
@pytest.mark.parametrize(("written", "kept"), WRITTEN)
async def test_an_address_takes_the_number(client: httpx.AsyncClient, written: str, kept: str) -> None:
    headers = await bearer(client)

    answer = await client.post(f"{API}/me/addresses", json={**SHIPPING, "phone": written}, headers=headers)

    assert (answer.status_code, answer.json()["phone"]) == (201, kept)


@pytest.mark.fault("M11")
async def test_sign_up_codes_and_staff_take_the_number(client: httpx.AsyncClient) -> None:
    made = await sign_up(client, phone="+82 10 8765 4321")
    code = await start(client, "＋82 10.8765.4399")
    staff = await staff_bearer(client)
    found = await client.get(f"{API}/admin/users", params={"q": "+82 10-8765-4321"}, headers=staff)

    assert (made.status_code, code.status_code) == (201, 201)
    assert len(await inbox(client, "01087654399")) == 1
    assert [item["phone"] for item in found.json()["items"]] == ["01087654321"]


async def test_a_number_in_an_older_spelling_is_the_same_number(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))
    await Order.all().update(orderer_phone="010-1234-5678")

    found = await client.post(f"{API}/orders/lookup", json={"order_no": placed.order_no, "phone": "+82 10 1234 5678"})

    assert found.status_code == 200


@pytest.mark.parametrize("target", ["0507-1234-5678", "02-123-4567"])
async def test_a_code_needs_a_mobile_number(client: httpx.AsyncClient, target: str) -> None:
    assert said(await start(client, target)) == (422, "VALIDATION_ERROR")


async def test_a_safe_number_is_no_members_own(client: httpx.AsyncClient) -> None:
    assert said(await sign_up(client, phone="0507-1234-5678")) == (422, "VALIDATION_ERROR")


@pytest.mark.fault("M11")
async def test_messages_reach_a_safe_number_and_staff_find_them_by_it(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1), orderer={**ORDERER, "phone": "0507-9876-5432"})
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    await run_job("relay-outbox")
    await run_job("send-messages")

    assert len(await inbox(client, "050798765432")) == 1
    staff = await staff_bearer(client)
    found = await client.get(f"{API}/admin/messages", params={"recipient": "0507.9876.5432"}, headers=staff)
    assert [item["order_no"] for item in found.json()["items"]] == [placed.order_no]
    assert await Message.filter(order_no=placed.order_no).count() == 2


async def test_twelve_digits_are_masked_like_others(client: httpx.AsyncClient) -> None:
    member = await make_member(phone="050712345678")
    staff = await staff_bearer(client)

    masked = await client.get(f"{API}/admin/users/{member.id}", params={"masked": True}, headers=staff)

    assert masked.json()["phone"] == "0507-****-5678"
