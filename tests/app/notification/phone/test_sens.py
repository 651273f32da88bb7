"""Text messages by NCP SENS: what goes over the wire, and against the sandbox."""

import base64
import hashlib
import hmac
import time
from collections.abc import Iterator
from dataclasses import replace

import httpx
import orjson
import pytest
import respx

from src.app.notification.services.lifecycle import sens_url
from src.app.notification.services.phone.sens import Sens, kind_of, signature
from src.app.notification.services.senders import Undelivered
from src.core.configs import Settings
from src.core.configs.groups import ServerSettings
from src.core.configs.identity_groups import MessageSettings
from tests.conftest import free_port
from tests.factories.wire import ON_AIOHTTP

REAL = "https://sens.apigw.ntruss.com"
SERVICE = "ncp:sms:kr:000000000000:shop"
KEYS = MessageSettings(
    sens_access_key="AKTEST", sens_secret_key="SKTEST", sens_service_id=SERVICE, sens_sender="02-123-4567"
)
ACCEPTED = {
    "requestId": "RSSA-1",
    "requestTime": "2026-11-20T09:30:00.000",
    "statusCode": "202",
    "statusName": "success",
}


@pytest.fixture
def wire() -> Iterator[respx.Route]:
    with respx.mock(base_url=REAL, assert_all_called=False, using=ON_AIOHTTP) as router:
        yield router.post(f"/sms/v2/services/{SERVICE}/messages").respond(202, json=ACCEPTED)


async def failure(sens: Sens, to: str = "01012345678", text: str = "안녕하세요") -> tuple[str, bool]:
    with pytest.raises(Undelivered) as caught:
        await sens.send(to, text=text)
    return caught.value.reason, caught.value.may_have_gone


def test_the_signature_is_that_of_the_facts_page() -> None:
    signed = signature(
        "POST",
        "/sms/v2/services/ncp:sms:kr:000000000000:shop/messages",
        timestamp="1735787045678",
        access_key="AKTEST0000000000000",
        secret_key="SKTEST000000000000000000000000000000000",
    )
    assert signed == "W1THfdGREVwxy0DJSJhsSQTaAdQEGU7DZkJgm5sU+5c="


async def test_one_message_as_it_goes_over_the_wire(wire: respx.Route) -> None:
    before = time.time_ns() // 1_000_000
    await Sens(KEYS, base_url=REAL).send("010-1234-5678", text="[믹골프] 인증번호 048213")

    (call,) = wire.calls
    headers, path = call.request.headers, call.request.url.raw_path
    assert path == b"/sms/v2/services/ncp:sms:kr:000000000000:shop/messages"
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert headers["x-ncp-iam-access-key"] == "AKTEST"
    timestamp = headers["x-ncp-apigw-timestamp"]
    assert before <= int(timestamp) <= time.time_ns() // 1_000_000
    expected = hmac.digest(b"SKTEST", b"POST " + path + f"\n{timestamp}\nAKTEST".encode(), hashlib.sha256)
    assert headers["x-ncp-apigw-signature-v2"] == base64.b64encode(expected).decode()
    assert orjson.loads(call.request.content) == {
        "type": "SMS",
        "contentType": "COMM",
        "countryCode": "82",
        "from": "021234567",
        "content": "[믹골프] 인증번호 048213",
        "messages": [{"to": "01012345678"}],
    }


@pytest.mark.parametrize(
    ("text", "kind"), [("가" * 45, "SMS"), ("가" * 45 + "a", "LMS"), ("a" * 90, "SMS"), ("가" * 1000, "LMS")]
)
async def test_bytes_of_euc_kr_decide_sms_or_lms(text: str, kind: str, wire: respx.Route) -> None:
    assert kind_of(text) == kind
    await Sens(KEYS, base_url=REAL).send("01012345678", text=text)

    assert orjson.loads(wire.calls.last.request.content)["type"] == kind


@pytest.mark.parametrize(
    ("to", "text"),
    [
        ("01012345678", "가" * 1000 + "a"),
        ("01012345678", "축하합니다 🎉"),
        ("", "안녕"),
        ("+12125550100", "안녕"),
        ("1588", "안녕"),
        ("０１０１", "안녕"),
        ("01012345678\n", "안녕"),
    ],
)
async def test_what_would_be_cut_or_refused_is_not_sent(to: str, text: str, wire: respx.Route) -> None:
    _, may_have_gone = await failure(Sens(KEYS, base_url=REAL), to, text)

    assert not may_have_gone
    assert not wire.called


@pytest.mark.parametrize(
    ("answer", "reason", "may_have_gone"),
    [
        (
            httpx.Response(401, json={"error": {"errorCode": "210", "message": "Permission Denied"}}),
            "SENS 401 210",
            False,
        ),
        (httpx.Response(429, json={"error": {"errorCode": "420", "message": "Rate"}}), "SENS 429 420", False),
        (
            httpx.Response(400, json={"status": 400, "error": "Bad Request", "message": "to 01012345678"}),
            "SENS 400",
            False,
        ),
        (httpx.Response(500, text="<html>01012345678</html>"), "SENS 500", True),
        (httpx.Response(200, json=ACCEPTED), "SENS 200", True),
        (httpx.Response(302, headers={"Location": "https://elsewhere.example"}), "SENS 302", False),
        (httpx.Response(503, json={"error": {"errorCode": "01012345678"}}), "SENS 503", False),
        (httpx.Response(503, json=["error"]), "SENS 503", False),
    ],
)
async def test_only_202_is_accepted(
    answer: httpx.Response, reason: str, may_have_gone: bool, wire: respx.Route
) -> None:
    wire.mock(return_value=answer)

    assert await failure(Sens(KEYS, base_url=REAL)) == (reason, may_have_gone)
    assert wire.call_count == 1


@pytest.mark.parametrize(
    ("error", "may_have_gone"),
    [(httpx.ReadTimeout("late"), True), (httpx.RemoteProtocolError("cut"), True), (httpx.ConnectError("no"), False)],
)
async def test_no_answer_is_not_tried_again(error: httpx.HTTPError, may_have_gone: bool, wire: respx.Route) -> None:
    wire.mock(side_effect=error)

    assert await failure(Sens(KEYS, base_url=REAL)) == (type(error).__name__, may_have_gone)
    assert wire.call_count == 1


async def test_nobody_listens() -> None:
    assert await failure(Sens(KEYS, base_url=f"http://127.0.0.1:{free_port()}")) == ("ConnectError", False)


async def test_the_sandbox_takes_it_and_shows_it(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    sens = Sens(shop_settings.messages, base_url=sens_url(shop_settings))

    await sens.send("010-5555-0001", text="[믹골프] 안녕하세요")
    await sens.close()

    items = (await client.get("/sandbox/inbox", params={"to": "01055550001"})).json()["items"]
    assert [(item["channel"], item["body"]) for item in items] == [("sms", "[믹골프] 안녕하세요")]


async def test_the_sandbox_refuses_a_wrong_signature(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    wrong = shop_settings.messages.model_copy(update={"sens_secret_key": "another"})

    assert await failure(Sens(wrong, base_url=sens_url(shop_settings))) == ("SENS 401 200", False)


def test_where_sens_is_called(shop_settings: Settings) -> None:
    real = replace(shop_settings, server=ServerSettings(env="stage"))
    given = replace(real, messages=MessageSettings(sens_base_url="https://sens.example/"))

    assert sens_url(shop_settings) == f"http://127.0.0.1:{shop_settings.server.port}/sandbox/sens"
    assert (sens_url(real), sens_url(given)) == (REAL, "https://sens.example")
