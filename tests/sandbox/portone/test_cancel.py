import asyncio
from typing import Any

import pytest

from tests.sandbox.support import Receiver, Shop, said

ACCOUNT = {"bank": "KOOKMIN", "number": "12345678901234", "holderName": "김골프"}


async def test_partial_then_full_cancel_adds_up(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=12900)
    parts = [
        (await shop.cancel("p1", amount=900, currentCancellableAmount=12900)).json()["cancellation"],
        (await shop.cancel("p1", amount=7000, currentCancellableAmount=12000)).json()["cancellation"],
    ]
    halfway = await shop.payment("p1")
    assert (halfway["status"], halfway["amount"]["cancelled"]) == ("PARTIAL_CANCELLED", 7900)
    parts.append((await shop.cancel("p1", currentCancellableAmount=5000)).json()["cancellation"])
    payment = await shop.payment("p1")
    assert [part["totalAmount"] for part in parts] == [900, 7000, 5000]
    assert [part["vatAmount"] for part in parts] == [82, 636, 455]
    assert (payment["status"], payment["amount"]["cancelled"], payment["amount"]["vat"]) == ("CANCELLED", 12900, 1173)
    assert payment["cancellations"] == parts
    assert payment["cancelledAt"] == parts[2]["cancelledAt"] == payment["statusChangedAt"]
    assert {(part["status"], part["trigger"], part["reason"]) for part in parts} == {
        ("SUCCEEDED", "API", "단순 변심 R-1")
    }
    assert (payment["paidAt"], "disputes" in payment) == (halfway["paidAt"], False)
    assert said(await shop.cancel("p1")) == (409, "PAYMENT_ALREADY_CANCELLED")


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"currentCancellableAmount": 999}, (409, "CANCELLABLE_AMOUNT_CONSISTENCY_BROKEN")),
        ({"amount": 1001}, (409, "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT")),
        ({"amount": 100, "taxFreeAmount": 1}, (409, "CANCEL_TAX_FREE_AMOUNT_EXCEEDS_CANCELLABLE_TAX_FREE_AMOUNT")),
        ({"amount": 100, "vatAmount": 101}, (409, "SUM_OF_PARTS_EXCEEDS_CANCEL_AMOUNT")),
        ({"amount": 100, "vatAmount": 92}, (409, "CANCEL_TAX_AMOUNT_EXCEEDS_CANCELLABLE_TAX_AMOUNT")),
        ({"amount": 0}, (400, "INVALID_REQUEST")),
        ({"amount": "100"}, (400, "INVALID_REQUEST")),
        ({"reason": ""}, (400, "INVALID_REQUEST")),
        ({"reason": None}, (400, "INVALID_REQUEST")),
        ({"skipWebhook": "yes"}, (400, "INVALID_REQUEST")),
    ],
)
async def test_cancel_that_does_not_fit_changes_nothing(
    shop: Shop, fields: dict[str, Any], answer: tuple[int, str]
) -> None:
    paid = (await shop.act("p1", "pay", amount=1000)).json()
    assert said(await shop.cancel("p1", **fields)) == answer
    assert await shop.payment("p1") == paid


async def test_cancel_of_what_is_not_paid_is_refused(shop: Shop) -> None:
    assert said(await shop.cancel("p1")) == (404, "PAYMENT_NOT_FOUND")
    await shop.act("p1", "fail", amount=1000)
    assert said(await shop.cancel("p1")) == (409, "PAYMENT_NOT_PAID")


