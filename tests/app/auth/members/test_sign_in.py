"""Signing in with a password."""

import asyncio
import logging
from dataclasses import replace
from http.cookies import SimpleCookie

import httpx
import pytest

from src.app.auth.services.credentials import passwords
from src.app.user.models import User, UserStatus
from src.core.configs import Settings, use
from src.core.configs.groups import LimitSettings, SecuritySettings, ServerSettings
from src.core.redis import redis
from tests.app.auth.support import API, code, me, refresh, sign_in, sign_up
from tests.conftest import REAL
from tests.factories.people import PASSWORD, make_member


async def test_the_right_password_opens_a_session(client: httpx.AsyncClient) -> None:
    member = await make_member(login_id="minji.kim")

    answer = await sign_in(client, "Minji.Kim", remember_me=True)

    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {"access_token", "token_type", "expires_in"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert (await me(client, body["access_token"])).json()["id"] == member.id
    cookie = SimpleCookie(answer.headers["set-cookie"])["refresh_token"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (
        "/api/v1/auth",
        True,
        "lax",
        "",
        str(14 * 86_400),
    )


async def test_without_remember_me_the_cookie_ends_with_the_browser(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")

    answer = await sign_in(client, "minji.kim")

    assert SimpleCookie(answer.headers["set-cookie"])["refresh_token"]["max-age"] == ""
    (key,) = [key async for key in redis().scan_iter("session:*")]
    assert 12 * 3600 - 5 <= await redis().ttl(key) <= 12 * 3600


async def test_outside_local_the_cookie_is_secure_and_of_the_set_samesite(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    await make_member(login_id="minji.kim")
    stage = replace(
        shop_settings,
        server=ServerSettings(env="stage"),
        security=SecuritySettings(cookie_samesite="strict", bcrypt_rounds=4),
    )

    with use(stage):
        answer = await sign_in(client, "minji.kim")

    cookie = SimpleCookie(answer.headers["set-cookie"])["refresh_token"]
    assert (cookie["secure"], cookie["samesite"]) == (True, "strict")


async def test_an_unknown_id_and_a_wrong_password_get_the_same_answer(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    same_id = {"X-Request-ID": "same"}

    async def refused(login_id: str, password: str) -> httpx.Response:
        body = {"login_id": login_id, "password": password}
        return await client.post(f"{API}/auth/sign-in", json=body, headers=same_id)

    wrong = await refused("minji.kim", "Wrong!2345")
    others = [
        await refused("nobody", PASSWORD),
        await refused("minji.kim", "A1!" + "a" * 70),
        await refused("minji.kim", "x\u0000y"),
        await refused("м" * 40, PASSWORD),
        await refused("' OR 1=1 --", PASSWORD),
    ]

    assert code(wrong) == (401, "BAD_CREDENTIALS")
    assert {other.content for other in others} == {wrong.content}
    assert {tuple(sorted(other.headers)) for other in others} == {tuple(sorted(wrong.headers))}
    assert [key async for key in redis().scan_iter("session*")] == []


async def test_72_right_bytes_and_one_more_are_a_wrong_password(client: httpx.AsyncClient) -> None:
    password = "A1!" + "a" * 69
    await make_member(login_id="minji.kim", password=password)

    assert code(await sign_in(client, "minji.kim", password + "a")) == (401, "BAD_CREDENTIALS")
    assert (await sign_in(client, "minji.kim", password)).status_code == 200


# Letters that one character becomes in the one spelling of a login id: 18 of them make 100 characters 1,800.
TOO_LONG = ["x" * 41, "x" * 100, "0" * 100, "\ufdfa" * 100, "ß" * 100]


@pytest.mark.parametrize("path", ["/auth/sign-in", "/admin/auth/sign-in"])
@pytest.mark.parametrize("login_id", TOO_LONG)
async def test_a_login_id_that_no_column_holds_is_an_unknown_one(
    client: httpx.AsyncClient, path: str, login_id: str
) -> None:
    assert code(await sign_in(client, login_id, path=path)) == (401, "BAD_CREDENTIALS")


async def test_a_suspended_member_learns_it_only_with_the_right_password(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    await User.all().update(status=UserStatus.SUSPENDED)

    assert code(await sign_in(client, "minji.kim", "Wrong!2345")) == (401, "BAD_CREDENTIALS")
    assert code(await sign_in(client, "minji.kim")) == (403, "ACCOUNT_SUSPENDED")


async def test_ten_failures_of_an_account_make_even_the_right_password_wait(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")
    await make_member(login_id="other")
    for spelling in ["minji.kim", "MINJI.KIM"] * 5:
        assert code(await sign_in(client, spelling, "Wrong!2345")) == (401, "BAD_CREDENTIALS")

    refused = await sign_in(client, "minji.kim")

    assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert int(refused.headers["Retry-After"]) == refused.json()["retry_after"] in range(880, 902)
    assert (await sign_in(client, "other")).status_code == 200


async def test_guesses_sent_at_once_are_no_more_than_ten(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")

    answers = await asyncio.gather(*(sign_in(client, "minji.kim", f"Wrong!{number}") for number in range(25)))

    assert sorted(answer.status_code for answer in answers) == [401] * 10 + [429] * 15
    assert code(await sign_in(client, "minji.kim")) == (429, "TOO_MANY_ATTEMPTS")


async def test_successes_are_not_counted(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim")

    assert {(await sign_in(client, "minji.kim")).status_code for _ in range(12)} == {200}


async def test_failures_of_one_address_are_counted_over_all_accounts(
    client: httpx.AsyncClient, shop_settings: Settings
) -> None:
    with use(replace(shop_settings, limits=LimitSettings(sign_in_address="3/900"))):
        answers = [await sign_in(client, f"nobody{number}") for number in range(4)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"login_id": "minji.kim"},
        {"login_id": "minji.kim", "password": ""},
        {"login_id": "", "password": PASSWORD},
        {"login_id": "a" * 101, "password": PASSWORD},
        {"login_id": "minji.kim", "password": PASSWORD, "remember_me": "yes"},
        {"login_id": "minji.kim", "password": PASSWORD, "otp": "1"},
        {"login_id": ["minji.kim"], "password": PASSWORD},
        {"login_id": "minji.kim", "password": {"$ne": ""}},
        [],
    ],
)
async def test_a_body_of_another_form_is_refused(client: httpx.AsyncClient, body: object) -> None:
    await make_member(login_id="minji.kim")

    assert code(await client.post(f"{API}/auth/sign-in", json=body)) == (422, "VALIDATION_ERROR")


async def test_with_redis_away_nobody_signs_in_but_sign_up_works(
    client: httpx.AsyncClient, redis_is_away: None
) -> None:
    assert (await sign_up(client)).status_code == 201
    assert code(await sign_in(client, "minji.kim")) == (503, "SESSION_STORE_UNAVAILABLE")


async def test_no_password_costs_no_less_than_a_wrong_one(shop_settings: Settings) -> None:
    stored = await passwords.hash_password(PASSWORD)

    assert await passwords.matches(PASSWORD, stored)
    assert not await passwords.matches("Wrong!2345", stored)
    assert not await passwords.matches(PASSWORD, None)
    assert not await passwords.matches("u" * 31, None)


async def test_neither_logs_nor_redis_hold_what_people_entered(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await sign_up(client, login_id="private-id", email="private@example.com", phone="01055554444")
        await sign_up(client, login_id="private-id")
        await sign_in(client, "private-id", "Private!2345")
        answer = await sign_in(client, "private-id")
        await refresh(client, answer.cookies["refresh_token"])
        await me(client, answer.json()["access_token"])

    lines = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    kept = " ".join([key async for key in redis().scan_iter("*")])
    for private in ("private-id", "private@", "55554444", "Private!", PASSWORD, answer.cookies["refresh_token"]):
        assert private not in lines
        assert private not in kept
    assert not REAL or "127.0.0.1" not in kept
    assert answer.json()["access_token"] not in lines
