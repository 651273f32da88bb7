"""Kakao Login (docs/vendors/kakao.md)."""

import asyncio
import time
from typing import Any

import httpx
import pytest

from tests.sandbox.oauth.support import CALLBACK, CHALLENGE, VERIFIER, SignIn, database
from tests.sandbox.support import Shop

JSON = "application/json;charset=UTF-8"


@pytest.fixture
def kakao(shop: Shop) -> SignIn:
    return SignIn(shop, "kakao")


def koe(answer: httpx.Response) -> tuple[int, str, str | None]:
    assert answer.headers["content-type"] == JSON
    body = answer.json()
    return answer.status_code, body["error"], body.get("error_code")


def kapi(answer: httpx.Response) -> tuple[int, int]:
    assert answer.headers["content-type"] == JSON
    assert set(answer.json()) == {"msg", "code"}
    return answer.status_code, answer.json()["code"]


async def test_token_answer(kakao: SignIn) -> None:
    answer = await kakao.exchange(await kakao.code())
    assert (answer.status_code, answer.headers["content-type"]) == (200, JSON)
    told = answer.json()
    assert told.pop("access_token") != told.pop("refresh_token")
    assert told == {
        "token_type": "bearer",
        "expires_in": 21599,
        "refresh_token_expires_in": 5183999,
        "scope": "profile_nickname profile_image account_email name phone_number gender birthyear birthday",
    }


async def test_profile_of_somebody_who_shares_everything(kakao: SignIn) -> None:
    told = await kakao.person()
    assert told.pop("connected_at").endswith("Z")
    picture = "https://profile.invalid/haneul"
    assert told == {
        "id": 1234567890,
        "properties": {
            "nickname": "하늘",
            "profile_image": f"{picture}_640.jpg",
            "thumbnail_image": f"{picture}_110.jpg",
        },
        "kakao_account": {
            "profile_nickname_needs_agreement": False,
            "profile_image_needs_agreement": False,
            "profile": {
                "nickname": "하늘",
                "is_default_nickname": False,
                "thumbnail_image_url": f"{picture}_110.jpg",
                "profile_image_url": f"{picture}_640.jpg",
                "is_default_image": False,
            },
            "has_email": True,
            "email_needs_agreement": False,
            "is_email_valid": True,
            "is_email_verified": True,
            "email": "haneul.kim@gmail.com",
            "name_needs_agreement": False,
            "name": "김하늘",
            "has_phone_number": True,
            "phone_number_needs_agreement": False,
            "phone_number": "+82 10-1234-5678",
            "has_gender": True,
            "gender_needs_agreement": False,
            "gender": "female",
            "has_birthyear": True,
            "birthyear_needs_agreement": False,
            "birthyear": "1990",
            "has_birthday": True,
            "birthday_needs_agreement": False,
            "birthday": "0707",
            "birthday_type": "SOLAR",
        },
    }


@pytest.mark.parametrize(
    ("person", "email"),
    [
        ("bora", {"has_email": True, "email_needs_agreement": True}),
        ("minjun", {"has_email": False, "email_needs_agreement": False}),
        (
            "seoyeon",
            {
                "has_email": True,
                "email_needs_agreement": False,
                "is_email_valid": True,
                "is_email_verified": False,
                "email": "seoyeon.choi@example.com",
            },
        ),
        (
            "jiho",
            {
                "has_email": True,
                "email_needs_agreement": False,
                "is_email_valid": False,
                "is_email_verified": True,
                "email": "jiho.jung@example.com",
            },
        ),
    ],
)
async def test_email_of_every_kind(kakao: SignIn, person: str, email: dict[str, Any]) -> None:
    account = (await kakao.person(person))["kakao_account"]
    assert {name: value for name, value in account.items() if "email" in name} == email


async def test_ids_beyond_53_bits_are_exact_numbers(kakao: SignIn) -> None:
    tokens = await kakao.tokens("bora")
    raw = (await kakao.profile(tokens["access_token"])).text
    assert '"id":9007199254740993,' in raw
    assert '"id":9223372036854775807,' in (await kakao.profile((await kakao.tokens("doyun"))["access_token"])).text


async def test_what_is_not_asked_or_not_ticked_is_absent(kakao: SignIn) -> None:
    tokens = await kakao.tokens(scope="profile_nickname,account_email")
    assert tokens["scope"] == "profile_nickname account_email"
    told = (await kakao.profile(tokens["access_token"])).json()
    assert "profile_image" not in told["properties"]
    assert told["kakao_account"]["name_needs_agreement"] is True
    assert "name" not in told["kakao_account"]
    few = await kakao.person(consents=["email"])
    assert few["kakao_account"]["email"] == "haneul.kim@gmail.com"
    assert few["kakao_account"]["phone_number_needs_agreement"] is True
    none = await kakao.tokens(scope="account_email", consents=[])
    assert none["scope"] == ""
    assert "properties" not in (await kakao.profile(none["access_token"])).json()


