"""The switches of the sign-in providers and SENS, beside those of PortOne."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.oauth.support import SignIn
from tests.sandbox.support import Receiver, Shop, config_for, running, said


async def test_both_kinds_of_switches_are_one_list(shop: Shop) -> None:
    await shop.faults(
        {"operation": "kakao_token", "kind": "slow", "times": 3, "person": "bora"},
        {"operation": "get", "kind": "error_500"},
    )
    told = (await shop.http.get("/control/faults")).json()["faults"]
    assert told == [
        {"operation": "get", "kind": "error_500", "payment_id": None, "left": 1},
        {"operation": "kakao_token", "kind": "slow", "person": "bora", "left": 3},
    ]
    await shop.faults({"operation": "sms", "kind": "throttle"})
    assert [fault["operation"] for fault in (await shop.http.get("/control/faults")).json()["faults"]] == ["sms"]
    assert (await shop.http.delete("/control/faults")).status_code == 204
    assert (await shop.http.get("/control/faults")).json() == {"faults": []}


@pytest.mark.parametrize("provider", ["kakao", "naver", "google"])
@pytest.mark.parametrize(("kind", "status"), [("error_500", 500), ("error_503", 503), ("error_429", 429)])
async def test_bare_error_does_nothing(shop: Shop, provider: str, kind: str, status: int) -> None:
    client = SignIn(shop, provider)
    code = await client.code()
    await shop.faults(
        {"operation": f"{provider}_token", "kind": kind}, {"operation": f"{provider}_profile", "kind": kind}
    )
    assert (await client.exchange(code)).status_code == status
    tokens = (await client.exchange(code)).json()
    assert (await client.profile(tokens["access_token"])).status_code == status
    assert (await client.profile(tokens["access_token"])).status_code == 200


async def test_slow_and_timeouts_around_the_exchange(slow_shop: Shop) -> None:
    client = SignIn(slow_shop, "kakao")
    code = await client.code()
    kinds = ["timeout_before", "slow", "timeout_after", "error_500_after"]
    await slow_shop.faults(*[{"operation": "kakao_token", "kind": kind} for kind in kinds])
    started = time.monotonic()
    assert (await client.exchange(code)).status_code == 504
    assert (await client.exchange(code)).status_code == 200
    task = asyncio.create_task(client.exchange(await client.code("bora")))
    async with asyncio.timeout(30):
        while await client.linked() != ["haneul", "bora"]:  # noqa: ASYNC110 - over HTTP
            await asyncio.sleep(0.01)
    assert not task.done()
    assert (await task).status_code == 200
    assert time.monotonic() - started >= 3.0
    burnt = await client.code()
    assert (await client.exchange(burnt)).status_code == 500
    assert (await client.exchange(burnt)).json()["error_code"] == "KOE320"


async def test_switch_of_one_person_leaves_others_alone(shop: Shop) -> None:
    client = SignIn(shop, "google")
    await shop.faults({"operation": "google_token", "kind": "error_500", "person": "bora"})
    assert (await client.exchange(await client.code("haneul"))).status_code == 200
    assert (await client.exchange("4/unknown")).status_code == 400
    assert (await client.exchange(await client.code("bora"))).status_code == 500


async def test_switch_is_counted_once_across_two_processes(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as one, running(config) as two:
        token = (await SignIn(one, "naver").tokens())["access_token"]
        await one.faults({"operation": "naver_profile", "kind": "error_500", "times": 7})
        answers = await asyncio.gather(
            *[SignIn(shop, "naver").profile(token) for shop in (one, two) for _ in range(20)]
        )
        assert sorted(answer.status_code for answer in answers) == [200] * 33 + [500] * 7


async def test_sign_in_survives_a_restart_and_is_shared(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as shop:
        code = await SignIn(shop, "kakao").code()
    async with running(config) as one, running(config) as two:
        tokens = (await SignIn(one, "kakao").exchange(code)).json()
        assert (await SignIn(two, "kakao").exchange(code)).status_code == 400
        assert (await SignIn(two, "kakao").profile(tokens["access_token"])).status_code == 200
    async with running(config) as shop:
        assert (await SignIn(shop, "kakao").refresh(tokens["refresh_token"])).status_code == 200
        assert await SignIn(shop, "kakao").linked() == ["haneul"]


@pytest.mark.parametrize(
    "fault",
    [
        {"operation": "kakao_token", "kind": "nonsense"},
        {"operation": "naver_token", "kind": "id_token_expired"},
        {"operation": "kakao_authorize", "kind": "error_500"},
        {"operation": "google_certs", "kind": "no_keys", "person": "bora"},
        {"operation": "sms", "kind": "error_500", "payment_id": "p1"},
        {"operation": "get", "kind": "error_500", "person": "bora"},
        {"operation": "sms", "kind": "error_500", "times": 0},
        {"operation": ["sms"], "kind": "error_500"},
        {"kind": "error_500"},
        "sms",
    ],
)
async def test_switch_that_makes_no_sense_is_422(shop: Shop, fault: Any) -> None:
    assert said(await shop.http.put("/control/faults", json={"faults": [fault]})) == (422, "VALIDATION_ERROR")


def test_config_refuses_what_cannot_be() -> None:
    config = config_for(Path("s.db"), "http://127.0.0.1:9/")
    client = config.oauth[0]
    with pytest.raises(ValueError, match="same client_id"):
        type(config)(**{**vars(config), "oauth": (client, client)})
    with pytest.raises(ValueError, match="provider"):
        type(client)("apple", "id", "secret", ())  # type: ignore[arg-type]
    assert "kakao-secret" not in repr(client)
    assert "SKTEST" not in repr(config.sens)
