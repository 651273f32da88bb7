"""One order for one intent (docs/promises.md#p2): the same Idempotency-Key over HTTP."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from src.app.order.models import Order, OrderEvent
from src.app.payment.models import Payment
from src.common import clock
from src.common.models import IdempotencyKey
from src.common.models.idempotency_key import KeyState
from tests.app.checkout.support import assert_no_trace, said
from tests.factories.carts import guest_with
from tests.factories.catalogue import make_variant
from tests.factories.orders import (
    API,
    as_placed,
    complete,
    control,
    expire,
    ledger_of,
    new_key,
    order_body,
    pay_again,
    post_order,
    stock_of,
)
from tests.factories.people import bearer


async def test_replay_answers_the_same_to_the_byte_and_says_that_it_is_one(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 2), expected_total=22_500)

    first = await post_order(client, body, key=key)
    second = await post_order(client, body, key=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert (await Order.all().count(), await Payment.all().count(), await OrderEvent.all().count()) == (1, 1, 1)
    assert await ledger_of(variant) == [("HOLD", -2)]


async def test_body_in_another_spelling_is_the_same_body(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key)

    spelled = {**dict(reversed(list(body.items()))), "points": 0, "coupon_ids": [], "from_cart": None}
    second = await post_order(client, spelled, key=key)

    assert first.content == second.content


@pytest.mark.parametrize("change", [{"expected_total": 12_501}, {"pay_method": "TRANSFER"}])
async def test_other_body_is_refused_and_changes_nothing(client: httpx.AsyncClient, change: dict[str, object]) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    await post_order(client, body, key=key)

    answer = await post_order(client, {**body, **change}, key=key)

    assert said(answer) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert (await Order.all().count(), await stock_of(variant)) == (1, 9)


@pytest.mark.parametrize(
    "key",
    [None, b"", b"k" * 15, b"k" * 256, b"k" * 20_000, b"k" * 20 + b"\xe9", b"k" * 20 + b"\tk"],
    ids=["none", "empty", "15", "256", "20000", "latin-1", "tab"],
)
async def test_missing_or_bad_key_is_refused(client: httpx.AsyncClient, key: bytes | None) -> None:
    variant = await make_variant()
    headers = [] if key is None else [(b"Idempotency-Key", key)]

    answer = await client.post(
        f"{API}/orders", json=order_body((variant.id, 1), expected_total=12_500), headers=headers
    )

    assert said(answer) == (400, "IDEMPOTENCY_KEY_REQUIRED")
    await assert_no_trace()


@pytest.mark.parametrize("key", ["k" * 16, "k" * 255, "k " * 10 + "k", "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"])
async def test_key_of_printable_ascii_is_taken(client: httpx.AsyncClient, key: str) -> None:
    variant = await make_variant()
    body = order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key)
    second = await post_order(client, body, key=key)
    assert (first.status_code, second.headers.get("Idempotency-Replayed")) == (201, "true")


async def test_replay_after_payment_shows_the_status_of_today_and_all_else_as_it_was(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key)
    placed = as_placed(first)
    await control(client, placed.payment_id, "fail")
    other = (await pay_again(client, placed, "TRANSFER")).json()["payment_id"]
    await control(client, other, "pay")
    await complete(client, other)

    replay = await post_order(client, body, key=key)

    assert replay.status_code == 201
    assert replay.headers["Idempotency-Replayed"] == "true"
    assert replay.json() == {**first.json(), "status": "PAID"}


async def test_replay_after_expiry_shows_it_and_holds_nothing_again(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key)
    await expire(minutes=31)

    replay = await post_order(client, body, key=key)

    assert replay.json() == {**first.json(), "status": "EXPIRED"}
    assert await stock_of(variant) == 10


async def test_error_frees_the_key(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key = new_key()

    wrong = await post_order(client, order_body((variant.id, 1), expected_total=1), key=key)
    right = await post_order(client, order_body((variant.id, 1), expected_total=12_500), key=key)

    assert said(wrong) == (409, "PRICE_CHANGED")
    assert (right.status_code, "Idempotency-Replayed" in right.headers) == (201, False)


async def test_request_whose_first_one_runs_is_refused(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    await post_order(client, body, key=key)
    # The row as a request that is still under way has it.
    await IdempotencyKey.all().update(
        state=KeyState.RUNNING, effect="", lease_until=clock.now() + timedelta(seconds=30)
    )

    answer = await post_order(client, body, key=key)

    assert said(answer) == (409, "IDEMPOTENCY_IN_PROGRESS")
    assert (await Order.all().count(), await stock_of(variant)) == (1, 9)


async def test_request_whose_first_one_died_before_its_effect_is_done_now(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    await post_order(client, body, key=key)
    row = await IdempotencyKey.get()
    await IdempotencyKey.filter(id=row.id).update(
        state=KeyState.RUNNING, effect="", lease_token="dead", lease_until=clock.now() - timedelta(seconds=1)
    )

    answer = await post_order(client, body, key=key)

    assert (answer.status_code, "Idempotency-Replayed" in answer.headers) == (201, False)
    stored = await IdempotencyKey.get()
    assert (stored.id, stored.state, stored.effect) == (row.id, KeyState.DONE, answer.json()["order_no"])
    assert (await post_order(client, body, key=key)).content == answer.content


async def test_key_is_new_again_after_two_days(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    first = await post_order(client, body, key=key)
    await IdempotencyKey.all().update(created_at=clock.now() - timedelta(hours=48, seconds=1))

    second = await post_order(client, {**body, "pay_method": "TRANSFER"}, key=key)

    assert (second.status_code, "Idempotency-Replayed" in second.headers) == (201, False)
    assert first.json()["order_no"] != second.json()["order_no"]
    assert await IdempotencyKey.all().count() == 1


async def test_keys_of_members_and_guests_do_not_meet(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
    buyers = [
        await guest_with(client, (variant.id, 1)),
        await bearer(client),
        await bearer(client),
    ]
    client.cookies.clear()

    firsts = [await post_order(client, body, key=key, headers=headers) for headers in buyers]
    seconds = [await post_order(client, body, key=key, headers=headers) for headers in buyers]

    assert len({answer.json()["order_no"] for answer in firsts}) == 3
    assert [answer.content for answer in firsts] == [answer.content for answer in seconds]
    assert await Order.all().count() == 3


async def test_same_key_opens_an_order_and_another_payment(client: httpx.AsyncClient) -> None:
    variant = await make_variant()
    key = new_key()
    placed = as_placed(await post_order(client, order_body((variant.id, 1), expected_total=12_500), key=key))

    opened = await client.post(
        f"{API}/orders/{placed.order_no}/payments",
        json={"pay_method": "CARD"},
        headers={"Idempotency-Key": key, **placed.headers},
    )

    assert (opened.status_code, "Idempotency-Replayed" in opened.headers) == (201, False)


async def test_twenty_at_once_with_one_key_make_one_order(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=50)
    key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)

    answers = await asyncio.gather(*(post_order(client, body, key=key) for _ in range(20)))

    made = [answer for answer in answers if answer.status_code == 201]
    assert [answer.headers.get("Idempotency-Replayed") for answer in made].count(None) == 1
    assert len({answer.content for answer in made}) == 1
    assert {said(answer) for answer in answers if answer.status_code != 201} <= {(409, "IDEMPOTENCY_IN_PROGRESS")}
    assert (await Order.all().count(), await Payment.all().count(), await stock_of(variant)) == (1, 1, 49)


async def test_client_that_hangs_up_and_asks_again_has_one_order(client: httpx.AsyncClient) -> None:
    variant = await make_variant(stock=50)
    for number in range(10):
        key, body = new_key(), order_body((variant.id, 1), expected_total=12_500)
        impatient = asyncio.create_task(post_order(client, body, key=key))
        await asyncio.sleep(0.003 * number)
        impatient.cancel()
        await asyncio.gather(impatient, return_exceptions=True)
        async with asyncio.timeout(30):
            while (answer := await post_order(client, body, key=key)).status_code == 409:
                assert said(answer) == (409, "IDEMPOTENCY_IN_PROGRESS")
                await asyncio.sleep(0.01)
        assert answer.status_code == 201
    assert (await Order.all().count(), await stock_of(variant)) == (10, 40)
