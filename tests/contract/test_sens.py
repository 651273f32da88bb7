"""SMS and AlimTalk by SENS: one suite on the sandbox and on answers written by hand
(docs/vendors/sens.md)."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import respx

from src.app.notification.services.phone.sens import Sens
from src.app.notification.services.senders import Talk, Undelivered
from src.core.configs.identity_groups import MessageSettings
from tests.contract.served import served_sandbox
from tests.factories.wire import ON_AIOHTTP
from tests.sandbox.sens.test_sens import CLIENT

REAL = "https://sens.apigw.ntruss.com"
PHONE = "01012345678"
TALK = Talk(to=PHONE, code="OP01", text="[믹골프] 결제 완료 🏌️", instead="[믹골프] 결제 완료")
KEYS = MessageSettings(
    sens_access_key=CLIENT.access_key,
    sens_secret_key=CLIENT.secret_key,
    sens_service_id=CLIENT.service_id,
    alimtalk_service_id=CLIENT.service_id,
    alimtalk_channel="@micgolf",
    sens_sender="02-123-4567",
)
GATEWAY = {
    "throttle": (429, "410"),
    "quota": (429, "400"),
    "unauthorized": (401, "200"),
    "error_500": (500, "900"),
    "error_503": (503, "500"),
}


@dataclass
class Stage:
    """SENS's adapter, what makes the provider misbehave once, and what arrived."""

    sens: Sens
    misbehaves: Callable[[str, str], Awaitable[None]]
    arrived: Callable[[], Awaitable[list[str]]]


@asynccontextmanager
async def on_sandbox(file: Path) -> AsyncIterator[Stage]:
    async with served_sandbox(file) as sandbox:
        base = sandbox.portone_url.removesuffix("/portone")
        sens = Sens(KEYS, base_url=f"{base}/sens")

        async def arrived() -> list[str]:
            items = (await sandbox.http.get("/inbox")).json()["items"]
            return [f"{item['channel']} {item['body']}" for item in items]

        yield Stage(sens, sandbox.fault, arrived)
        await sens.close()


@asynccontextmanager
async def on_the_wire() -> AsyncIterator[Stage]:
    taken: list[str] = []
    faults: list[str] = []

    def answer(channel: str, request: httpx.Request) -> httpx.Response:
        body: dict[str, Any] = orjson.loads(request.content)
        fault = faults.pop() if faults else ""
        if fault in GATEWAY:
            status, code = GATEWAY[fault]
            return httpx.Response(status, json={"error": {"errorCode": code, "message": "…", "details": "…"}})
        if fault == "service_error":
            return httpx.Response(400, json={"status": 400, "error": "Bad Request", "message": "…"})
        if fault == "garbage":
            return httpx.Response(200, html="<html><body>It works!</body></html>")
        told = {
            "requestId": "RSSA-1",
            "requestTime": "2026-11-20T09:30:00.000",
            "statusCode": "202",
            "statusName": "success",
        }
        if channel == "sms":
            taken.append(f"sms {body['content']}")
            return httpx.Response(202, json=told)
        code = "R000" if fault == "rejected" else "A000"
        if code == "A000":
            taken.append(f"alimtalk {body['messages'][0]['content']}")
        messages = [{"messageId": "m-1", "to": PHONE, "requestStatusCode": code, "useSmsFailover": True}]
        return httpx.Response(202, json={**told, "messages": messages})

    with respx.mock(base_url=REAL, assert_all_called=False, using=ON_AIOHTTP) as router:
        for channel in ("sms", "alimtalk"):
            path = f"/{channel}/v2/services/{CLIENT.service_id}/messages"
            router.post(path).mock(side_effect=lambda request, channel=channel: answer(channel, request))
        sens = Sens(KEYS, base_url=REAL)

        async def misbehaves(_: str, kind: str) -> None:
            faults.append(kind)

        async def arrived() -> list[str]:
            return taken

        yield Stage(sens, misbehaves, arrived)
        await sens.close()


@pytest.fixture(params=["sandbox", "wire"])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    made = on_sandbox(tmp_path / "sandbox.db") if request.param == "sandbox" else on_the_wire()
    async with made as given:
        yield given


async def failure(work: Awaitable[str]) -> tuple[str, bool, bool]:
    with pytest.raises(Undelivered) as caught:
        await work
    return caught.value.reason, caught.value.may_have_gone, caught.value.is_final


