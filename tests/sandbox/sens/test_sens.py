"""NCP SENS (docs/vendors/sens.md)."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.sandbox import SensClient
from src.sandbox.sens import cut, signature
from tests.sandbox.support import Shop, running, said

CLIENT = SensClient("AKTEST0000000000000", "SKTEST000000000000000000000000000000000", "ncp:sms:kr:000000000000:shop")
SMS = "/sms/v2/services/ncp:sms:kr:000000000000:shop/messages"
TALK = "/alimtalk/v2/services/ncp:sms:kr:000000000000:shop/messages"
BODY: dict[str, Any] = {
    "type": "SMS",
    "from": "0212345678",
    "content": "[믹골프] 인증번호 123456",
    "messages": [{"to": "01012345678"}],
}
TALK_BODY: dict[str, Any] = {
    "plusFriendId": "@micgolf",
    "templateCode": "order-paid",
    "messages": [{"to": "01012345678", "title": "주문", "content": "주문이 완료되었습니다. 🏌️"}],
}


def headers(path: str, *, client: SensClient = CLIENT, at: int | None = None, method: str = "POST") -> dict[str, str]:
    timestamp = str(at or time.time_ns() // 1_000_000)
    return {
        "x-ncp-apigw-timestamp": timestamp,
        "x-ncp-iam-access-key": client.access_key,
        "x-ncp-apigw-signature-v2": signature(client, method, path.encode(), timestamp),
    }


async def send(shop: Shop, path: str = SMS, body: dict[str, Any] | None = None, **options: Any) -> httpx.Response:
    given = options.pop("headers", None) or headers(path)
    return await shop.http.post(f"/sens{path}", json=BODY if body is None else body, headers=given, **options)


async def inbox(shop: Shop) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await shop.http.get("/inbox")).json()["items"]
    return items


def gateway(answer: httpx.Response) -> tuple[int, str]:
    assert set(answer.json()) == {"error"}
    return answer.status_code, answer.json()["error"]["errorCode"]


def test_signature_vector() -> None:
    assert signature(CLIENT, "POST", SMS.encode(), "1735787045678") == "W1THfdGREVwxy0DJSJhsSQTaAdQEGU7DZkJgm5sU+5c="


async def test_sms_is_accepted_and_lands_in_the_inbox(shop: Shop) -> None:
    answer = await send(shop, body={**BODY, "messages": [{"to": "01012345678"}, {"to": "0105", "content": "딴말"}]})
    told = answer.json()
    assert (answer.status_code, told["statusCode"], told["statusName"]) == (202, "202", "success")
    assert set(told) == {"requestId", "requestTime", "statusCode", "statusName"}
    assert [(item["channel"], item["to"], item["subject"], item["body"]) for item in await inbox(shop)] == [
        ("sms", "01012345678", "", "[믹골프] 인증번호 123456"),
        ("sms", "0105", "", "딴말"),
    ]
    items = (await shop.http.get("/control/messages", params={"to": "0105"})).json()["items"]
    assert (items[0].pop("sent_at")[-1], items[0].pop("request_id")) == ("Z", told["requestId"])
    assert items == [
        {
            "channel": "sms",
            "type": "SMS",
            "from": "0212345678",
            "to": "0105",
            "body": "딴말",
            "delivered": True,
            "reason": "",
        }
    ]


async def test_path_is_signed_byte_for_byte(shop: Shop) -> None:
    escaped = SMS.replace(":", "%3A")
    assert (await send(shop, escaped)).status_code == 202
    assert gateway(await send(shop, escaped, headers=headers(SMS))) == (401, "200")
    assert gateway(await send(shop, headers=headers(escaped))) == (401, "200")
    assert (await send(shop, f"{SMS}?a=1")).status_code == 202
    assert gateway(await send(shop, f"{SMS}?a=1", headers=headers(SMS))) == (401, "200")
    assert (await send(shop, headers=headers(f"/sandbox/sens{SMS}"))).status_code == 202
    assert gateway(await send(shop, headers=headers(f"/sens{SMS}"))) == (401, "200")


@pytest.mark.parametrize(
    "given",
    [
        dict,
        lambda: headers(SMS, at=time.time_ns() // 1_000_000 - 310_000),
        lambda: headers(SMS, at=time.time_ns() // 1_000_000 + 86_400_000),
        lambda: headers(SMS, at=1),
        lambda: headers(SMS, method="GET"),
        lambda: headers(SMS, client=replace(CLIENT, secret_key="other")),
        lambda: headers(SMS, client=replace(CLIENT, access_key="other")),
        lambda: {**headers(SMS), "x-ncp-apigw-timestamp": "١٢٣"},
        lambda: {**headers(SMS), "x-ncp-apigw-timestamp": "now"},
        lambda: {**headers(SMS), "x-ncp-apigw-signature-v2": "é"},
    ],
)
async def test_wrong_authentication_is_401_200(shop: Shop, given: Callable[[], dict[str, str]]) -> None:
    encoded = {name: text.encode() for name, text in given().items()} or {"x": b"y"}
    answer = await send(shop, headers=encoded)
    assert gateway(answer) == (401, "200")
    assert answer.json()["error"]["message"] == "Authentication Failed"
    assert await inbox(shop) == []


async def test_timestamp_may_be_nearly_five_minutes_off(shop: Shop) -> None:
    now = time.time_ns() // 1_000_000
    assert (await send(shop, headers=headers(SMS, at=now - 290_000))).status_code == 202
    assert (await send(shop, headers=headers(SMS, at=now + 290_000))).status_code == 202


async def test_service_of_somebody_else_is_401_210(shop: Shop) -> None:
    other = SMS.replace(":shop", ":other")
    assert gateway(await send(shop, other)) == (401, "210")


async def test_alimtalk_may_have_a_service_of_its_own(shop: Shop) -> None:
    own = replace(CLIENT, alimtalk_service_id="ncp:kkobizmsg:kr:0:shop")
    async with running(replace(shop.config, sens=own)) as other:
        assert gateway(await send(other, TALK, TALK_BODY)) == (401, "210")
        path = "/alimtalk/v2/services/ncp:kkobizmsg:kr:0:shop/messages"
        assert (await send(other, path, TALK_BODY)).status_code == 202
    async with running(replace(shop.config, sens=None)) as none:
        assert gateway(await send(none)) == (404, "300")


def test_bytes_are_counted_as_euc_kr() -> None:
    assert cut("가" * 50, 90) == "가" * 45
    assert cut("a" + "가" * 50, 90) == "a" + "가" * 44
    assert cut("가" * 45, 90) == "가" * 45
    assert cut("가나", 0) == ""
    assert cut("똠방각하", 7) == "똠방각"


async def test_long_text_is_cut_without_a_word(shop: Shop) -> None:
    assert (await send(shop, body={**BODY, "content": "골" * 46})).status_code == 202
    long = {**BODY, "type": "LMS", "content": "프" * 1001, "subject": "제" * 21}
    assert (await send(shop, body=long)).status_code == 202
    assert [(len(item["body"]), len(item["subject"])) for item in await inbox(shop)] == [(45, 0), (1000, 20)]


@pytest.mark.parametrize("content", ["좋아요 👍", "ありがとう 𠮷"])
async def test_text_beyond_euc_kr_is_accepted_and_never_arrives(shop: Shop, content: str) -> None:
    assert (await send(shop, body={**BODY, "content": content})).status_code == 202
    assert await inbox(shop) == []
    [item] = (await shop.http.get("/control/messages")).json()["items"]
    assert (item["delivered"], item["reason"]) == (False, "not EUC-KR")


@pytest.mark.parametrize(
    "change",
    [
        {"type": "FAX"},
        {"from": "02-1234-5678"},
        {"content": ""},
        {"messages": []},
        {"messages": [{"to": "010-1234-5678"}]},
        {"messages": [{"to": "01012345678"}] * 101},
        {"content": "a\x00"},
    ],
)
async def test_body_of_wrong_shape_is_400_in_service_form(shop: Shop, change: dict[str, Any]) -> None:
    answer = await send(shop, body={**BODY, **change})
    assert (answer.status_code, set(answer.json())) == (400, {"status", "error", "message"})
    broken = await shop.http.post(f"/sens{SMS}", content=b"{", headers=headers(SMS))
    assert broken.status_code == 400
    assert await inbox(shop) == []


async def test_alimtalk(shop: Shop) -> None:
    answer = await send(shop, TALK, TALK_BODY)
    told = answer.json()
    assert (answer.status_code, told["statusCode"]) == (202, "202")
    [message] = told["messages"]
    assert len(message.pop("messageId")) == 32
    assert message == {
        "countryCode": "82",
        "to": "01012345678",
        "content": "주문이 완료되었습니다. 🏌️",
        "requestStatusCode": "A000",
        "requestStatusName": "success",
        "requestStatusDesc": "성공",
        "useSmsFailover": False,
    }
    [item] = await inbox(shop)
    assert (item["channel"], item["subject"], item["body"]) == ("alimtalk", "주문", "주문이 완료되었습니다. 🏌️")
    assert (await send(shop, TALK, {**TALK_BODY, "plusFriendId": "micgolf"})).status_code == 400


async def test_alimtalk_can_be_rejected_per_message(shop: Shop) -> None:
    await shop.faults({"operation": "alimtalk", "kind": "rejected"})
    answer = await send(shop, TALK, TALK_BODY)
    assert (answer.status_code, answer.json()["messages"][0]["requestStatusCode"]) == (202, "R000")
    assert await inbox(shop) == []


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("error_500", (500, "900")),
        ("error_503", (503, "500")),
        ("error_429", (429, "420")),
        ("throttle", (429, "410")),
        ("quota", (429, "400")),
        ("unauthorized", (401, "200")),
    ],
)
@pytest.mark.parametrize(("operation", "path", "body"), [("sms", SMS, BODY), ("alimtalk", TALK, TALK_BODY)])
async def test_gateway_can_refuse(
    shop: Shop, operation: str, path: str, body: dict[str, Any], kind: str, told: tuple[int, str]
) -> None:
    await shop.faults({"operation": operation, "kind": kind})
    assert gateway(await send(shop, path, body)) == told
    assert await inbox(shop) == []
    assert (await send(shop, path, body)).status_code == 202


async def test_timeout_after_has_sent_it(shop: Shop) -> None:
    await shop.faults(
        {"operation": "sms", "kind": "timeout_after"},
        {"operation": "sms", "kind": "timeout_before"},
        {"operation": "sms", "kind": "error_500_after"},
        {"operation": "sms", "kind": "undelivered"},
        {"operation": "sms", "kind": "service_error"},
    )
    started = time.monotonic()
    assert (await send(shop)).status_code == 202
    assert (await send(shop)).status_code == 504
    assert time.monotonic() - started >= 0.6
    assert gateway(await send(shop)) == (500, "900")
    assert (await send(shop)).status_code == 202
    assert (await send(shop)).status_code == 400
    assert len(await inbox(shop)) == 2


async def test_sens_takes_no_other_methods(shop: Shop) -> None:
    assert said(await shop.http.put(f"/sens{SMS}")) == (405, "METHOD_NOT_ALLOWED")


async def test_an_alimtalk_that_kakao_does_not_deliver_goes_by_sms_where_that_was_asked_for(shop: Shop) -> None:
    instead = {"type": "SMS", "from": "0212345678", "content": "문자로 보냅니다."}
    for more in ({"useSmsFailover": True, "failoverConfig": instead}, {"useSmsFailover": False}):
        body = {**TALK_BODY, "messages": [{**TALK_BODY["messages"][0], **more}]}
        await shop.http.put("/control/faults", json={"faults": [{"operation": "alimtalk", "kind": "undelivered"}]})
        assert (await send(shop, TALK, body)).status_code == 202

    assert [(item["channel"], item["body"]) for item in await inbox(shop)] == [("sms", "문자로 보냅니다.")]
