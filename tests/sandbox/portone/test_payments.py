import asyncio
from typing import Any

import pytest

from tests.sandbox.support import Shop, said


async def test_registered_payment_without_a_window_is_not_found(shop: Shop) -> None:
    assert (await shop.register("p1", 12900)).json() == {}
    assert said(await shop.rest("GET", "/p1")) == (404, "PAYMENT_NOT_FOUND")
    assert said(await shop.http.get("/control/payments/p1")) == (404, "PAYMENT_NOT_FOUND")


async def test_paying_the_registered_amount_shows_the_documented_object(shop: Shop) -> None:
    await shop.register("p1", 12900)
    done = (await shop.act("p1", "pay")).json()
    payment = await shop.payment("p1")
    assert payment == done == (await shop.http.get("/control/payments/p1")).json()
    assert payment["amount"] == {
        "total": 12900,
        "taxFree": 0,
        "vat": 1173,
        "supply": 11727,
        "discount": 0,
        "paid": 12900,
        "cancelled": 0,
        "cancelledTaxFree": 0,
    }
    assert (payment["status"], payment["id"], payment["storeId"]) == ("PAID", "p1", "store-1")
    assert (payment["version"], payment["currency"], payment["channel"]["type"]) == ("V2", "KRW", "TEST")
    assert (payment["method"]["type"], payment["disputes"]) == ("PaymentMethodCard", [])
    assert payment["receiptUrl"] == "http://sandbox.test/sandbox/portone/receipts/p1"
    assert payment["paidAt"] == payment["statusChangedAt"]
    assert not {"failure", "failedAt", "cancellations", "cancelledAt"} & payment.keys()


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({"action": "pay"}, (409, "PAYMENT_NOT_REGISTERED")),
        ({"action": "fail"}, (409, "PAYMENT_NOT_REGISTERED")),
        ({"action": "deposit"}, (404, "PAYMENT_NOT_FOUND")),
        ({"action": "cancel"}, (404, "PAYMENT_NOT_FOUND")),
        ({"action": "finish_cancel"}, (404, "PAYMENT_NOT_FOUND")),
        ({"action": "pay_other_amount"}, (422, "VALIDATION_ERROR")),
        ({"action": "dance"}, (422, "VALIDATION_ERROR")),
        ({"action": "pay", "amount": 10**12 + 1}, (422, "VALIDATION_ERROR")),
        ({"action": "pay", "amount": 1, "price": 1}, (422, "VALIDATION_ERROR")),
    ],
)
async def test_action_that_cannot_be_on_an_unknown_payment_is_refused(
    shop: Shop, fields: dict[str, Any], answer: tuple[int, str]
) -> None:
    assert said(await shop.http.post("/control/payments/p1", json=fields)) == answer
    assert said(await shop.rest("GET", "/p1")) == (404, "PAYMENT_NOT_FOUND")


async def test_pay_with_an_amount_creates_an_unknown_payment(shop: Shop) -> None:
    assert (await shop.act("p1", "pay", amount=500)).json()["amount"]["paid"] == 500


async def test_pay_with_another_amount_than_registered_is_refused_but_pay_other_amount_is_not(shop: Shop) -> None:
    await shop.register("p1", 12900)
    assert said(await shop.act("p1", "pay", amount=100)) == (409, "AMOUNT_DIFFERS_FROM_REGISTERED")
    assert (await shop.act("p1", "pay_other_amount", amount=100)).json()["amount"]["total"] == 100


async def test_second_pay_is_refused_and_registration_after_it_too(shop: Shop) -> None:
    first = (await shop.act("p1", "pay", amount=500)).json()
    assert said(await shop.act("p1", "pay", amount=500)) == (409, "ALREADY_PAID")
    assert said(await shop.act("p1", "fail")) == (409, "ALREADY_PAID")
    assert said(await shop.register("p1", 500)) == (409, "ALREADY_PAID")
    assert await shop.payment("p1") == first


async def test_twenty_payers_at_once_pay_once(shop: Shop) -> None:
    await shop.register("p1", 500)
    answers = await asyncio.gather(*[shop.act("p1", "pay") for _ in range(20)])
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 19


async def test_failed_payment_can_be_paid_with_a_new_transaction(shop: Shop) -> None:
    await shop.register("p1", 500)
    failed = (await shop.act("p1", "fail")).json()
    assert failed["failure"] == {
        "reason": "카드사에서 승인을 거절했습니다.",
        "pgCode": "REJECT_CARD_PAYMENT",
        "pgMessage": "한도초과 혹은 잔액부족",
    }
    assert failed["failedAt"] == failed["statusChangedAt"]
    paid = (await shop.act("p1", "pay")).json()
    assert paid["transactionId"] != failed["transactionId"]
    assert paid["updatedAt"] > failed["updatedAt"]
    assert (paid["requestedAt"], "failure" in paid) == (failed["requestedAt"], False)