async def test_a_text_message_is_taken_and_named(stage: Stage) -> None:
    assert (await stage.sens.send(PHONE, text="안녕하세요")).startswith("RSSA-")
    assert await stage.arrived() == ["sms 안녕하세요"]


async def test_an_alimtalk_is_taken_and_named(stage: Stage) -> None:
    assert (await stage.sens.talk(TALK)).startswith("RSSA-")
    assert await stage.arrived() == [f"alimtalk {TALK.text}"]


async def test_words_that_were_not_approved_are_refused_although_the_answer_is_202(stage: Stage) -> None:
    await stage.misbehaves("alimtalk", "rejected")
    assert await failure(stage.sens.talk(TALK)) == ("AlimTalk R000", False, True)
    assert await stage.arrived() == []


@pytest.mark.parametrize(
    ("kind", "reason", "may_have_gone", "is_final"),
    [
        ("throttle", "SENS 429 410", False, False),
        ("quota", "SENS 429 400", False, False),
        ("unauthorized", "SENS 401 200", False, False),
        ("error_503", "SENS 503 500", False, False),
        ("error_500", "SENS 500 900", True, False),
        ("garbage", "SENS 200", True, False),
        ("service_error", "SENS 400", False, True),
    ],
)
async def test_what_a_refusal_means(stage: Stage, kind: str, reason: str, may_have_gone: bool, is_final: bool) -> None:
    for channel in ("sms", "alimtalk"):
        await stage.misbehaves(channel, kind)
        work = stage.sens.send(PHONE, text="안녕하세요") if channel == "sms" else stage.sens.talk(TALK)
        assert await failure(work) == (reason, may_have_gone, is_final)


async def test_an_alimtalk_on_the_wire() -> None:
    with respx.mock(base_url=REAL, using=ON_AIOHTTP) as router:
        route = router.post(f"/alimtalk/v2/services/{CLIENT.service_id}/messages").respond(
            202, json={"requestId": "R-1", "messages": [{"requestStatusCode": "A000"}]}
        )
        sens = Sens(KEYS, base_url=REAL)
        await sens.talk(TALK)
        await sens.close()
    assert orjson.loads(route.calls.last.request.content) == {
        "plusFriendId": "@micgolf",
        "templateCode": "OP01",
        "messages": [
            {
                "to": PHONE,
                "content": TALK.text,
                "useSmsFailover": True,
                "failoverConfig": {"type": "SMS", "from": "021234567", "content": TALK.instead},
            }
        ],
    }


@pytest.mark.parametrize(
    "answer", [{}, {"messages": []}, {"messages": ["x"]}, {"messages": {}}, [], "x", {"requestId": "R-1"}]
)
async def test_a_202_that_says_nothing_of_the_message_may_have_gone(answer: Any) -> None:
    with respx.mock(base_url=REAL, using=ON_AIOHTTP) as router:
        router.post(f"/alimtalk/v2/services/{CLIENT.service_id}/messages").respond(202, json=answer)
        sens = Sens(KEYS, base_url=REAL)
        assert await failure(sens.talk(TALK)) == ("AlimTalk 202 without a message", True, False)
        await sens.close()


async def test_advertising_is_marked_as_such() -> None:
    with respx.mock(base_url=REAL, using=ON_AIOHTTP) as router:
        route = router.post(f"/sms/v2/services/{CLIENT.service_id}/messages").respond(202, json={"requestId": "R-1"})
        sens = Sens(KEYS, base_url=REAL)
        assert await sens.send(PHONE, text="(광고)[믹골프] 할인", is_ad=True) == "R-1"
        await sens.close()
    assert orjson.loads(route.calls.last.request.content)["contentType"] == "AD"


@pytest.mark.parametrize(
    "talk", [Talk(PHONE, "OP01", "가" * 1001, "짧게"), Talk(PHONE, "OP01", "짧게", "🎉"), Talk("1", "OP01", "a", "a")]
)
async def test_what_would_be_refused_is_not_sent(talk: Talk) -> None:
    with respx.mock(base_url=REAL, assert_all_called=False, using=ON_AIOHTTP) as router:
        route = router.route()
        sens = Sens(KEYS, base_url=REAL)
        assert (await failure(sens.talk(talk)))[1:] == (False, True)
        await sens.close()
    assert not route.called
