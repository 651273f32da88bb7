"""Another try to pay an order that is still PENDING, at most five."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order
from src.app.payment.models import Payment
from src.common import clock
from src.common.models import IdempotencyKey
from src.worker.jobs.run import run_job
from tests.app.checkout.support import said
from tests.app.payment.fakes import Told, using
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    API,
    Placed,
    at_provider,
    complete,
    control,
    expire,
    faulty,
    ledger_of,
    new_key,
    pay_again,
    place,
    read_order,
    stock_of,
)
from tests.factories.people import bearer


async def ask(client: httpx.AsyncClient, placed: Placed, key: str, pay_method: str = "CARD") -> httpx.Response:
    return await client.post(
        f"{API}/orders/{placed.order_no}/payments",
        json={"pay_method": pay_method},
        headers={"Idempotency-Key": key, **placed.headers},
    )


async def test_another_try_is_another_payment_over_the_same_total(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed = await place(client, (variant.id, 1))

    answer = await pay_again(client, placed, "EASY_PAY")

    body = answer.json()
    assert answer.status_code == 201
    assert body["payment_id"] != placed.payment_id
    assert body == {
        **placed.body["payment"],
        "payment_id": body["payment_id"],
        "pay_method": "EASY_PAY",
        "channel_key": "channel-key-sandbox-kakaopay",
        "easy_pay_provider": "KAKAOPAY",
        "window_type": {"pc": "IFRAME", "mobile": "REDIRECTION"},
    }
    assert [entry["pay_method"] for entry in (await read_order(client, placed))["payments"]] == ["CARD", "EASY_PAY"]
    assert (await stock_of(variant), await ledger_of(variant)) == (9, [("HOLD", -1)])
    other = await client.post(
        f"/sandbox/control/payments/{body['payment_id']}", json={"action": "pay", "amount": 1, "webhook": "none"}
    )
    assert other.json()["code"] == "AMOUNT_DIFFERS_FROM_REGISTERED"


async def test_replay_is_the_same_payment(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    key = new_key()

    first, second = await ask(client, placed, key), await ask(client, placed, key)

    assert first.content == second.content
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert said(await ask(client, placed, key, "TRANSFER")) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert await Payment.all().count() == 2


async def test_replay_after_the_order_was_paid_still_names_the_payment(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    key = new_key()
    first = await ask(client, placed, key)
    await control(client, first.json()["payment_id"], "pay")
    await complete(client, first.json()["payment_id"])

    assert (await ask(client, placed, key)).content == first.content


async def test_sixth_try_is_refused(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    answers = [await pay_again(client, placed) for _ in range(5)]
    assert [said(answer) for answer in answers] == [(201, "")] * 4 + [(409, "TOO_MANY_PAYMENT_TRIES")]
    assert await Payment.all().count() == 5


async def test_tries_at_the_same_moment_are_five_at_most(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    answers = await asyncio.gather(*(pay_again(client, placed) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [409] * 8
    assert await Payment.all().count() == 5


async def test_paid_order_takes_no_other_try(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    await complete(client, placed.payment_id)
    assert said(await pay_again(client, placed)) == (409, "ORDER_ALREADY_PAID")
    assert await Payment.all().count() == 1


async def test_expired_order_takes_no_other_try(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await expire(minutes=31)
    assert said(await pay_again(client, placed)) == (409, "ORDER_EXPIRED")
    assert await Payment.all().count() == 1


async def test_order_whose_hold_has_ended_takes_no_other_try_before_the_job_came_by(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await Order.all().update(expires_at=clock.now() - timedelta(milliseconds=1))
    assert said(await pay_again(client, placed)) == (409, "ORDER_EXPIRED")
    assert await Payment.all().count() == 1


@pytest.mark.usefixtures("accounts_offered")
async def test_order_waiting_for_its_deposit_takes_no_other_try(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "issue_virtual_account")
    await complete(client, placed.payment_id)
    assert said(await pay_again(client, placed)) == (409, "ORDER_AWAITING_DEPOSIT")
    assert await Payment.all().count() == 1


@pytest.mark.parametrize("pay_method", ["VIRTUAL_ACCOUNT", "MANUAL_TRANSFER"])
async def test_way_to_pay_that_is_not_offered_is_refused_and_frees_the_key(
    client: httpx.AsyncClient, pay_method: str
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    key = new_key()
    assert said(await ask(client, placed, key, pay_method)) == (422, "PAY_METHOD_NOT_OFFERED")
    assert (await ask(client, placed, key)).status_code == 201


@pytest.mark.parametrize(
    "body", [{}, {"pay_method": "GOLD"}, {"pay_method": None}, {"pay_method": "CARD", "amount": 1}]
)
async def test_bad_body_is_refused(client: httpx.AsyncClient, body: dict[str, object]) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    answer = await client.post(
        f"{API}/orders/{placed.order_no}/payments", json=body, headers={"Idempotency-Key": new_key(), **placed.headers}
    )
    assert said(answer) == (422, "VALIDATION_ERROR")
    assert await Payment.all().count() == 1


async def test_order_of_somebody_else_is_not_found_and_keeps_no_key(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    placed, other = await place(client, (variant.id, 1)), await place(client, (variant.id, 1))
    stranger = await bearer(client)
    for headers in ({}, other.headers, stranger):
        foreign = Placed(order_no=placed.order_no, payment_id="", total=0, headers=dict(headers), body={})
        assert said(await pay_again(client, foreign)) == (404, "ORDER_NOT_FOUND")
    assert (await Payment.all().count(), await IdempotencyKey.filter(effect="").count()) == (2, 0)


async def test_failing_registration_of_another_try_harms_nothing(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    async with faulty(client, "pre_register", "error_500"):
        answer = await pay_again(client, placed)
    assert answer.status_code == 201
    await control(client, answer.json()["payment_id"], "pay", amount=placed.total)
    assert (await complete(client, answer.json()["payment_id"])).json()["order_status"] == "PAID"


@pytest.mark.fault("M7")
async def test_earlier_try_that_was_paid_settles_instead_of_another_one_being_opened(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")

    assert said(await pay_again(client, placed)) == (409, "ORDER_ALREADY_PAID")

    assert (await read_order(client, placed))["status"] == "PAID"
    assert await Payment.all().count() == 1


@pytest.mark.fault("M7")
async def test_every_earlier_try_is_asked_about(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    second = (await pay_again(client, placed)).json()["payment_id"]
    await pay_again(client, placed)
    await control(client, placed.payment_id, "fail")
    await control(client, second, "pay")
    assert said(await pay_again(client, placed)) == (409, "ORDER_ALREADY_PAID")
    assert [payment.status.value for payment in await Payment.all().order_by("id")] == ["FAILED", "PAID", "READY"]


@pytest.mark.fault("M7")
@pytest.mark.usefixtures("accounts_offered")
async def test_account_that_we_had_not_heard_of_keeps_another_try_from_opening(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "issue_virtual_account")
    assert said(await pay_again(client, placed)) == (409, "ORDER_AWAITING_DEPOSIT")
    assert await Payment.all().count() == 1


async def test_try_opens_where_portone_cannot_be_asked_and_a_double_payment_is_given_back(
    client: httpx.AsyncClient,
) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    await control(client, placed.payment_id, "pay")
    async with faulty(client, "get", "error_503"):
        second = await pay_again(client, placed)
    assert second.status_code == 201
    await control(client, second.json()["payment_id"], "pay")
    assert (await complete(client, placed.payment_id)).json()["order_status"] == "PAID"
    assert said(await complete(client, second.json()["payment_id"])) == (409, "ORDER_ALREADY_PAID")
    await run_job("send-refunds")
    assert await at_provider(client, second.json()["payment_id"]) == ("CANCELLED", placed.total, ["SUCCEEDED"])


async def test_replay_asks_nobody(client: httpx.AsyncClient) -> None:
    placed = await place(client, ((await make_variant()).id, 1))
    key = new_key()
    first = await ask(client, placed, key)
    told = Told()
    with using(told):
        assert (await ask(client, placed, key)).content == first.content
    assert told.calls == []
