"""Becoming a member."""

import asyncio
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.user.models import Consent, User, UserStatus
from src.core.configs import Settings, use
from src.core.configs.groups import LimitSettings
from tests.app.auth.support import API, SIGN_UP, code, sign_in, sign_up
from tests.factories.people import make_member


def field_codes(answer: httpx.Response) -> list[tuple[str, str]]:
    assert code(answer) == (422, "VALIDATION_ERROR")
    return [(problem["field"], problem["code"]) for problem in answer.json()["errors"]]


async def test_sign_up_with_a_right_body_makes_an_active_member_and_three_consents(client: httpx.AsyncClient) -> None:
    answer = await sign_up(client, login_id="Minji.Kim", email="Minji@Example.com")

    user = await User.get()
    assert answer.status_code == 201
    assert answer.json() == {"id": user.id, "login_id": "minji.kim", "name": "김민지", "email": "minji@example.com"}
    assert (user.phone, user.status, user.session_epoch) == ("01012345678", UserStatus.ACTIVE, 0)
    assert user.password_hash.startswith("$2b$04$")
    consents = await Consent.filter(user_id=user.id).order_by("id").values_list("policy", "version", "agreed")
    assert list(consents) == [("terms", "2026-01", True), ("privacy", "2026-01", True), ("marketing", "2026-01", False)]
    assert "set-cookie" not in answer.headers


async def test_sign_up_with_marketing_agreed_keeps_it(client: httpx.AsyncClient) -> None:
    agreements = [{"policy": policy, "agreed": True} for policy in ("marketing", "privacy", "terms")]

    assert (await sign_up(client, agreements=agreements)).status_code == 201
    assert await Consent.filter(policy="marketing", agreed=True).count() == 1


@pytest.mark.parametrize("login_id", ["minji.kim", "MINJI.KIM", "ｍｉｎｊｉ.ｋｉｍ", "minji.\u212aim"])
async def test_a_login_id_in_another_spelling_is_taken(client: httpx.AsyncClient, login_id: str) -> None:
    await sign_up(client)

    answer = await sign_up(client, login_id=login_id, email="other@example.com")

    assert code(answer) == (409, "LOGIN_ID_TAKEN")
    assert await User.all().count() == 1


async def test_both_taken_names_the_login_id_first(client: httpx.AsyncClient) -> None:
    await sign_up(client)

    assert code(await sign_up(client)) == (409, "LOGIN_ID_TAKEN")
    assert code(await sign_up(client, login_id="another", email="MINJI@example.com")) == (409, "EMAIL_TAKEN")