async def test_property_keys_choose_and_unknown_ones_are_refused(kakao: SignIn) -> None:
    token = (await kakao.tokens())["access_token"]
    told = (await kakao.profile(token, params={"property_keys": '["kakao_account.name"]'})).json()
    assert told["kakao_account"] == {"name_needs_agreement": False, "name": "김하늘"}
    assert "properties" not in told
    assert kapi(await kakao.profile(token, params={"property_keys": '["shoes"]'})) == (400, -201)
    assert kapi(await kakao.profile(token, params={"property_keys": "{"})) == (400, -2)


async def test_code_works_once(kakao: SignIn) -> None:
    code = await kakao.code()
    answers = await asyncio.gather(*[kakao.exchange(code) for _ in range(5)])
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400, 400]
    again = await kakao.exchange(code)
    assert koe(again) == (400, "invalid_grant", "KOE320")
    assert again.json()["error_description"] == f"authorization code not found for code={code}"
    assert koe(await kakao.exchange("unknown")) == (400, "invalid_grant", "KOE320")


async def test_code_lives_ten_minutes(kakao: SignIn) -> None:
    code = await kakao.code()
    with database(kakao.shop) as db:
        lives = db.execute("SELECT expires_at - created_at FROM oauth_grants").fetchone()[0]
        assert lives == 600_000
        db.execute("UPDATE oauth_grants SET expires_at = ?", (time.time_ns() // 1_000_000 - 1,))
    assert koe(await kakao.exchange(code)) == (400, "invalid_grant", "KOE320")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"client_secret": "wrong"}, (401, "invalid_client", "KOE010")),
        ({"client_secret": None}, (401, "invalid_client", "KOE010")),
        ({"client_id": "naver-client"}, (401, "invalid_client", "KOE101")),
        ({"redirect_uri": CALLBACK + "/"}, (400, "invalid_grant", "KOE303")),
        ({"redirect_uri": None}, (400, "invalid_grant", "KOE303")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type", "KOE310")),
    ],
)
async def test_wrong_exchange_leaves_the_code_alone(
    kakao: SignIn, change: dict[str, str | None], told: tuple[int, str, str]
) -> None:
    code = await kakao.code()
    assert koe(await kakao.exchange(code, **change)) == told
    assert (await kakao.exchange(code)).status_code == 200


async def test_json_body_is_no_form(kakao: SignIn) -> None:
    body = {"client_id": "kakao-client", "client_secret": "kakao-secret", "grant_type": "authorization_code"}
    assert koe(await kakao.shop.http.post("/oauth/kakao/oauth/token", json=body)) == (401, "invalid_client", "KOE101")


async def test_pkce_is_checked_when_a_challenge_was_given(kakao: SignIn) -> None:
    code = await kakao.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    for wrong in (None, "", VERIFIER[:-1], CHALLENGE):
        assert koe(await kakao.exchange(code, code_verifier=wrong)) == (400, "invalid_grant", None)
    assert (await kakao.exchange(code, code_verifier=VERIFIER)).status_code == 200
    assert (await kakao.exchange(await kakao.code(), code_verifier="not asked for")).status_code == 200


async def test_refresh_token_stays_until_its_last_month(kakao: SignIn) -> None:
    first = await kakao.tokens()
    told = (await kakao.refresh(first["refresh_token"])).json()
    assert set(told) == {"access_token", "token_type", "expires_in"}
    assert (await kakao.profile(told["access_token"])).status_code == 200
    in_a_month = (time.time() + 29 * 86_400) * 1000
    with database(kakao.shop) as db:
        db.execute("UPDATE oauth_tokens SET expires_at = ? WHERE kind = 'refresh'", (int(in_a_month),))
    renewed = (await kakao.refresh(first["refresh_token"])).json()
    assert set(renewed) == {"access_token", "token_type", "expires_in", "refresh_token", "refresh_token_expires_in"}
    assert koe(await kakao.refresh(first["refresh_token"])) == (400, "invalid_grant", "KOE322")
    assert (await kakao.refresh(renewed["refresh_token"])).status_code == 200
    assert koe(await kakao.refresh("")) == (400, "invalid_grant", "KOE319")


async def test_expired_and_foreign_tokens_are_401(kakao: SignIn) -> None:
    tokens = await kakao.tokens()
    assert kapi(await kakao.profile(tokens["refresh_token"])) == (401, -401)
    assert kapi(await kakao.profile((await SignIn(kakao.shop, "naver").tokens())["access_token"])) == (401, -401)
    assert kapi(await kakao.shop.http.get("/oauth/kakao/v2/user/me")) == (401, -401)
    with database(kakao.shop) as db:
        db.execute("UPDATE oauth_tokens SET expires_at = 1")
    assert kapi(await kakao.profile(tokens["access_token"])) == (401, -401)


