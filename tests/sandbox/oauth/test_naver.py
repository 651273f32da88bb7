"""Naver Login, classic OAuth2 (docs/vendors/naver.md)."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.sandbox.oauth.support import SignIn, database
from tests.sandbox.support import Shop

NO_SESSION = {"error": "invalid_request", "error_description": "no valid data in session"}


@pytest.fixture
def naver(shop: Shop) -> SignIn:
    return SignIn(shop, "naver")


def failed(answer: httpx.Response) -> str:
    """The error of an answer that is 200 all the same."""
    assert answer.status_code == 200
    assert set(answer.json()) == {"error", "error_description"}
    error: str = answer.json()["error"]
    return error


async def test_token_answer_has_a_string_for_seconds(naver: SignIn) -> None:
    told = await naver.tokens()
    assert all(sign in told["access_token"] for sign in "+/=")
    assert set(told) == {"access_token", "refresh_token", "token_type", "expires_in"}
    assert (told["token_type"], told["expires_in"]) == ("bearer", "3600")


async def test_token_by_get(naver: SignIn) -> None:
    query = {
        "grant_type": "authorization_code",
        "client_id": "naver-client",
        "client_secret": "naver-secret",
        "code": await naver.code(),
        "state": "x",
    }
    assert (await naver.shop.http.get("/oauth/naver/oauth2.0/token", params=query)).json()["access_token"]


async def test_profile_of_somebody_who_shares_everything(naver: SignIn) -> None:
    everyone = (await naver.shop.http.get("/control/people")).json()["items"]
    assert await naver.person() == {
        "resultcode": "00",
        "message": "success",
        "response": {
            "id": everyone[0]["subjects"]["naver"],
            "nickname": "하늘",
            "profile_image": "https://profile.invalid/haneul.jpg",
            "age": "30-39",
            "gender": "F",
            "email": "haneul.kim@gmail.com",
            "mobile": "010-1234-5678",
            "mobile_e164": "+821012345678",
            "name": "김하늘",
            "birthday": "07-07",
            "birthyear": "1990",
        },
    }


async def test_refused_items_are_absent(naver: SignIn) -> None:
    assert set((await naver.person(consents=["name"]))["response"]) == {"id", "name"}
    bora = (await naver.person("bora"))["response"]
    assert set(bora) == {"id", "name", "nickname", "profile_image"}
    unverified = (await naver.person("demo-unverified"))["response"]
    assert (unverified["email"], [name for name in unverified if "verified" in name]) == ("demo@example.com", [])


async def test_code_works_once_and_fails_with_200(naver: SignIn) -> None:
    code = await naver.code()
    answers = await asyncio.gather(*[naver.exchange(code) for _ in range(5)])
    assert [answer.status_code for answer in answers] == [200] * 5
    assert sorted("access_token" in answer.json() for answer in answers) == [False] * 4 + [True]
    assert (await naver.exchange(code)).json() == NO_SESSION
    assert (await naver.exchange("unknown")).json() == NO_SESSION


async def test_expired_code_fails_with_200(naver: SignIn) -> None:
    code = await naver.code()
    with database(naver.shop) as db:
        db.execute("UPDATE oauth_grants SET expires_at = 1")
    assert (await naver.exchange(code)).json() == NO_SESSION


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "kakao-client"}, "invalid_client"),
        ({"state": None}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
    ],
)
async def test_wrong_exchange_is_200_and_leaves_the_code_alone(
    naver: SignIn, change: dict[str, str | None], error: str
) -> None:
    code = await naver.code()
    assert failed(await naver.exchange(code, **change)) == error
    assert (await naver.exchange(code, redirect_uri="http://not.looked/at")).json()["access_token"]


async def test_refresh_gives_no_new_refresh_token(naver: SignIn) -> None:
    first = await naver.tokens()
    told = (await naver.refresh(first["refresh_token"])).json()
    assert set(told) == {"access_token", "token_type", "expires_in"}
    assert (await naver.profile(told["access_token"])).status_code == 200
    assert failed(await naver.refresh("unknown")) == "invalid_request"


async def test_profile_without_a_good_token(naver: SignIn) -> None:
    bad = await naver.profile("unknown")
    assert (bad.status_code, bad.json()) == (401, {"resultcode": "024", "message": "Authentication failed"})
    none = await naver.shop.http.get("/oauth/naver/v1/nid/me")
    assert (none.status_code, none.json()["resultcode"]) == (401, "028")


async def test_revoke_is_empty_and_kills_the_pair(naver: SignIn) -> None:
    tokens = await naver.tokens()
    secrets = {"client_id": "naver-client", "client_secret": "naver-secret"}
    refused = await naver.post("/oauth2.0/revoke", **(secrets | {"client_secret": "x"}), token="t")
    assert (refused.status_code, refused.json()["error"]) == (401, "unauthorized_client")
    empty = await naver.post("/oauth2.0/revoke", **secrets)
    assert (empty.status_code, empty.json()["error"]) == (400, "invalid_request")
    for _ in range(2):
        done = await naver.post(
            "/oauth2.0/revoke", **secrets, token=tokens["refresh_token"], token_type_hint="refresh_token"
        )
        assert (done.status_code, done.content) == (200, b"")
    assert (await naver.profile(tokens["access_token"])).status_code == 401
    assert failed(await naver.refresh(tokens["refresh_token"])) == "invalid_request"
    assert await naver.linked() == []


async def test_old_delete_says_success_for_dead_tokens_too(naver: SignIn) -> None:
    token = (await naver.tokens())["access_token"]
    dead = await naver.exchange(None, grant_type="delete", access_token="dead")
    assert dead.json() == {"access_token": "dead", "result": "success"}
    assert await naver.linked() == ["haneul"]
    unescaped = f"grant_type=delete&client_id=naver-client&client_secret=naver-secret&access_token={token}"
    lost = await naver.shop.http.get(f"/oauth/naver/oauth2.0/token?{unescaped}")
    assert (lost.json()["result"], await naver.linked()) == ("success", ["haneul"])
    done = await naver.exchange(None, grant_type="delete", access_token=token, service_provider="NAVER")
    assert done.json() == {"access_token": token, "result": "success"}
    assert await naver.linked() == []


@pytest.mark.parametrize(
    ("kind", "status", "told"),
    [
        ("bad_token", 401, {"resultcode": "024", "message": "Authentication failed"}),
        ("bad_token_200", 200, {"resultcode": "024", "message": "Authentication failed"}),
        ("missing_response", 200, {"resultcode": "00", "message": "success"}),
    ],
)
async def test_profile_can_fail(naver: SignIn, kind: str, status: int, told: dict[str, Any]) -> None:
    tokens = await naver.tokens(fault=f"naver_profile:{kind}")
    answer = await naver.profile(tokens["access_token"])
    assert (answer.status_code, answer.json()) == (status, told)


async def test_profile_can_be_bent(naver: SignIn) -> None:
    kinds = ["missing_email", "missing_id", "mismatch"]
    await naver.shop.faults(*[{"operation": "naver_profile", "kind": kind} for kind in kinds])
    token = (await naver.tokens())["access_token"]
    told = [(await naver.profile(token)).json()["response"] for _ in kinds]
    assert ("email" in told[0], "id" in told[1], told[2]["id"]) == (False, False, "id-of-somebody-else")


async def test_token_endpoint_can_lie(naver: SignIn) -> None:
    code = await naver.code()
    await naver.shop.faults(
        {"operation": "naver_token", "kind": "wrong_secret"},
        {"operation": "naver_token", "kind": "number_expires_in"},
        {"operation": "naver_token", "kind": "used_code"},
        {"operation": "naver_unlink", "kind": "temporarily_unavailable"},
    )
    assert failed(await naver.exchange(code)) == "invalid_client"
    assert (await naver.exchange(code)).json()["expires_in"] == 3600
    assert (await naver.exchange(await naver.code())).json() == NO_SESSION
    assert (await naver.post("/oauth2.0/revoke")).status_code == 503
