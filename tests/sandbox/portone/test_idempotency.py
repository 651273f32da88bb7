import asyncio

import pytest

from tests.sandbox.support import KEY, Shop, said


async def test_same_key_and_body_replays_the_cancel(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    first = await shop.cancel("p1", amount=100, key=KEY)
    second = await shop.cancel("p1", amount=100, key=KEY)
    assert (first.content, first.status_code) == (second.content, 200)
    assert (await shop.payment("p1"))["amount"]["cancelled"] == 100


async def test_same_key_twenty_times_at_once_cancels_once(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    answers = await asyncio.gather(*[shop.cancel("p1", amount=10, key=KEY) for _ in range(20)])
    assert {answer.content for answer in answers} == {answers[0].content}
    assert (await shop.payment("p1"))["amount"]["cancelled"] == 10


async def test_stored_error_is_replayed_though_it_would_work_now(shop: Shop) -> None:
    await shop.act("p1", "fail", amount=1000)
    assert said(await shop.cancel("p1", key=KEY)) == (409, "PAYMENT_NOT_PAID")
    await shop.act("p1", "pay")
    assert said(await shop.cancel("p1", key=KEY)) == (409, "PAYMENT_NOT_PAID")
    assert (await shop.cancel("p1", key=KEY + "x")).status_code == 200


async def test_key_of_another_request_is_400(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.act("p2", "pay", amount=1000)
    await shop.cancel("p1", amount=100, key=KEY)
    assert said(await shop.cancel("p1", amount=200, key=KEY)) == (400, "INVALID_REQUEST")
    assert said(await shop.cancel("p2", amount=100, key=KEY)) == (400, "INVALID_REQUEST")
    assert (await shop.payment("p2"))["amount"]["cancelled"] == 0


async def test_order_of_the_fields_does_not_make_another_request(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    headers = {"Idempotency-Key": f'"{KEY}"'}
    first = await shop.rest("POST", "/p1/cancel", content=b'{"reason":"x","amount":1}', headers=headers)
    second = await shop.rest("POST", "/p1/cancel", content=b'{"amount": 1, "reason": "x"}', headers=headers)
    assert (first.status_code, first.content) == (200, second.content)


@pytest.mark.parametrize("header", [KEY, f'"{KEY[:15]}"', '"' + "a" * 257 + '"', f'"{KEY}"x"', ""])
async def test_key_that_is_unquoted_or_of_wrong_length_is_400(shop: Shop, header: str) -> None:
    await shop.act("p1", "pay", amount=1000)
    answer = await shop.rest("POST", "/p1/cancel", json={"reason": "x"}, headers={"Idempotency-Key": header})
    assert said(answer) == (400, "INVALID_REQUEST")
    assert (await shop.payment("p1"))["status"] == "PAID"


async def test_key_is_ignored_on_reads(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    assert (await shop.rest("GET", "/p1", headers={"Idempotency-Key": "x"})).status_code == 200


async def test_cancel_that_answers_late_is_outstanding_then_replayed(slow_shop: Shop) -> None:
    await slow_shop.act("p1", "pay", amount=1000)
    await slow_shop.faults({"operation": "cancel", "kind": "timeout_after"})
    slow = asyncio.create_task(slow_shop.cancel("p1", amount=100, key=KEY))
    await slow_shop.all_switches_used()
    assert said(await slow_shop.cancel("p1", amount=100, key=KEY)) == (409, "IDEMPOTENCY_OUTSTANDING_REQUEST")
    assert (await slow_shop.payment("p1"))["amount"]["cancelled"] == 100
    first = await slow
    assert (first.status_code, (await slow_shop.cancel("p1", amount=100, key=KEY)).content) == (200, first.content)
    assert (await slow_shop.payment("p1"))["amount"]["cancelled"] == 100


async def test_slow_cancel_is_outstanding_before_it_works(slow_shop: Shop) -> None:
    await slow_shop.act("p1", "pay", amount=1000)
    await slow_shop.faults({"operation": "cancel", "kind": "slow"})
    slow = asyncio.create_task(slow_shop.cancel("p1", key=KEY))
    await slow_shop.all_switches_used()
    assert said(await slow_shop.cancel("p1", key=KEY)) == (409, "IDEMPOTENCY_OUTSTANDING_REQUEST")
    assert (await slow_shop.payment("p1"))["status"] == "PAID"
    first = await slow
    assert (first.status_code, (await slow_shop.payment("p1"))["status"]) == (200, "CANCELLED")
    assert (await slow_shop.cancel("p1", key=KEY)).content == first.content
