from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.sandbox.support import Receiver, Shop, said

HOSTILE = "\"><script>alert('x')</script>&amp;{{7*7}}"


def query(**changes: Any) -> dict[str, Any]:
    return {
        "storeId": "store-1",
        "paymentId": "p1",
        "channelKey": "channel-key-sandbox",
        "orderName": "폴로 셔츠 외 2건",
        "totalAmount": "12900",
        "currency": "KRW",
        "payMethod": "CARD",
        "customerName": "김골프",
        **changes,
    }


async def open_window(shop: Shop, **changes: Any) -> httpx.Response:
    return await shop.http.get("/portone/window", params=query(**changes))


async def click(shop: Shop, do: str, **changes: Any) -> httpx.Response:
    return await shop.http.post("/portone/window", data={**query(**changes), "do": do})


async def test_opening_makes_the_payment_ready_and_tells_it(shop: Shop, receiver: Receiver) -> None:
    await shop.register("p1", 12900)
    page = await open_window(shop, redirectUrl="http://shop.test/done")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for words in ("결제하기", "Pay", "결제 실패", "Fail", "창 닫기", "Close", "12,900", "폴로 셔츠 외 2건", "김골프"):
        assert words in page.text
    assert "가상계좌 발급" not in page.text
    assert 'action="/sandbox/portone/window"' in page.text
    payment = await shop.payment("p1")
    assert (payment["status"], payment["orderName"]) == ("READY", "폴로 셔츠 외 2건")
    assert (payment["customer"], payment["channel"]["key"]) == ({"name": "김골프"}, "channel-key-sandbox")
    [got] = await receiver.until(1)
    assert got.body["type"] == "Transaction.Ready"
    assert got.body["data"]["transactionId"] == payment["transactionId"]


async def test_pay_click_redirects_with_the_payment_id_alone(shop: Shop, receiver: Receiver) -> None:
    await open_window(shop)
    ready = await shop.payment("p1")
    answer = await click(
        shop, "pay", redirectUrl="http://shop.test/done?step=3&paymentId=old", webhook="before_redirect"
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "http://shop.test/done?step=3&paymentId=p1")
    paid = await shop.payment("p1")
    assert (paid["status"], paid["transactionId"]) == ("PAID", ready["transactionId"])
    assert "Transaction.Paid" in receiver.types()


@pytest.mark.parametrize(
    ("do", "pg_code", "status"), [("fail", "REJECT_CARD_PAYMENT", "FAILED"), ("close", "PAY_PROCESS_CANCELED", "READY")]
)
async def test_fail_and_close_redirect_with_a_code(shop: Shop, do: str, pg_code: str, status: str) -> None:
    await open_window(shop)
    answer = await click(shop, do, redirectUrl="https://shop.test/done")
    told = parse_qs(urlsplit(answer.headers["location"]).query)
    assert answer.status_code == 303
    assert (told["paymentId"], told["code"], told["pgCode"]) == (["p1"], ["PGProviderError"], [pg_code])
    assert set(told) == {"paymentId", "code", "message", "pgCode", "pgMessage"}
    assert (await shop.payment("p1"))["status"] == status


async def test_window_opened_after_a_failure_is_a_new_attempt(shop: Shop) -> None:
    await open_window(shop)
    await click(shop, "fail")
    failed = await shop.payment("p1")
    await open_window(shop)
    ready = await shop.payment("p1")
    assert (ready["status"], "failure" in ready) == ("READY", False)
    assert ready["transactionId"] != failed["transactionId"]


async def test_click_without_redirect_address_shows_the_end(shop: Shop) -> None:
    await open_window(shop)
    page = await click(shop, "pay")
    assert page.status_code == 200
    assert "결제 완료" in page.text
    assert 'name="do"' not in page.text


