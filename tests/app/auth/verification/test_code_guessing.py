"""Who guesses at codes, and who is guessed at: strangers keep nobody out, and gain nothing by going on."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final, get_args

import httpx
import pytest

from src.app.auth.dtos.recovery import Purpose
from src.app.auth.models import Verification
from src.app.auth.services.credentials import recovery_limits
from src.app.notification.services.background import finish
from src.app.notification.services.phone.sens import kind_of
from src.app.notification.services.texts import rendering
from src.app.notification.services.texts.rendering import Language
from src.core.configs import Settings, settings, use
from src.core.configs.groups import LimitSettings
from tests.app.auth.recovery.support import (
    code_at,
    confirm,
    confirmed,
    inbox,
    new_email,
    new_phone,
    reset,
    start,
    wrong,
)
from tests.app.auth.support import code
from tests.factories.people import make_member

STRANGER: Final = {"X-Forwarded-For": "203.0.113.66"}
WRONG: Final = (400, "VERIFICATION_CODE_WRONG")


async def guessed(
    client: httpx.AsyncClient, target: str, *, codes: int, purpose: str = "sign_up", headers: dict[str, str] = STRANGER
) -> None:
    """A stranger asks for so many codes of the target, and guesses wrong with each until it is over."""
    for _ in range(codes):
        answer = await start(client, target, purpose=purpose, headers=headers)
        assert answer.status_code == 201, answer.text
        verification_id = answer.json()["verification_id"]
        sent = await code_at(client, target)
        for _ in range(5):
            assert code(await confirm(client, verification_id, wrong(sent))) == WRONG


@pytest.mark.fault("I7")
@pytest.mark.parametrize("new_target", [new_email, new_phone])
@pytest.mark.parametrize("purpose", ["sign_up", "password_reset"])
async def test_the_owner_of_a_target_that_was_guessed_at_gets_in(
    client: httpx.AsyncClient, new_target: object, purpose: str
) -> None:
    target = new_email() if new_target is new_email else new_phone()
    await make_member(**{"email" if "@" in target else "phone": target})
    await guessed(client, target, codes=4, purpose=purpose)

    verification_id = (await start(client, target, purpose=purpose)).json()["verification_id"]
    sent = await code_at(client, target)

    assert len(sent) == 10
    assert code(await confirm(client, verification_id, wrong(sent))) == WRONG
    assert code(await confirm(client, verification_id, sent[:6])) == WRONG
    assert (await confirm(client, verification_id, sent)).status_code == 200


@pytest.mark.fault("I7")
async def test_a_code_that_was_asked_for_before_the_guessing_still_counts(client: httpx.AsyncClient) -> None:
    target = new_email()
    mine = (await start(client, target)).json()["verification_id"]
    sent = await code_at(client, target)
    await guessed(client, target, codes=4)

    assert len(sent) == 6
    assert (await confirm(client, mine, sent)).status_code == 200


@pytest.mark.fault("I7")
async def test_a_strangers_start_voids_nothing(client: httpx.AsyncClient) -> None:
    target = new_phone()
    mine = (await start(client, target)).json()["verification_id"]
    sent = await code_at(client, target)
    for _ in range(4):
        assert (await start(client, target, headers=STRANGER)).status_code == 201

    assert (await confirm(client, mine, sent)).status_code == 200


@pytest.mark.fault("I7")
async def test_a_stranger_cannot_use_up_the_owners_messages(client: httpx.AsyncClient) -> None:
    target = new_email()
    await make_member(login_id="minji.kim", email=target)
    strange = [(await start(client, target, headers=STRANGER)).status_code for _ in range(6)]
    resets = [(await reset(client, "minji.kim", headers=STRANGER)).status_code for _ in range(6)]

    await finish()  # the reset links are sent after the answers
    assert (strange, resets) == ([201] * 5 + [429], [202] * 5 + [429])
    assert await confirmed(client, target)
    assert (await reset(client, "minji.kim")).status_code == 202
    assert "reset-password?token=" in (await inbox(client, target))[-1]["body"]


async def test_all_askers_together_get_twice_as_many(client: httpx.AsyncClient) -> None:
    target = new_email()

    answers = [
        (await start(client, target, headers={"X-Forwarded-For": f"203.0.113.{number}"})).status_code
        for number in range(1, 13)
    ]

    assert answers == [201] * 10 + [429] * 2


@pytest.mark.fault("I7")
async def test_guesses_count_over_all_purposes_of_a_target(client: httpx.AsyncClient) -> None:
    target = new_email()
    await make_member(email=target)
    for purpose in get_args(Purpose):
        await guessed(client, target, codes=1, purpose=purpose)

    await start(client, target, purpose="change_contact")

    assert len(await code_at(client, target)) == 10
    await start(client, other := new_email())
    assert len(await code_at(client, other)) == 6


@pytest.mark.fault("I7")
async def test_who_guesses_at_many_targets_gets_long_codes(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with use(replace(shop_settings, limits=LimitSettings(recovery="1000/3600"))):
        for _ in range(20):
            await guessed(client, new_email(), codes=1)
        lengths = []
        for headers in (STRANGER, {"X-Forwarded-For": "203.0.113.67"}):
            await start(client, target := new_email(), headers=headers)
            lengths.append(len(await code_at(client, target)))

    assert lengths == [10, 6]


async def test_the_owners_own_slips_count_no_more_once_the_code_was_right(client: httpx.AsyncClient) -> None:
    target = new_email()
    for _ in range(5):
        verification_id = (await start(client, target)).json()["verification_id"]
        sent = await code_at(client, target)
        for _ in range(4):
            await confirm(client, verification_id, wrong(sent))
        assert (await confirm(client, verification_id, sent)).status_code == 200

    assert len(sent) == 6


async def test_after_a_day_codes_are_short_again(client: httpx.AsyncClient) -> None:
    target = new_email()
    await guessed(client, target, codes=4)
    day = timedelta(days=1, seconds=settings().identity.code_seconds + 1)
    for row in await Verification.all():
        await Verification.filter(id=row.id).update(created_at=row.created_at - day, expires_at=row.expires_at - day)

    await start(client, target)

    assert len(await code_at(client, target)) == 6


@pytest.mark.fault("I7")
async def test_guessing_all_day_stays_below_one_in_ten_thousand(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    """First by the limits themselves, then by somebody whom no other limit holds: the guesses at short codes that were
    judged, and those that open codes still allow."""
    short, long = recovery_limits.guesses_a_day()
    assert short / 10**6 + long / 10**10 < 1 / 10_000
    assert long >= 5 * 10 * 144  # ten codes in each ten minutes of a day, five guesses each

    target = new_email()
    unlimited = LimitSettings(recovery="9999/3600", code_target="9999/600")
    with use(replace(shop_settings, limits=unlimited)):
        started = [await start(client, target, headers=STRANGER) for _ in range(30)]
        ids = [answer.json()["verification_id"] for answer in started]
        lengths = sorted(row.digits for row in await Verification.all())
        await asyncio.gather(*(confirm(client, one, "000000") for one in ids for _ in range(6)))
    judged = sum(row.tries for row in await Verification.filter(digits=6))

    assert (lengths.count(6), lengths.count(10)) == (12, 18)
    assert judged == 60
    assert judged <= short
    assert not await Verification.filter(tries__gt=5).exists()


@pytest.mark.fault("I7")
@pytest.mark.parametrize(
    "guess", ["12345", "1234567", "123456789", "12345678901", "１２３４５６７８９０", "1234567890\n"]
)
async def test_a_code_has_six_or_ten_digits(client: httpx.AsyncClient, guess: str) -> None:
    verification_id = (await start(client, new_email())).json()["verification_id"]

    assert code(await confirm(client, verification_id, guess)) == (422, "VALIDATION_ERROR")
    assert code(await confirm(client, verification_id, "1234567890")) == WRONG
    document = (await client.get("/openapi.json")).json()["components"]["schemas"]["VerificationConfirm"]
    assert document["properties"]["code"]["pattern"] == "^([0-9]{6}|[0-9]{10})$"


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("purpose", get_args(Purpose))
def test_a_long_code_fits_one_sms(purpose: Purpose, language: Language) -> None:
    values = {"purpose": purpose, "code": "0482139657", "minutes": 60}

    text = rendering.sms("verification_code", values=values, language=language)

    assert "0482139657" in text
    assert kind_of(text) == "SMS"


async def test_a_limit_is_no_way_to_learn_who_is_a_member(client: httpx.AsyncClient) -> None:
    known, unknown = new_email(), new_email()
    await make_member(email=known)
    for target in (known, unknown):
        for _ in range(4):
            verification_id = (await start(client, target, purpose="password_reset")).json()["verification_id"]
            for _ in range(5):
                await confirm(client, verification_id, "0000000000")

    answers = [await start(client, target, purpose="password_reset") for target in (known, unknown)]

    assert [row.digits for row in await Verification.all().order_by("-id").limit(2)] == [10, 10]
    assert len({(answer.status_code, len(answer.content)) for answer in answers}) == 1
