import asyncio
import time
from dataclasses import replace

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.sandbox.support import SECRET, Receiver, Shop, running, said


async def test_webhook_carries_the_thin_payload_and_verifies(shop: Shop, receiver: Receiver) -> None:
    payment = (await shop.act("p1", "pay", amount=1000, webhook="send")).json()
    [got] = await receiver.until(1)
    told = Webhook(SECRET).verify(got.raw, got.headers)
    assert told["timestamp"][:23] == payment["updatedAt"][:23]  # in milliseconds
    assert told == {
        "type": "Transaction.Paid",
        "timestamp": told["timestamp"],
        "data": {"storeId": "store-1", "paymentId": "p1", "transactionId": payment["transactionId"]},
    }
    assert got.headers["content-type"] == "application/json"
    [item] = await shop.settled("p1")
    assert (item["id"], item["status"], item["executions"]) == (got.id, "SUCCEEDED", 1)
    assert item["body"].encode() == got.raw
    assert (item["attempts"][0]["response"]["code"], item["attempts"][0]["response"]["body"]) == (200, "ok")


async def test_webhook_none_sends_nothing(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "pay", amount=1000, webhook="none")
    await asyncio.sleep(0.2)
    assert (receiver.got, await shop.deliveries("p1")) == ([], [])


async def test_default_is_one_webhook(shop: Shop, receiver: Receiver) -> None:
    await shop.http.post("/control/payments/p1", json={"action": "pay", "amount": 1000})
    await receiver.until(1)
    assert len(await shop.settled("p1")) == len(receiver.got) == 1


async def test_webhook_twice_has_one_id_and_one_body(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "pay", amount=1000, webhook="twice")
    first, second = await receiver.until(2)
    assert (first.id, first.raw) == (second.id, second.raw)


async def test_late_webhook_comes_late(shop: Shop, receiver: Receiver) -> None:
    async with running(
        replace(shop.config, file=shop.config.file.with_name("late.db"), late_webhook_seconds=1.0)
    ) as it:
        started = time.monotonic()
        await it.act("p1", "pay", amount=1000, webhook="late")
        assert receiver.got == []
        await receiver.until(1)
        assert time.monotonic() - started >= 1.0


async def test_forged_webhook_is_sent_once_and_does_not_verify(shop: Shop, receiver: Receiver) -> None:
    receiver.answers.append(400)
    await shop.act("p1", "pay", amount=1000, webhook="forged")
    [got] = await receiver.until(1)
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Webhook(SECRET).verify(got.raw, got.headers)
    [item] = await shop.settled("p1")
    assert (item["status"], item["executions"], item["forged"]) == ("FAILED_NOT_OK_RESPONSE", 1, True)
    assert len(receiver.got) == 1


async def test_webhook_before_redirect_is_answered_before_the_action(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "pay", amount=1000, webhook="before_redirect")
    assert receiver.types() == ["Transaction.Paid"]
    [item] = await shop.deliveries("p1")
    assert (item["status"], item["executions"]) == ("SUCCEEDED", 1)


async def test_refused_webhook_before_redirect_is_followed_up(shop: Shop, receiver: Receiver) -> None:
    receiver.answers.append(503)
    await shop.act("p1", "pay", amount=1000, webhook="before_redirect")
    assert len(receiver.got) == 1
    await receiver.until(2)
    assert [item["status"] for item in await shop.settled("p1")] == ["SUCCEEDED"]


async def test_out_of_order_tells_the_older_event_afterwards(shop: Shop, receiver: Receiver) -> None:
    failed = (await shop.act("p1", "fail", amount=1000)).json()
    await shop.act("p1", "pay", webhook="out_of_order")
    paid, older = [got.body for got in await receiver.until(2)]
    assert (paid["type"], older["type"]) == ("Transaction.Paid", "Transaction.Failed")
    assert older["timestamp"][:23] == failed["updatedAt"][:23] < paid["timestamp"][:23]
    assert older["data"]["transactionId"] == failed["transactionId"] != paid["data"]["transactionId"]
    await shop.act("p2", "pay", amount=1, webhook="out_of_order")
    paid, older = [got.body for got in (await receiver.until(4))[2:]]
    assert (paid["type"], older["type"]) == ("Transaction.Paid", "Transaction.Ready")
    assert older["timestamp"] < paid["timestamp"]


async def test_refused_webhook_comes_again_with_a_fresh_signature(shop: Shop, receiver: Receiver) -> None:
    receiver.answers.extend([500, 302, 204])
    await shop.act("p1", "pay", amount=1000, webhook="send")
    got = await receiver.until(4)
    assert len({(one.id, one.raw) for one in got}) == 1
    for one in got:
        Webhook(SECRET).verify(one.raw, one.headers)
    [item] = await shop.settled("p1")
    assert (item["status"], item["executions"]) == ("SUCCEEDED", 4)
    assert [attempt["response"]["code"] for attempt in item["attempts"]] == [500, 302, 204, 200]
    stamps = [int(one.headers["webhook-timestamp"]) for one in got]
    # 0.05 s is the unit here: the waits 1 + 4 + 16 units alone are more than a second.
    assert stamps[-1] > stamps[0]
    assert len({one.headers["webhook-signature"] for one in got}) == len(set(stamps))


async def test_webhook_is_given_up_after_five_follow_ups_and_can_be_resent(shop: Shop, receiver: Receiver) -> None:
    receiver.answers.extend([500] * 6)
    # The waits of all follow-ups are 341 units together.
    async with running(
        replace(shop.config, file=shop.config.file.with_name("quick.db"), retry_unit_seconds=0.001)
    ) as it:
        await it.act("p1", "pay", amount=1000, webhook="send")
        await receiver.until(6)
        [item] = await it.settled("p1")
        assert (item["status"], item["executions"], item["next_attempt_at"]) == ("FAILED_NOT_OK_RESPONSE", 6, None)
        answer = await it.http.post(f"/control/webhooks/{item['id']}/resend")
        assert (answer.status_code, answer.json()["id"], answer.json()["trigger"]) == (200, item["id"], "MANUAL")
        got = await receiver.until(7)
        assert (got[6].id, got[6].raw) == (got[0].id, got[0].raw)
        assert [one["status"] for one in await it.settled("p1")] == ["FAILED_NOT_OK_RESPONSE", "SUCCEEDED"]
        assert said(await it.http.post("/control/webhooks/wh_unknown/resend")) == (404, "WEBHOOK_NOT_FOUND")


async def test_deposit_webhook_names_its_trigger(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "issue_virtual_account", amount=1000, webhook="send")
    await shop.act("p1", "deposit", webhook="send")
    await receiver.until(2)
    assert sorted(receiver.types()) == ["Transaction.Paid", "Transaction.VirtualAccountIssued"]
    assert [item["trigger"] for item in await shop.settled("p1")] == [None, "VIRTUAL_ACCOUNT_DEPOSIT"]


async def test_hundred_payments_give_hundred_webhooks(shop: Shop, receiver: Receiver) -> None:
    await asyncio.gather(*[shop.act(f"p{number}", "pay", amount=1, webhook="send") for number in range(100)])
    got = await receiver.until(100)
    assert {one.body["data"]["paymentId"] for one in got} == {f"p{number}" for number in range(100)}
    assert len(got) == 100
