"""Windows that payment companies would refuse do not open in the sandbox either."""

from typing import Any

import pytest

from tests.sandbox.support import Shop

NAVER: dict[str, Any] = {
    "storeId": "store-1",
    "channelKey": "channel-key-sandbox-naverpay",
    "paymentId": "pay-naver",
    "orderName": "골프공",
    "totalAmount": 100,
    "currency": "KRW",
    "payMethod": "EASY_PAY",
    "bypass": {
        "naverpay": {
            "productItems": [
                {"categoryType": "PRODUCT", "categoryId": "GENERAL", "uid": "7", "name": "골프공", "count": 1}
            ],
            "deliveryFee": 0,
        }
    },
}
KAKAO: dict[str, Any] = {
    **NAVER,
    "channelKey": "channel-key-sandbox-kakaopay",
    "paymentId": "pay-kakao",
    "bypass": None,
}
MOBILE: dict[str, Any] = {
    **KAKAO,
    "channelKey": "channel-key-sandbox",
    "paymentId": "pay-mobile",
    "payMethod": "MOBILE",
}


async def test_what_keeps_the_rules_opens(shop: Shop) -> None:
    for asked in (NAVER, KAKAO, {**MOBILE, "productType": "REAL"}):
        answer = await shop.http.post("/portone/sdk/requests", json=asked)
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("asked", "detail"),
    [
        ({**NAVER, "totalAmount": 99}, "100원"),
        ({**NAVER, "bypass": None}, "productItems"),
        ({**NAVER, "bypass": {"naverpay": {"productItems": [{"uid": "7"}]}}}, "productItems"),
        ({**NAVER, "windowType": {"pc": "IFRAME"}}, "windowType.pc"),
        ({**NAVER, "payMethod": "CARD"}, "EASY_PAY only"),
        ({**KAKAO, "windowType": {"mobile": "IFRAME"}}, "windowType.mobile"),
        (MOBILE, "productType"),
    ],
)
async def test_what_breaks_one_does_not(shop: Shop, asked: dict[str, Any], detail: str) -> None:
    answer = await shop.http.post("/portone/sdk/requests", json=asked)
    assert answer.status_code == 400
    assert detail in answer.json()["message"]


async def test_the_wallet_is_the_one_of_the_channel_or_the_one_asked_for(shop: Shop) -> None:
    for key, asked, wallet in (
        ("channel-key-sandbox-tosspay", None, "TOSSPAY"),
        ("channel-key-sandbox", "NAVERPAY", "NAVERPAY"),
        ("channel-key-sandbox", "EASY_PAY_PROVIDER_PAYCO", "PAYCO"),
        ("channel-key-sandbox", None, "KAKAOPAY"),
    ):
        payment_id = f"pay-{key[-4:]}-{wallet}"
        query = {**KAKAO, "channelKey": key, "paymentId": payment_id, "easyPayProvider": asked}
        params = {name: value for name, value in query.items() if value is not None}
        assert (await shop.http.get("/portone/window", params=params)).status_code == 200
        paid = await shop.http.post(f"/control/payments/{payment_id}", json={"action": "pay", "webhook": "none"})
        assert paid.json()["method"]["provider"] == wallet