async def test_virtual_account_is_issued_and_deposited_by_clicks(shop: Shop) -> None:
    page = await open_window(shop, payMethod="VIRTUAL_ACCOUNT")
    assert "가상계좌 발급" in page.text
    assert "결제하기" not in page.text
    issued = await click(shop, "issue_virtual_account", payMethod="VIRTUAL_ACCOUNT")
    assert (await shop.payment("p1"))["method"]["accountNumber"] in issued.text
    assert 'value="deposit"' in issued.text
    assert 'value="deposit"' in (await open_window(shop, payMethod="VIRTUAL_ACCOUNT")).text
    await click(shop, "deposit", payMethod="VIRTUAL_ACCOUNT")
    assert (await shop.payment("p1"))["status"] == "PAID"


async def test_amount_other_than_registered_is_told_and_opens_nothing(shop: Shop) -> None:
    await shop.register("p1", 12900)
    for answer in (
        await open_window(shop, totalAmount="100", redirectUrl="http://shop.test/done"),
        await shop.http.get("/portone/window", params=query(totalAmount="100", redirectUrl="http://shop.test/done")),
    ):
        assert answer.status_code == 409
        assert "AmountNotEqualToPredefined" in answer.text
        assert "http://shop.test/done?paymentId=p1&amp;code=AmountNotEqualToPredefined" in answer.text
    assert (await click(shop, "pay", totalAmount="100")).status_code == 409
    assert said(await shop.rest("GET", "/p1")) == (404, "PAYMENT_NOT_FOUND")


async def test_paid_payment_offers_only_the_way_back(shop: Shop) -> None:
    paid = (await shop.act("p1", "pay", amount=12900)).json()
    page = await open_window(shop, redirectUrl="http://shop.test/done")
    assert "code=PaymentAlreadyPaid" in page.text
    assert 'name="do"' not in page.text
    assert (await click(shop, "pay")).status_code == 409
    assert await shop.payment("p1") == paid


async def test_fault_chosen_in_the_window_hits_this_payment_once(shop: Shop) -> None:
    await open_window(shop)
    await click(shop, "pay", fault="get:error_500")
    assert (await shop.rest("GET", "/p1")).status_code == 500
    assert (await shop.payment("p1"))["status"] == "PAID"


@pytest.mark.parametrize("field", ["orderName", "customerName", "customerEmail", "customData", "channelKey"])
async def test_hostile_text_is_only_text(shop: Shop, field: str) -> None:
    for answer in (await open_window(shop, **{field: HOSTILE}), await click(shop, "pay", **{field: HOSTILE})):
        assert answer.status_code == (404 if field == "channelKey" else 200)
        assert "<script" not in answer.text
        assert "49" not in answer.text.replace(
            answer.text[answer.text.index("<style>") : answer.text.index("</style>")], ""
        )
    assert "<script" not in (await shop.http.get("/portone/receipts/p1")).text


async def test_hostile_return_address_is_escaped(shop: Shop) -> None:
    page = await open_window(shop, redirectUrl="http://shop.test/?a=\"><script>alert('x')</script>")
    assert page.status_code == 200
    assert "<script" not in page.text
    await click(shop, "pay")
    page = await open_window(shop, redirectUrl="http://shop.test/?a=\"><script>alert('x')</script>")
    assert "<script" not in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"redirectUrl": "javascript:alert(1)"},
        {"redirectUrl": "//shop.test/done"},
        {"redirectUrl": "http://"},
        {"redirectUrl": "http://shop.test:99999999/"},
        {"redirectUrl": "http://shop.test/\r\nX: 1"},
        {"totalAmount": "1e3"},
        {"totalAmount": "١٢"},
        {"totalAmount": "1000000000001"},
        {"paymentId": "x" * 65},
        {"paymentId": "\x00"},
        {"payMethod": "GOLD"},
        {"orderName": ""},
        {"storeId": "store-2"},
    ],
)
async def test_window_asked_for_nonsense_does_not_open(shop: Shop, changes: dict[str, str]) -> None:
    assert (await open_window(shop, **changes)).status_code in (400, 404)
    assert (await click(shop, "pay", **changes)).status_code in (400, 404)
    assert said(await shop.rest("GET", "/p1")) == (404, "PAYMENT_NOT_FOUND")


async def test_pages_load_nothing_from_outside(shop: Shop) -> None:
    page = await open_window(shop)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert "src=" not in page.text
