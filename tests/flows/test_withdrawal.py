"""A member lives in the shop, leaves, and comes back as somebody new; all through the HTTP API and the jobs."""

import httpx
import pytest

from src.app.order.models import OrderStatus
from src.app.order.services.retention.anonymising import anonymise_member
from src.app.order.services.withdrawal import has_open_orders
from src.app.user.models import User
from src.app.user.services.hooks import register_withdrawal_check
from src.app.user.services.withdrawing import finish_due
from src.common.models import LegalRecord
from src.worker.jobs.run import run_job
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import API, Placed, complete, control, later, order_of, place
from tests.factories.people import PASSWORD

SIGN_UP = {
    "login_id": "minji.kim",
    "password": PASSWORD,
    "name": "김민지",
    "email": "minji@example.com",
    "phone": "010-1234-5678",
    "agreements": [{"policy": policy, "agreed": True} for policy in ("terms", "privacy", "marketing")],
}
HOME = {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울 강남구 테헤란로 1"}
LEAVE = {"reason": "다음에 올게요.", "password": PASSWORD}


async def signed_in(client: httpx.AsyncClient) -> dict[str, str]:
    """The headers of a new session."""
    answer = await client.post(f"{API}/auth/sign-in", json={"login_id": "minji.kim", "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def bought(client: httpx.AsyncClient, headers: dict[str, str]) -> Placed:
    """A paid order."""
    (variant,) = await variants_of(await make_product(price=45_000))
    placed = await place(client, (variant.id, 1), headers=headers)
    await control(client, placed.payment_id, "pay")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    return placed


async def test_a_member_leaves_and_comes_back(client: httpx.AsyncClient) -> None:
    register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    assert (await client.post(f"{API}/auth/sign-up", json=SIGN_UP)).status_code == 201
    headers = await signed_in(client)
    assert (await client.post(f"{API}/me/addresses", json=HOME, headers=headers)).status_code == 201
    placed = await bought(client, headers)

    blocked = await client.post(f"{API}/me/withdrawal", json=LEAVE, headers=headers)
    assert (blocked.status_code, blocked.json()["reasons"]) == (409, ["OPEN_ORDERS"])

    order = await order_of(placed)
    order.status = OrderStatus.CONFIRMED
    await order.save(update_fields=["status"])
    assert (await client.post(f"{API}/me/withdrawal", json=LEAVE, headers=headers)).status_code == 200
    assert (await client.delete(f"{API}/me/withdrawal", headers=headers)).status_code == 204
    assert (await client.get(f"{API}/me", headers=headers)).json()["status"] == "ACTIVE"

    asked = await client.post(f"{API}/me/withdrawal", json=LEAVE, headers=headers)
    assert asked.json()["status"] == "WITHDRAWING"
    headers = await signed_in(client)
    assert (await client.get(f"{API}/me", headers=headers)).json()["withdraw_at"] == asked.json()["withdraw_at"]

    member = await User.get(login_id="minji.kim")
    with later(days=14, seconds=5):
        assert await finish_due() == 1
    await run_job("relay-outbox")
    await anonymise_member(member.id)

    assert (await client.get(f"{API}/me", headers=headers)).status_code == 401
    refused = await client.post(f"{API}/auth/sign-in", json={"login_id": "minji.kim", "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (401, "BAD_CREDENTIALS")
    kept = await order_of(placed)
    assert (kept.order_no, kept.total, kept.status) == (placed.order_no, placed.total, OrderStatus.CONFIRMED)
    assert (kept.orderer_name, kept.orderer_phone, kept.address) == ("", "", "")
    record = await LegalRecord.get(domain="order", reference=placed.order_no)
    assert (record.payload["orderer_name"], record.payload["address"]) == ("김민지", HOME["address"])

    taken = await client.post(f"{API}/auth/sign-up", json=SIGN_UP)
    assert (taken.status_code, taken.json()["code"]) == (409, "LOGIN_ID_TAKEN")
    again = await client.post(f"{API}/auth/sign-up", json={**SIGN_UP, "login_id": "minji.again"})
    assert again.status_code == 201
    assert again.json()["id"] != member.id


@pytest.mark.fault("I12")
async def test_what_keeps_a_member_is_named_and_when_it_ends_is_said(client: httpx.AsyncClient) -> None:
    register_withdrawal_check("OPEN_ORDERS", has_open_orders)
    assert (await client.post(f"{API}/auth/sign-up", json=SIGN_UP)).status_code == 201
    headers = await signed_in(client)
    (variant,) = await variants_of(await make_product(price=45_000, stock=9))
    paid = await bought(client, headers)
    unpaid = await place(client, (variant.id, 1), headers=headers)
    await place(client, (variant.id, 1))  # of somebody else

    korean = await client.post(f"{API}/me/withdrawal", json=LEAVE, headers=headers)
    english = await client.post(f"{API}/me/withdrawal", json=LEAVE, headers={**headers, "Accept-Language": "en"})

    assert korean.json()["code"] == "WITHDRAWAL_BLOCKED"
    assert korean.json()["orders"] == [
        {"order_no": paid.order_no, "status": "PAID"},
        {"order_no": unpaid.order_no, "status": "PENDING"},
    ]
    assert "환불되면 탈퇴할 수 있습니다" in korean.json()["detail"]
    assert "You can leave once they are delivered or refunded" in english.json()["detail"]
    for placed, status in ((paid, OrderStatus.CONFIRMED), (unpaid, OrderStatus.EXPIRED)):
        order = await order_of(placed)
        order.status = status
        await order.save(update_fields=["status"])
    assert (await client.post(f"{API}/me/withdrawal", json=LEAVE, headers=headers)).status_code == 200