async def test_simultaneous_sign_ups_with_one_login_id_make_one_member(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(sign_up(client, email=f"m{number}@example.com") for number in range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"LOGIN_ID_TAKEN"}
    assert (await User.all().count(), await Consent.all().count()) == (1, 3)


async def test_simultaneous_sign_ups_with_one_email_make_one_member(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(sign_up(client, login_id=f"minji{number}") for number in range(8)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"EMAIL_TAKEN"}
    assert (await User.all().count(), await Consent.all().count()) == (1, 3)


@pytest.mark.parametrize(
    "login_id",
    [
        "min",
        "a" * 31,
        "min ji",
        "minji!",
        "м" + "inji",
        "minjі",
        "민지민지",
        "minji\u0000",
        "minji\u200b",
        "admin@x",
        "",
    ],
)
async def test_a_login_id_that_does_not_become_plain_ascii_is_refused(client: httpx.AsyncClient, login_id: str) -> None:
    assert field_codes(await sign_up(client, login_id=login_id)) == [("login_id", "LOGIN_ID")]
    assert await User.all().count() == 0


@pytest.mark.parametrize(
    "password",
    [
        "Golf!23",
        "golf!2345",
        "Golf!golf",
        "Golf12345",
        "A1!" + "가" * 23 + "aa",  # 74 bytes
        "A1!" + "a" * 70,  # 73 bytes
        "Golf!2345\u0000",
        "",
    ],
)
async def test_a_weak_or_too_long_password_is_refused(client: httpx.AsyncClient, password: str) -> None:
    answer = await sign_up(client, password=password)

    assert field_codes(answer) == [("password", "WEAK_PASSWORD")]
    assert not password or password not in answer.text
    assert await User.all().count() == 0


@pytest.mark.parametrize("password", ["A1!" + "a" * 69, "A1!" + "가" * 23, "Golf!234"])
async def test_a_password_of_8_to_72_bytes_works(client: httpx.AsyncClient, password: str) -> None:
    assert (await sign_up(client, password=password)).status_code == 201
    assert (await sign_in(client, "minji.kim", password)).status_code == 200


@pytest.mark.parametrize(
    ("agreements", "problem"),
    [
        ([], "AGREEMENT_REQUIRED"),
        ([{"policy": "terms", "agreed": True}], "AGREEMENT_REQUIRED"),
        ([{"policy": "terms", "agreed": True}, {"policy": "privacy", "agreed": False}], "AGREEMENT_REQUIRED"),
        ([{"policy": "terms", "agreed": True}, {"policy": "terms", "agreed": True}], "AGREEMENT_TWICE"),
    ],
)
async def test_without_terms_and_privacy_there_is_no_member(
    client: httpx.AsyncClient, agreements: list[dict[str, Any]], problem: str
) -> None:
    assert field_codes(await sign_up(client, agreements=agreements)) == [("agreements", problem)]
    assert await User.all().count() == 0


@pytest.mark.parametrize(
    "extra", [{"role": "owner"}, {"status": "ACTIVE"}, {"id": 1}, {"session_epoch": 9}, {"password_hash": "x"}]
)
async def test_a_field_that_is_not_the_callers_to_set_is_refused(
    client: httpx.AsyncClient, extra: dict[str, Any]
) -> None:
    assert field_codes(await sign_up(client, **extra)) == [(next(iter(extra)), "EXTRA_FORBIDDEN")]
    assert await User.all().count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "김\u0000민지"),
        ("name", "김민지😀"),
        ("name", " "),
        ("email", "minji"),
        ("email", "minji@example.com\u0000"),
        ("phone", "12345678901"),
        ("phone", 1012345678),
        ("verification_id", "v1"),
    ],
)
async def test_a_field_of_a_wrong_form_is_named(client: httpx.AsyncClient, field: str, value: object) -> None:
    assert [name for name, _ in field_codes(await sign_up(client, **{field: value}))] == [field]
    assert await User.all().count() == 0


async def test_verification_id_null_is_as_good_as_none(client: httpx.AsyncClient) -> None:
    body = {**SIGN_UP, "verification_id": None}

    assert (await client.post(f"{API}/auth/sign-up", json=body)).status_code == 201


async def test_too_many_sign_ups_from_one_address_must_wait(client: httpx.AsyncClient, shop_settings: Settings) -> None:
    with use(replace(shop_settings, limits=LimitSettings(sign_up="2/3600"))):
        statuses = [(await sign_up(client, name="😀")).status_code]
        statuses += [(await sign_up(client, login_id=f"minji{n}", email=f"m{n}@x.com")).status_code for n in range(2)]
        refused = await sign_up(client)

    assert statuses == [422, 201, 201]
    assert code(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert int(refused.headers["Retry-After"]) == refused.json()["retry_after"] in range(3590, 3602)


async def test_availability_tells_what_is_free(client: httpx.AsyncClient) -> None:
    await make_member(login_id="minji.kim", email="minji@example.com")

    async def available(**asked: str) -> object:
        return (await client.get(f"{API}/auth/availability", params=asked)).json().get("available")

    assert await available(login_id="Minji.Kim") is False
    assert await available(login_id="minji.lee") is True
    assert await available(email="MINJI@example.com") is False
    assert await available(email="lee@example.com") is True


@pytest.mark.parametrize(
    "query", ["", "?login_id=minji&email=a@b.com", "?login_id=a", "?email=a", "?login_id=minji&x=1", "?login_id="]
)
async def test_availability_of_anything_else_is_refused(client: httpx.AsyncClient, query: str) -> None:
    assert code(await client.get(f"{API}/auth/availability{query}")) == (422, "VALIDATION_ERROR")
