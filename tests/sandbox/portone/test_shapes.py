"""What the simulated PortOne answers has the form of the real one: moments, paths, currencies, channels, attempts."""

import re
from typing import Any

import httpx
import orjson
import pytest

from src.sandbox.__main__ import standalone
from tests.sandbox.support import Receiver, Shop, said

WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
EXACT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{8,9}Z")
RECEIPT: dict[str, Any] = {
    "paymentId": "p1",
    "channelKey": "channel-key-sandbox",
    "type": "PERSONAL",
    "orderName": "폴로 셔츠",
    "currency": "KRW",
    "amount": {"total": 1100},
    "customer": {"identityNumber": "01012345678", "identityNumberType": "PHONE"},
}

pytestmark = pytest.mark.fault("A16")


async def of_store(shop: Shop, method: str, path: str, **options: Any) -> httpx.Response:
    """A call of PortOne's REST interface outside /payments."""
    headers = {"Authorization": "PortOne api-secret"}
    return await shop.http.request(method, f"/portone{path}", headers=headers, **options)


async def asked(shop: Shop, path: str, ask: object) -> dict[str, Any]:
    answer = await of_store(shop, "GET", path, params={"requestBody": orjson.dumps(ask).decode()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_moments_of_a_pg_are_whole_seconds_and_those_of_portone_have_eight_or_nine_digits(shop: Shop) -> None:
    seen = [(await shop.act("p1", "fail", amount=500)).json(), (await shop.act("p1", "pay")).json()]
    seen.append((await shop.act("p2", "issue_virtual_account", amount=500)).json())
    seen.append((await shop.act("p2", "deposit")).json())
    await shop.cancel("p1", amount=100)
    seen.append(await shop.payment("p1"))
    for payment in seen:
        for name in ("statusChangedAt", "paidAt", "failedAt", "cancelledAt"):
            assert name not in payment or WHOLE.fullmatch(payment[name]), (name, payment[name])
        for name in ("requestedAt", "updatedAt"):
            assert EXACT.fullmatch(payment[name]), (name, payment[name])
        assert payment["statusChangedAt"][:-1] <= payment["updatedAt"]
    assert all(name in {key for payment in seen for key in payment} for name in ("paidAt", "failedAt", "cancelledAt"))


async def test_a_failed_payment_has_no_transaction_at_the_pg(shop: Shop) -> None:
    pending = (await shop.act("p1", "pay_pending", amount=500)).json()
    assert pending["pgTxId"]
    assert "pgTxId" not in (await shop.act("p1", "fail")).json()
    assert (await shop.act("p1", "pay")).json()["pgTxId"]


@pytest.mark.parametrize("payment_id", ["p1", "a%2Fb", "a%2Ftransactions"])
async def test_what_hangs_on_a_payment_is_no_part_of_its_id(shop: Shop, payment_id: str) -> None:
    await shop.act(payment_id, "pay", amount=500)
    assert (await shop.payment(payment_id))["status"] == "PAID"
    assert [item["status"] for item in (await shop.rest("GET", f"/{payment_id}/transactions")).json()["items"]] == [
        "PAID"
    ]
    assert said(await shop.rest("GET", f"/{payment_id}/cash-receipt")) == (404, "CASH_RECEIPT_NOT_FOUND")
    for path in ("nothing", "cancel/more", "transactions/1"):
        assert said(await shop.rest("GET", f"/{payment_id}/{path}")) == (404, "NOT_FOUND")
    assert (await shop.rest("GET", f"/{payment_id}/cancel")).status_code == 405
    assert (await shop.rest("POST", f"/{payment_id}/transactions", json={})).status_code == 405


async def test_every_attempt_is_told_with_the_id_of_its_own(shop: Shop) -> None:
    failed = (await shop.act("p1", "fail", amount=500)).json()
    paid = (await shop.act("p1", "pay")).json()
    items = (await shop.rest("GET", "/p1/transactions")).json()["items"]
    assert [(item["id"], item["paymentId"], item["status"]) for item in items] == [
        (failed["transactionId"], "p1", "FAILED"),
        (paid["transactionId"], "p1", "PAID"),
    ]
    assert all("transactionId" not in item for item in items)
    assert said(await shop.rest("GET", "/p9/transactions")) == (404, "PAYMENT_NOT_FOUND")


async def window(shop: Shop, **changes: Any) -> httpx.Response:
    query = {
        "storeId": "store-1",
        "paymentId": "p1",
        "channelKey": "channel-key-sandbox",
        "orderName": "폴로 셔츠",
        "totalAmount": "500",
        "payMethod": "CARD",
    }
    return await shop.http.get("/portone/window", params={**query, **changes})


async def test_the_currency_of_the_registration_is_kept_and_compared(shop: Shop) -> None:
    answer = await shop.rest("POST", "/p1/pre-register", json={"totalAmount": 500, "currency": "USD"})
    assert answer.status_code == 200
    refused = await window(shop)
    assert (refused.status_code, "AmountNotEqualToPredefined" in refused.text) == (409, True)
    assert (await window(shop, currency="CURRENCY_USD")).status_code == 200
    assert (await shop.payment("p1"))["currency"] == "USD"
    await shop.rest("POST", "/p2/pre-register", json={"totalAmount": 500, "currency": "JPY"})
    assert (await shop.act("p2", "pay")).json()["currency"] == "JPY"
    bad = await shop.rest("POST", "/p3/pre-register", json={"totalAmount": 500, "currency": "won"})
    assert said(bad) == (400, "INVALID_REQUEST")


@pytest.mark.parametrize("key", ["channel-key-1", "channel-key-sandbox ", "CHANNEL-KEY-SANDBOX"])
async def test_an_unknown_channel_is_refused(shop: Shop, key: str) -> None:
    refused = await window(shop, channelKey=key, redirectUrl="http://shop.test/done")
    assert (refused.status_code, "ChannelNotFound" in refused.text) == (404, True)
    assert said(await shop.rest("GET", "/p1")) == (404, "PAYMENT_NOT_FOUND")
    assert said(await of_store(shop, "POST", "/cash-receipts", json={**RECEIPT, "channelKey": key})) == (
        404,
        "CHANNEL_NOT_FOUND",
    )


async def test_a_cursor_goes_through_all_payments_once_while_others_come_in(shop: Shop) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in names:
        await shop.act(name, "pay", amount=500)
    await shop.register("p9", 500)
    seen, cursor = [], None
    while True:
        ask = {"size": 2, **({"cursor": cursor} if cursor else {})}
        items = (await asked(shop, "/payments-by-cursor", ask))["items"]
        if not items:
            break
        seen += [item["payment"]["id"] for item in items]
        cursor = items[-1]["cursor"]
        await shop.cancel(seen[0], amount=1)  # changes nothing about its place
    assert seen == names
    for wrong in ("x", "bm90aGluZw", ""):
        answer = await of_store(shop, "GET", "/payments-by-cursor", params={"requestBody": f'{{"cursor":"{wrong}"}}'})
        assert said(answer) == (400, "INVALID_REQUEST")


async def test_events_by_cursor_tell_what_was_paid_and_what_went_back(shop: Shop) -> None:
    await shop.act("p1", "fail", amount=500)
    await shop.act("p1", "pay")
    await shop.cancel("p1", amount=200)
    await shop.cancel("p1")
    items = (await asked(shop, "/payment-events-by-cursor", {"size": 2}))["items"]
    rest = (await asked(shop, "/payment-events-by-cursor", {"cursor": items[-1]["cursor"]}))["items"]
    events = [item["paymentEvent"] for item in items + rest]
    assert [(event["type"], event["eventAmount"], event["paymentId"]) for event in events] == [
        ("PAID", 500, "p1"),
        ("PARTIAL_CANCELLED", -200, "p1"),
        ("CANCELLED", -300, "p1"),
    ]
    assert events[1]["cancellation"]["totalAmount"] == 200
    assert len({event["id"] for event in events}) == 3


async def test_a_cash_receipt_is_issued_once_shown_and_cancelled(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=1100, pay_method="TRANSFER")
    issued = (await of_store(shop, "POST", "/cash-receipts", json=RECEIPT)).json()["cashReceipt"]
    assert set(issued) == {"issueNumber", "url", "pgReceiptId"}
    assert said(await of_store(shop, "POST", "/cash-receipts", json=RECEIPT)) == (409, "CASH_RECEIPT_ALREADY_ISSUED")
    receipt = (await shop.rest("GET", "/p1/cash-receipt")).json()
    assert (receipt["status"], receipt["amount"], receipt["vatAmount"], receipt["isManual"]) == (
        "ISSUED",
        1100,
        100,
        True,
    )
    assert (await shop.payment("p1"))["cashReceipt"]["issueNumber"] == issued["issueNumber"]
    assert "01012345678" not in orjson.dumps(receipt).decode()

    cancelled = await shop.rest("POST", "/p1/cash-receipt/cancel")
    assert cancelled.json()["cancelledAmount"] == 1100
    assert said(await shop.rest("POST", "/p1/cash-receipt/cancel")) == (404, "CASH_RECEIPT_NOT_ISSUED")
    assert said(await shop.rest("POST", "/p2/cash-receipt/cancel")) == (404, "CASH_RECEIPT_NOT_FOUND")
    await of_store(shop, "POST", "/cash-receipts", json={**RECEIPT, "paymentId": "outside"})
    for statuses, expected in ((["CANCELLED"], ["p1"]), (["ISSUED"], ["outside"]), (None, ["p1", "outside"])):
        found = await asked(shop, "/cash-receipts", {"filter": {"statuses": statuses}, "sort": {"order": "ASC"}})
        assert sorted(item["paymentId"] for item in found["items"]) == sorted(expected)
        assert found["page"]["totalCount"] == len(expected)


async def test_a_webhook_is_sent_again_by_hand_a_few_times(shop: Shop, receiver: Receiver) -> None:
    assert said(await shop.rest("POST", "/p1/resend-webhook", json={})) == (404, "PAYMENT_NOT_FOUND")
    await shop.act("p1", "fail", amount=500, webhook="send")
    await shop.act("p1", "pay", webhook="send")
    first, newest = [got.id for got in await receiver.until(2)]
    assert said(await shop.rest("POST", "/p1/resend-webhook", json={"webhookId": "wh_other"})) == (
        404,
        "WEBHOOK_NOT_FOUND",
    )
    webhook = (await shop.rest("POST", "/p1/resend-webhook", json={})).json()["webhook"]
    assert (webhook["id"], webhook["paymentStatus"], webhook["trigger"]) == (newest, "PAID", "MANUAL")
    await shop.rest("POST", "/p1/resend-webhook", json={"webhookId": first})
    assert sorted(got.id for got in await receiver.until(4)) == sorted([first, newest] * 2)
    again = [await shop.rest("POST", "/p1/resend-webhook", json={"webhookId": first}) for _ in range(4)]
    assert [answer.status_code for answer in again] == [200] * 4
    assert said(await shop.rest("POST", "/p1/resend-webhook", json={"webhookId": first})) == (
        400,
        "MAX_WEBHOOK_RETRY_COUNT_REACHED",
    )


async def authorized(shop: Shop) -> str:
    """A payment of 500 won on the channel with manual approval; its token, as the browser got it."""
    query = {"channelKey": "channel-key-sandbox-manual", "redirectUrl": "http://shop.test/done"}
    await window(shop, **query)
    form = {
        "storeId": "store-1",
        "paymentId": "p1",
        "orderName": "폴로 셔츠",
        "totalAmount": "500",
        "payMethod": "CARD",
        "do": "pay",
        **query,
    }
    answer = await shop.http.post("/portone/window", data=form)
    assert answer.status_code == 303, answer.text
    return httpx.URL(answer.headers["location"]).params["paymentToken"]


async def test_a_manual_approval_is_paid_by_confirming(shop: Shop, receiver: Receiver) -> None:
    token = await authorized(shop)
    ready = await shop.payment("p1")
    assert (ready["status"], "paidAt" in ready) == ("READY", False)
    wrong = {"totalAmount": 501, "currency": "USD", "taxFreeAmount": 1, "isTest": False, "txId": "another"}
    for name, value in wrong.items():
        answer = await shop.rest("POST", "/p1/confirm", json={"paymentToken": token, name: value})
        assert said(answer) == (409, "INFORMATION_MISMATCH"), name
    assert said(await shop.rest("POST", "/p1/confirm", json={"paymentToken": "t"})) == (400, "INVALID_PAYMENT_TOKEN")
    assert said(await shop.rest("POST", "/p9/confirm", json={"paymentToken": token})) == (404, "PAYMENT_NOT_FOUND")

    right = {"paymentToken": token, "totalAmount": 500, "currency": "KRW", "txId": ready["transactionId"]}
    told = (await shop.rest("POST", "/p1/confirm", json=right)).json()

    paid = await shop.payment("p1")
    assert (paid["status"], told) == ("PAID", {"pgTxId": paid["pgTxId"], "paidAt": paid["paidAt"]})
    assert said(await shop.rest("POST", "/p1/confirm", json=right)) == (409, "ALREADY_PAID")
    await receiver.until(2)
    assert receiver.types()[-1] == "Transaction.Paid"


async def test_portone_answers_at_an_origin_of_its_own(shop: Shop) -> None:
    await shop.act("p1", "pay", amount=500)
    transport = httpx.ASGITransport(app=standalone(shop.sandbox))
    headers = {"Authorization": "PortOne api-secret"}
    async with httpx.AsyncClient(transport=transport, base_url="http://portone.test", headers=headers) as portone:
        assert (await portone.get("/payments/p1")).json() == await shop.payment("p1")
        assert (await portone.get("/payments/a%2Fb/transactions")).json()["type"] == "PAYMENT_NOT_FOUND"
        assert (await portone.get("/payments-by-cursor")).status_code == 200
        cancelled = await portone.post("/payments/p1/cancel", json={"reason": "r"})
        assert cancelled.json()["cancellation"]["status"] == "SUCCEEDED"
        for path in ("/v2/browser-sdk.js", "/browser-sdk.js"):
            script = await portone.get(path)
            assert script.headers["content-type"].startswith("text/javascript")
            assert '"http://portone.test/portone"' in script.text
        assert (await portone.get("/sandbox/portone/payments/p1")).status_code == 200


async def test_the_window_may_stand_in_a_frame_and_the_rest_of_the_sandbox_may_not(shop: Shop) -> None:
    assert "frame-ancestors *" in (await window(shop)).headers["content-security-policy"]
    assert "frame-ancestors" not in (await shop.http.get("/")).headers["content-security-policy"]


async def test_the_way_back_from_a_frame_escapes_what_it_was_told(shop: Shop) -> None:
    hostile = "'\"><script>alert(1)</script>"
    page = await shop.http.get("/portone/return", params={"paymentId": "p1", "message": hostile, "origin": hostile})
    assert page.text.count("<script") == 1
    assert "script-src 'self'" in page.headers["content-security-policy"]
