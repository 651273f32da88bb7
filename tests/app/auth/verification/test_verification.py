"""Codes by mail and text message: made, sent, judged."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tortoise import Tortoise

from src.app.auth.models import Verification
from src.common.http import rate_limits
from src.core.configs import Settings, use
from src.core.configs.groups import LimitSettings
from src.core.configs.identity_groups import IdentitySettings
from src.core.redis import redis
from tests.app.auth.recovery.support import code_at, confirm, confirmed, inbox, new_email, new_phone, start, wrong
from tests.app.auth.support import API, code
from tests.factories.people import make_member

FOR_ACCOUNTS = ["find_login_id", "password_reset"]
JUDGED_WRONG, OVER = (400, "VERIFICATION_CODE_WRONG"), (409, "VERIFICATION_EXPIRED")


async def test_the_code_of_the_mail_confirms(client: httpx.AsyncClient) -> None:
    target = new_email()

    started = await start(client, target.upper())

    body = started.json()
    assert (started.status_code, set(body), body["expires_in"]) == (201, {"verification_id", "expires_in"}, 180)
    assert len(body["verification_id"]) >= 22
    (mail,) = await inbox(client, target)
    assert (mail["channel"], mail["subject"]) == ("mail", "[믹골프] 회원가입 인증번호 안내")
    answer = await confirm(client, body["verification_id"], await code_at(client, target))
    assert (answer.status_code, answer.json()) == (
        200,
        {"verification_id": body["verification_id"], "expires_in": 1800},
    )


async def test_the_code_of_the_text_message_confirms(client: httpx.AsyncClient) -> None:
    phone = new_phone()

    body = (await start(client, f"{phone[:3]}-{phone[3:7]}-{phone[7:]}")).json()

    assert [item["channel"] for item in await inbox(client, phone)] == ["sms"]
    assert (await confirm(client, body["verification_id"], await code_at(client, phone))).status_code == 200


async def test_messages_speak_the_language_of_the_caller(client: httpx.AsyncClient) -> None:
    target = new_email()

    await start(client, target, headers={"Accept-Language": "en-US,en;q=0.9"})

    assert [item["subject"] for item in await inbox(client, target)] == ["[Micgolf] Your verification code"]


async def test_nothing_readable_is_kept_or_logged(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    target = new_email()
    with caplog.at_level(logging.DEBUG):
        verification_id = await confirmed(client, target)
        sent = await code_at(client, target)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith(("src.", "shop."))]

    kept = []
    for model in Tortoise.apps["models"].values():
        if model._meta.db_table != "aerich":
            kept += [str(row) for row in await model.all().values()]
    kept += list(await redis().keys("*"))
    for secret in (verification_id, f"'{sent}'", target):
        assert not [row for row in kept if secret in row]
    assert not [line for line in ours if sent in line or target in line]


async def test_of_twenty_wrong_guesses_at_once_five_are_judged(client: httpx.AsyncClient) -> None:
    target = new_email()
    verification_id = (await start(client, target)).json()["verification_id"]
    right = await code_at(client, target)

    answers = await asyncio.gather(*(confirm(client, verification_id, wrong(right)) for _ in range(20)))

    assert sorted(map(code, answers)) == [JUDGED_WRONG] * 5 + [OVER] * 15
    assert sorted(answer.json().get("tries_left", -1) for answer in answers)[-5:] == [0, 1, 2, 3, 4]
    assert (await Verification.get()).tries == 5
    assert code(await confirm(client, verification_id, right)) == OVER


async def test_the_right_code_after_four_wrong_ones_confirms(client: httpx.AsyncClient) -> None:
    target = new_email()
    verification_id = (await start(client, target)).json()["verification_id"]
    right = await code_at(client, target)

    left = [(await confirm(client, verification_id, wrong(right))).json()["tries_left"] for _ in range(4)]

    assert left == [4, 3, 2, 1]
    assert (await confirm(client, verification_id, right)).status_code == 200


async def test_the_right_code_may_be_repeated(client: httpx.AsyncClient) -> None:
    target = new_email()
    verification_id = await confirmed(client, target)
    before = (await Verification.get()).confirmed_at

    assert (await confirm(client, verification_id, await code_at(client, target))).status_code == 200
    assert (await Verification.get()).confirmed_at == before


@pytest.mark.fault("I7")
async def test_a_new_code_leaves_the_earlier_ones(client: httpx.AsyncClient) -> None:
    target = new_email()
    done = await confirmed(client, target)
    first = (await start(client, target)).json()["verification_id"]
    old_code = await code_at(client, target)
    second = (await start(client, target)).json()["verification_id"]
    new_code = await code_at(client, target)

    assert (await confirm(client, first, old_code)).status_code == 200
    assert (await confirm(client, second, new_code)).status_code == 200
    assert len({done, first, second}) == 3


async def test_codes_made_at_once_all_count(client: httpx.AsyncClient) -> None:
    target = new_email()

    answers = await asyncio.gather(*(start(client, target) for _ in range(5)))

    assert [answer.status_code for answer in answers] == [201] * 5
    assert len(await inbox(client, target)) == 5
    assert await Verification.filter(live__isnull=False).count() == 5


async def test_a_code_for_another_purpose_stays(client: httpx.AsyncClient) -> None:
    target = new_email()
    first = (await start(client, target, purpose="sign_up")).json()["verification_id"]
    sent = await code_at(client, target)
    await start(client, target, purpose="change_contact")

    assert (await confirm(client, first, sent)).status_code == 200


async def test_after_three_minutes_the_code_is_over(client: httpx.AsyncClient) -> None:
    target = new_email()
    verification_id = (await start(client, target)).json()["verification_id"]
    row = await Verification.get()
    assert timedelta(seconds=179) < row.expires_at - row.created_at < timedelta(seconds=181)
    await Verification.all().update(expires_at=datetime.now(UTC) - timedelta(seconds=1))

    assert code(await confirm(client, verification_id, await code_at(client, target))) == OVER


async def test_the_code_of_another_verification_is_wrong(client: httpx.AsyncClient) -> None:
    one, other = new_email(), new_email()
    verification_id = (await start(client, one)).json()["verification_id"]
    await start(client, other)

    assert code(await confirm(client, verification_id, await code_at(client, other))) == JUDGED_WRONG


@pytest.mark.parametrize("verification_id", ["A" * 22, "1", "%27%20OR%201=1", "한글"])
async def test_an_unknown_id_is_404(client: httpx.AsyncClient, verification_id: str) -> None:
    assert code(await confirm(client, verification_id, "123456")) == (404, "VERIFICATION_NOT_FOUND")


@pytest.mark.parametrize("guess", ["", "12345", "1234567", "12345a", "１２３４５６", "12345\n", 123456, None])
async def test_a_code_of_a_wrong_form_is_not_judged(client: httpx.AsyncClient, guess: Any) -> None:
    verification_id = (await start(client, new_email())).json()["verification_id"]

    assert code(await confirm(client, verification_id, guess)) == (422, "VALIDATION_ERROR")
    assert (await Verification.get()).tries == 0


@pytest.mark.parametrize("purpose", FOR_ACCOUNTS)
@pytest.mark.parametrize("new_target", [new_email, new_phone])
async def test_known_and_unknown_targets_look_alike(client: httpx.AsyncClient, purpose: str, new_target: Any) -> None:
    known, unknown = new_target(), new_target()
    await make_member(**{"email" if "@" in known else "phone": known})

    answers = [await start(client, target, purpose=purpose) for target in (known, unknown)]

    assert [len(await inbox(client, target)) for target in (known, unknown)] == [1, 0]
    assert {(answer.status_code, *answer.json()) for answer in answers} == {(201, "verification_id", "expires_in")}
    assert len({tuple(sorted(answer.headers)) for answer in answers}) == 1
    assert len({len(answer.content) for answer in answers}) == 1
    guesses = [
        [code(await confirm(client, answer.json()["verification_id"], "000000")) for _ in range(6)]
        for answer in answers
    ]
    assert guesses[1] == [JUDGED_WRONG] * 5 + [OVER]
    assert guesses[0] == guesses[1]


async def test_a_target_gets_five_codes_in_ten_minutes(client: httpx.AsyncClient) -> None:
    target = new_email()
    purposes = ["sign_up", "change_contact", "find_login_id", "password_reset", "sign_up"]
    assert [(await start(client, target, purpose=purpose)).status_code for purpose in purposes] == [201] * 5

    refused = await start(client, target)

    assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert int(refused.headers["Retry-After"]) == refused.json()["retry_after"] in range(580, 602)
    assert len(await inbox(client, target)) == 3
    assert (await start(client, new_email())).status_code == 201


async def test_an_address_is_limited_over_all_targets(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with use(replace(shop_settings, limits=LimitSettings(recovery="2/3600"))):
        answers = [await start(client, new_email()) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2].headers["Retry-After"]) in range(3500, 3602)


async def test_a_provider_that_fails_is_said_where_it_tells_nothing(client: httpx.AsyncClient) -> None:
    phone = new_phone()
    await make_member(phone=phone)
    faults = {"faults": [{"operation": "sms", "kind": "error_503", "times": 2}]}
    assert (await client.put("/sandbox/control/faults", json=faults)).status_code == 200

    told = code(await start(client, new_phone(), purpose="sign_up"))
    silent = (await start(client, phone, purpose="find_login_id")).status_code
    assert await inbox(client, phone) == []
    await client.delete("/sandbox/control/faults")

    assert (told, silent) == ((502, "MESSAGE_NOT_SENT"), 201)
    assert await confirmed(client, phone, purpose="find_login_id")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"channel": "sms"}, "target"),
        ({"channel": "email", "target": "01012345678"}, "target"),
        ({"channel": "sms", "target": "0212345678"}, "target"),
        ({"channel": "sms", "target": "06012345678"}, "target"),
        ({"channel": "sms", "target": "+12125550100"}, "target"),
        ({"target": "a@b.c\r\nBcc: x@y.z"}, "target"),
        ({"target": "minji\u0000@example.com"}, "target"),
        ({"target": "a" * 250 + "@example.com"}, "target"),
        ({"target": "a@b.c,x@y.z"}, "target"),
        ({"target": None}, "target"),
        ({"channel": "fax"}, "channel"),
        ({"purpose": "sign_in"}, "purpose"),
        ({"code": "000000"}, "code"),
        ({"user_id": 1}, "user_id"),
    ],
)
async def test_a_field_of_a_wrong_form_is_named(client: httpx.AsyncClient, changes: dict[str, Any], field: str) -> None:
    body = {"channel": "email", "purpose": "sign_up", "target": new_email(), **changes}

    answer = await client.post(f"{API}/auth/verifications", json=body)

    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["errors"]] == [field]
    assert await Verification.all().count() == 0


async def test_a_code_outlives_a_change_of_the_key(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    target = new_email()
    verification_id = (await start(client, target)).json()["verification_id"]
    rotated = IdentitySettings(
        data_key="another-data-key-of-enough-length", old_data_keys=(shop_settings.identity.data_key,)
    )
    rate_limits.open_limiter(shop_settings)

    with use(replace(shop_settings, identity=rotated)):
        assert (await confirm(client, verification_id, await code_at(client, target))).status_code == 200
