"""An order for a manual transfer waits for the deposit at once, and its buyer is told where to pay."""

import httpx
import pytest

from src.app.deposit.models import BankAccount, ManualTransfer
from src.app.order.models import OrderStatus
from src.app.payment.models import Payment
from src.worker.jobs.run import run_job
from tests.app.deposit.support import insured, make_account, waiting
from tests.app.payment.fakes import Told, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    cancel_order,
    events_of,
    expire,
    hops_of,
    later,
    ledger_of,
    new_key,
    order_body,
    order_of,
    pay_again,
    place,
    post_order,
    quoted_total,
    read_order,
    stock_of,
)

pytestmark = pytest.mark.usefixtures("empty")


async def test_the_order_waits_at_once_without_a_payment(client: httpx.AsyncClient) -> None:
    account, variant = await make_account(), await make_variant(price=50_000)

    placed = await waiting(client, variant, depositor_name="김철수")

    order = await order_of(placed)
    told = placed.body["deposit"]
    assert (placed.body["status"], placed.body["payment"]) == ("AWAITING_DEPOSIT", None)
    assert (told["bank"], told["number"], told["holder"]) == ("SHINHAN", account.number, "믹골프")
    assert (told["depositor_name"], told["amount"], told["deposited"]) == ("김철수", placed.total, 0)
    assert told["due_at"].endswith("T23:59:59+09:00")
    assert order.expires_at > (await ManualTransfer.get(order_id=order.id)).due_at
    assert await Payment.all().count() == 0
    assert await hops_of(client, placed) == [(None, "AWAITING_DEPOSIT", "guest")]
    assert await events_of(placed) == ["order.awaiting_deposit"]
    assert (await stock_of(variant), await ledger_of(variant)) == (9, [("HOLD", -1)])
    assert (await read_order(client, placed))["deposit"] == told


async def test_without_a_name_the_orderer_is_to_pay(client: httpx.AsyncClient) -> None:
    assert (await waiting(client)).body["deposit"]["depositor_name"] == "김민지"


async def test_the_buyer_may_choose_an_account_that_is_offered(client: httpx.AsyncClient) -> None:
    await make_account()
    second = await make_account("222-222-222222", position=1)
    off = await make_account("333-333-333333", is_active=False)
    assert (await waiting(client, bank_account_id=second.id)).body["deposit"]["number"] == second.number

    variant = await make_variant()
    total = await quoted_total(client, (variant.id, 1))
    body = order_body((variant.id, 1), expected_total=total, pay_method="MANUAL_TRANSFER", bank_account_id=off.id)
    answer = await post_order(client, body)

    assert (answer.status_code, answer.json()["code"]) == (422, "BANK_ACCOUNT_NOT_OFFERED")
    assert off.id not in answer.json()["offered"]


async def test_without_an_account_it_is_not_offered(client: httpx.AsyncClient) -> None:
    await make_account(is_active=False)
    variant = await make_variant()
    total = await quoted_total(client, (variant.id, 1))
    answer = await post_order(client, order_body((variant.id, 1), expected_total=total, pay_method="MANUAL_TRANSFER"))
    assert (answer.status_code, answer.json()["code"]) == (422, "PAY_METHOD_NOT_OFFERED")


async def test_the_same_key_is_answered_with_the_same_account(client: httpx.AsyncClient) -> None:
    await make_account()
    variant, key = await make_variant(), new_key()
    total = await quoted_total(client, (variant.id, 1))
    body = order_body((variant.id, 1), expected_total=total, pay_method="MANUAL_TRANSFER")
    first = await post_order(client, body, key=key)
    await BankAccount.all().update(is_active=False)

    again = await post_order(client, body, key=key)

    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.json()["deposit"] == first.json()["deposit"]
    assert await ManualTransfer.all().count() == 1


async def test_another_payment_cannot_be_opened_while_it_waits(client: httpx.AsyncClient) -> None:
    answer = await pay_again(client, await waiting(client))
    assert (answer.status_code, answer.json()["code"]) == (409, "ORDER_AWAITING_DEPOSIT")


async def test_a_card_order_cannot_become_a_manual_transfer(client: httpx.AsyncClient) -> None:
    await make_account()
    placed = await place(client, ((await make_variant()).id, 1))
    answer = await pay_again(client, placed, "MANUAL_TRANSFER")
    assert (answer.status_code, answer.json()["code"]) == (422, "PAY_METHOD_NOT_OFFERED")


async def test_the_buyer_gives_it_up(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await waiting(client, variant)
    assert (await cancel_order(client, placed)).json()["status"] == "CANCELLED"
    assert await ledger_of(variant) == [("HOLD", -1), ("RELEASE", 1)]


async def test_nobody_asks_portone_and_the_order_ends_after_its_hold(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await waiting(client, variant)
    held = (await order_of(placed)).expires_at
    told = Told()
    with later(days=1), using(told):
        await run_job("reconcile-payments")
        await run_job("reread-payments")
        assert await run_job("expire-orders") == 0
    assert [call for call in told.calls if call[0] == "get"] == []

    assert await expire(days=20) == 1

    order = await order_of(placed)
    assert (order.status, order.expires_at) == (OrderStatus.EXPIRED, held)
    assert (await stock_of(variant), await ledger_of(variant)) == (10, [("HOLD", -1), ("RELEASE", 1)])


async def test_the_order_form_shows_the_accounts_and_the_last_moment(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    asked = {"items": f"{variant.id}:1"}
    before = (await client.get("/api/v1/checkout/options", params=asked)).json()
    assert (before["bank_accounts"], before["transfer_due_at"]) == ([], None)
    account = await make_account()

    body = (await client.get("/api/v1/checkout/options", params=asked)).json()

    assert [one["pay_method"] for one in body["methods"]][-1] == "MANUAL_TRANSFER"
    assert body["bank_accounts"] == [
        {"id": account.id, "bank": "SHINHAN", "number": "110-123-456789", "holder": "믹골프"}
    ]
    assert body["transfer_due_at"] == (await waiting(client)).body["deposit"]["due_at"]


async def test_without_an_insurance_in_the_shops_details_it_is_not_offered(client: httpx.AsyncClient) -> None:
    await make_account()
    await insured("")
    variant = await make_variant()
    total = await quoted_total(client, (variant.id, 1))
    body = order_body((variant.id, 1), expected_total=total, pay_method="MANUAL_TRANSFER")
    assert (await post_order(client, body)).json()["code"] == "PAY_METHOD_NOT_OFFERED"
    await insured()
    shown = (await client.get("/api/v1/checkout/options", params={"items": f"{variant.id}:1"})).json()
    assert shown["safety"] == {"name": "쇼핑몰보증보험", "url": "https://insurance.example.com/1"}
    assert (await post_order(client, body)).status_code == 201