async def test_unlink_ends_all_tokens_and_pending_codes(kakao: SignIn) -> None:
    one, two, pending = await kakao.tokens(), await kakao.tokens(), await kakao.code()
    assert await kakao.linked() == ["haneul"]
    path, headers = "/oauth/kakao/v1/user/unlink", {"Authorization": f"Bearer {one['access_token']}"}
    answer = await kakao.shop.http.post(path, headers=headers)
    assert (answer.status_code, answer.json()) == (200, {"id": 1234567890})
    assert kapi(await kakao.shop.http.post(path, headers=headers)) == (401, -401)
    assert kapi(await kakao.profile(two["access_token"])) == (401, -401)
    assert koe(await kakao.refresh(two["refresh_token"])) == (400, "invalid_grant", "KOE322")
    assert koe(await kakao.exchange(pending)) == (400, "invalid_grant", "KOE320")
    assert await kakao.linked() == []
    assert (await kakao.person())["id"] == 1234567890


async def test_admin_key_reads_and_unlinks_by_id(kakao: SignIn) -> None:
    await kakao.tokens("bora")
    http, headers = kakao.shop.http, {"Authorization": "KakaoAK admin"}
    target = {"target_id_type": "user_id", "target_id": "9007199254740993"}
    told = await http.get("/oauth/kakao/v2/user/me", params=target, headers=headers)
    assert told.json()["id"] == 9007199254740993
    path = "/oauth/kakao/v1/user/unlink"
    assert kapi(await http.post(path, data=target, headers={"Authorization": "KakaoAK wrong"})) == (401, -401)
    assert kapi(await http.post(path, data={**target, "target_id_type": "x"}, headers=headers)) == (400, -2)
    assert kapi(await http.post(path, data={**target, "target_id": "1234567890"}, headers=headers)) == (400, -101)
    assert kapi(await http.post(path, data={**target, "target_id": "9" * 40}, headers=headers)) == (400, -101)
    assert (await http.post(path, data=target, headers=headers)).json() == {"id": 9007199254740993}
    assert kapi(await http.post(path, data=target, headers=headers)) == (400, -101)


@pytest.mark.parametrize(
    ("kind", "absent", "present"),
    [
        ("no_account", "kakao_account", {"id": 1234567890}),
        ("no_properties", "properties", {"id": 1234567890}),
        ("mismatch", None, {"id": 1_000_000_001}),
    ],
)
async def test_profile_can_be_bent(kakao: SignIn, kind: str, absent: str | None, present: dict[str, Any]) -> None:
    token = (await kakao.tokens())["access_token"]
    await kakao.shop.faults({"operation": "kakao_profile", "kind": kind})
    told = (await kakao.profile(token)).json()
    assert absent not in told
    assert {name: told[name] for name in present} == present
    assert (await kakao.profile(token)).json()["kakao_account"]["email"] == "haneul.kim@gmail.com"


async def test_email_can_be_bent(kakao: SignIn) -> None:
    token = (await kakao.tokens())["access_token"]
    kinds = ["missing_email", "unverified_email", "bad_token", "unlinked"]
    await kakao.shop.faults(*[{"operation": "kakao_profile", "kind": kind} for kind in kinds])
    assert (await kakao.profile(token)).json()["kakao_account"]["email_needs_agreement"] is True
    assert (await kakao.profile(token)).json()["kakao_account"]["is_email_verified"] is False
    assert kapi(await kakao.profile(token)) == (401, -401)
    assert kapi(await kakao.profile(token)) == (400, -101)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("used_code", (400, "invalid_grant", "KOE320")),
        ("wrong_secret", (401, "invalid_client", "KOE010")),
        ("rate_limit", (429, "rate_limit_exceeded", "KOE237")),
    ],
)
async def test_token_endpoint_can_refuse(kakao: SignIn, kind: str, told: tuple[int, str, str]) -> None:
    code = await kakao.code()
    await kakao.shop.faults({"operation": "kakao_token", "kind": kind})
    assert koe(await kakao.exchange(code)) == told
    assert (await kakao.exchange(code)).status_code == (400 if kind == "used_code" else 200)


async def test_answer_without_access_token(kakao: SignIn) -> None:
    await kakao.shop.faults(
        {"operation": "kakao_token", "kind": "missing_access_token"},
        {"operation": "kakao_token", "kind": "extra_fields"},
    )
    assert "access_token" not in (await kakao.exchange(await kakao.code())).json()
    assert (await kakao.tokens())["something_new"] == {"added": ["later", 1, None]}