async def test_ten_cancels_with_one_balance_at_once_cancel_once(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    answers = await asyncio.gather(*[shop.cancel("p1", amount=100, currentCancellableAmount=1000) for _ in range(10)])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
    assert (await shop.payment("p1"))["amount"]["cancelled"] == 100


async def test_paid_virtual_account_needs_a_refund_account(shop: Shop) -> None:
    await shop.act("p1", "issue_virtual_account", amount=1000)
    assert said(await shop.cancel("p1", refundAccount=ACCOUNT)) == (409, "PAYMENT_NOT_PAID")
    await shop.act("p1", "deposit")
    assert said(await shop.cancel("p1")) == (400, "INVALID_REQUEST")
    wrong = {**ACCOUNT, "bank": "국민"}
    assert said(await shop.cancel("p1", refundAccount=wrong)) == (400, "INVALID_REQUEST")
    assert (await shop.payment("p1"))["status"] == "PAID"
    assert (await shop.cancel("p1", refundAccount=ACCOUNT)).json()["cancellation"]["totalAmount"] == 1000
    assert (await shop.payment("p1"))["method"]["refundStatus"] == "COMPLETED"


async def test_cancel_is_told_by_webhook_unless_skipped(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.cancel("p1", amount=100, skipWebhook=True)
    second = (await shop.cancel("p1", amount=200)).json()["cancellation"]
    last = (await shop.cancel("p1")).json()["cancellation"]
    await receiver.until(2)
    told = {(got.body["type"], got.body["data"]["cancellationId"]) for got in receiver.got}
    assert told == {("Transaction.PartialCancelled", second["id"]), ("Transaction.Cancelled", last["id"])}
    assert len(await shop.settled("p1")) == 2


async def test_console_cancel_is_told_by_webhook(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "pay", amount=1000)
    part = (await shop.act("p1", "cancel", amount=300, webhook="send")).json()
    assert [(c["trigger"], c["totalAmount"]) for c in part["cancellations"]] == [("CONSOLE", 300)]
    [got] = await receiver.until(1)
    assert got.body["type"] == "Transaction.PartialCancelled"
    assert got.body["data"]["cancellationId"] == part["cancellations"][0]["id"]
    assert (await shop.act("p1", "cancel")).json()["amount"]["cancelled"] == 1000
    assert said(await shop.act("p1", "cancel")) == (409, "PAYMENT_ALREADY_CANCELLED")
    assert said(await shop.act("p1", "cancel", amount=0)) == (422, "VALIDATION_ERROR")


async def test_requested_cancel_holds_its_money_until_it_is_finished(shop: Shop, receiver: Receiver) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "cancel", "kind": "cancel_requested"})
    asked = (await shop.cancel("p1", amount=600)).json()["cancellation"]
    waiting = await shop.payment("p1")
    assert (asked["status"], waiting["status"], waiting["amount"]["cancelled"]) == ("REQUESTED", "PAID", 0)
    assert said(await shop.cancel("p1", amount=401)) == (409, "CANCEL_AMOUNT_EXCEEDS_CANCELLABLE_AMOUNT")
    done = (await shop.act("p1", "finish_cancel", webhook="send")).json()
    assert (done["status"], done["amount"]["cancelled"]) == ("PARTIAL_CANCELLED", 600)
    assert [(c["id"], c["status"]) for c in done["cancellations"]] == [(asked["id"], "SUCCEEDED")]
    await receiver.until(2)
    assert sorted(receiver.types()) == ["Transaction.CancelPending", "Transaction.PartialCancelled"]
    assert {got.body["data"]["cancellationId"] for got in receiver.got} == {asked["id"]}
    assert [item["trigger"] for item in await shop.settled("p1")] == [None, "ASYNC_CANCEL_APPROVED"]
    assert said(await shop.act("p1", "finish_cancel")) == (409, "NO_PENDING_CANCELLATION")


async def test_requested_cancel_that_fails_frees_its_money(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "cancel", "kind": "cancel_requested"})
    await shop.cancel("p1")
    assert (await shop.act("p1", "fail_cancel")).json()["status"] == "PAID"
    assert (await shop.cancel("p1", currentCancellableAmount=1000)).json()["cancellation"]["status"] == "SUCCEEDED"
    assert [c["status"] for c in (await shop.payment("p1"))["cancellations"]] == ["FAILED", "SUCCEEDED"]


async def test_failed_cancel_is_a_200_that_gave_nothing_back(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1000)
    await shop.faults({"operation": "cancel", "kind": "cancel_failed"})
    answer = await shop.cancel("p1")
    payment = await shop.payment("p1")
    assert (answer.status_code, answer.json()["cancellation"]["status"]) == (200, "FAILED")
    assert (payment["status"], payment["amount"]["cancelled"]) == ("PAID", 0)
    assert await shop.deliveries("p1") == []