async def test_pending_payment_is_paid_with_the_same_transaction(shop: Shop) -> None:
    pending = (await shop.act("p1", "pay_pending", amount=500)).json()
    paid = (await shop.act("p1", "pay")).json()
    assert (pending["status"], paid["status"]) == ("PAY_PENDING", "PAID")
    assert (paid["transactionId"], paid["pgTxId"]) == (pending["transactionId"], pending["pgTxId"])


@pytest.mark.parametrize(
    ("pay_method", "type_"),
    [
        ("CARD", "PaymentMethodCard"),
        ("EASY_PAY", "PaymentMethodEasyPay"),
        ("TRANSFER", "PaymentMethodTransfer"),
        ("MOBILE", "PaymentMethodMobile"),
    ],
)
async def test_method_object_follows_the_pay_method(shop: Shop, pay_method: str, type_: str) -> None:
    assert (await shop.act("p1", "pay", amount=1, pay_method=pay_method)).json()["method"]["type"] == type_


async def test_virtual_account_is_issued_then_deposited_to(shop: Shop) -> None:
    await shop.register("p1", 500)
    issued = (await shop.act("p1", "issue_virtual_account", valid_hours=1)).json()
    assert (issued["status"], issued["amount"]["paid"], "paidAt" in issued) == ("VIRTUAL_ACCOUNT_ISSUED", 500, False)
    assert issued["method"]["type"] == "PaymentMethodVirtualAccount"
    assert said(await shop.act("p1", "pay")) == (409, "WAITING_FOR_DEPOSIT")
    paid = (await shop.act("p1", "deposit")).json()
    assert (paid["status"], paid["amount"]["paid"]) == ("PAID", 500)
    assert paid["method"]["accountNumber"] == issued["method"]["accountNumber"]
    assert paid["transactionId"] == issued["transactionId"]
    assert said(await shop.act("p1", "deposit")) == (409, "NOT_WAITING_FOR_DEPOSIT")


async def test_closed_virtual_account_takes_no_deposit(shop: Shop) -> None:
    await shop.act("p1", "issue_virtual_account", amount=500)
    closed = await shop.rest("POST", "/p1/virtual-account/close")
    payment = await shop.payment("p1")
    assert closed.json() == {"closedAt": payment["cancelledAt"]}
    assert (payment["status"], payment["cancellations"], "paidAt" in payment) == ("CANCELLED", [], False)
    assert said(await shop.act("p1", "deposit")) == (409, "NOT_WAITING_FOR_DEPOSIT")
    assert said(await shop.rest("POST", "/p1/virtual-account/close")) == (409, "PAYMENT_NOT_WAITING_FOR_DEPOSIT")


async def test_bank_closes_an_account_before_its_day(shop: Shop) -> None:
    assert said(await shop.act("p1", "close_account")) == (404, "PAYMENT_NOT_FOUND")
    await shop.act("p1", "issue_virtual_account", amount=500)
    closed = (await shop.act("p1", "close_account")).json()
    assert (closed["status"], closed["cancellations"]) == ("CANCELLED", [])
    assert closed == await shop.payment("p1")
    assert said(await shop.act("p1", "deposit")) == (409, "NOT_WAITING_FOR_DEPOSIT")
    assert said(await shop.act("p1", "close_account")) == (409, "NOT_WAITING_FOR_DEPOSIT")


@pytest.mark.parametrize("secret", ["", "PortOne", "PortOne wrong", "Bearer api-secret", "portone api-secret"])
async def test_wrong_authorization_is_401(shop: Shop, secret: str) -> None:
    await shop.act("p1", "pay", amount=500)
    assert said(await shop.rest("GET", "/p1", headers={"Authorization": secret})) == (401, "UNAUTHORIZED")


async def test_other_store_id_is_403(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=500)
    assert said(await shop.rest("GET", "/p1", params={"storeId": "store-2"})) == (403, "FORBIDDEN")
    assert said(await shop.cancel("p1", storeId="store-2")) == (403, "FORBIDDEN")
    assert (await shop.rest("GET", "/p1", params={"storeId": "store-1"})).status_code == 200


async def test_updates_are_strictly_later_each_time(shop: Shop) -> None:
    times = [(await shop.act("p1", "fail", amount=3)).json()["updatedAt"] for _ in range(5)]
    times.append((await shop.act("p1", "pay")).json()["updatedAt"])
    for _ in range(3):
        await shop.cancel("p1", amount=1)
        times.append((await shop.payment("p1"))["updatedAt"])
    moments = [(text[:19], text[20:-1].ljust(9, "0")) for text in times]
    assert moments == sorted(set(moments))


async def test_escaped_payment_id_is_found(shop: Shop) -> None:
    await shop.act("a%2Fb%20c", "pay", amount=500)
    assert (await shop.payment("a%2Fb%20c"))["id"] == "a/b c"
    assert (await shop.cancel("a%2Fb%20c")).status_code == 200
