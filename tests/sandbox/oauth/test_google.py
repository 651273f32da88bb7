"""Google Sign-In (docs/vendors/google.md): the id_token is checked as a shop checks it, with PyJWT and the JWKS."""

import asyncio
import time
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from tests.sandbox.oauth.support import CALLBACK, CHALLENGE, VERIFIER, SignIn, challenge_of, database
from tests.sandbox.support import Receiver, Shop, config_for, running

API = "https://www.googleapis.com/auth/userinfo."
ISSUER = "https://accounts.google.com"


@pytest.fixture
def google(shop: Shop) -> SignIn:
    return SignIn(shop, "google")


async def keys(shop: Shop) -> dict[str, jwt.PyJWK]:
    answer = await shop.http.get("/oauth/google/oauth2/v3/certs")
    return {key.key_id: key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.key_id}


async def checked(shop: Shop, token: str) -> dict[str, Any]:
    """The claims; jwt's own errors and KeyError for an unknown kid."""
    key = (await keys(shop))[jwt.get_unverified_header(token)["kid"]]
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], audience="google-client", issuer=ISSUER)
    return claims


def failed(answer: httpx.Response) -> tuple[int, str]:
    assert set(answer.json()) == {"error", "error_description"}
    return answer.status_code, answer.json()["error"]


async def test_token_answer_and_claims(google: SignIn) -> None:
    told = await google.tokens()
    claims = await checked(google.shop, told.pop("id_token"))
    assert told.pop("access_token").startswith("ya29.")
    assert told == {"expires_in": 3599, "scope": f"{API}email {API}profile openid", "token_type": "Bearer"}
    assert abs(claims.pop("iat") - time.time()) < 60
    assert abs(claims.pop("exp") - time.time() - 3600) < 60
    assert len(claims.pop("at_hash")) == 22
    sub = claims.pop("sub")
    assert (len(sub), sub.isdigit()) == (21, True)
    assert claims == {
        "iss": ISSUER,
        "azp": "google-client",
        "aud": "google-client",
        "email": "haneul.kim@gmail.com",
        "email_verified": True,
        "nonce": "n-1",
        "name": "김하늘",
        "given_name": "하늘",
        "family_name": "김",
        "picture": "https://profile.invalid/haneul.jpg",
    }


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ("yuna-workspace", {"email": "yuna.han@golf.example", "email_verified": True, "hd": "golf.example"}),
        ("doyun", {"email": "doyun.yoon@mail.example", "email_verified": True}),
        ("demo-unverified", {"email": "demo@example.com", "email_verified": False}),
        ("minjun", {}),
    ],
)
async def test_email_of_every_kind(google: SignIn, person: str, told: dict[str, Any]) -> None:
    tokens = await google.tokens(person)
    names = ("email", "email_verified", "hd")
    claims = await checked(google.shop, tokens["id_token"])
    info = (await google.profile(tokens["access_token"])).json()
    assert {name: claims[name] for name in names if name in claims} == told
    assert {name: info[name] for name in names if name in info} == told
    assert info["sub"] == claims["sub"]


async def test_scope_and_ticks_bound_what_is_told(google: SignIn) -> None:
    only = await google.tokens(scope="openid email", nonce=None)
    claims = await checked(google.shop, only["id_token"])
    assert ("name" in claims, "nonce" in claims, claims["email"]) == (False, False, "haneul.kim@gmail.com")
    unticked = await google.tokens(consents=["profile"])
    assert unticked["scope"] == f"{API}profile openid"
    assert "email" not in await checked(google.shop, unticked["id_token"])
    assert "id_token" not in await google.tokens(scope="email profile")


async def test_code_works_once(google: SignIn) -> None:
    code = await google.code()
    answers = await asyncio.gather(*[google.exchange(code) for _ in range(5)])
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400, 400]
    assert failed(await google.exchange(code)) == (400, "invalid_grant")
    malformed = await google.exchange("nonsense")
    assert malformed.json() == {"error": "invalid_grant", "error_description": "Malformed auth code."}
    late = await google.code()
    with database(google.shop) as db:
        db.execute("UPDATE oauth_grants SET expires_at = 1")
    assert failed(await google.exchange(late)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"client_secret": "wrong"}, (401, "invalid_client")),
        ({"client_secret": None}, (400, "invalid_request")),
        ({"client_id": "other"}, (401, "invalid_client")),
        ({"redirect_uri": "http://shop.test/b"}, (400, "redirect_uri_mismatch")),
        ({"redirect_uri": None}, (400, "redirect_uri_mismatch")),
        ({"grant_type": None}, (400, "unsupported_grant_type")),
        ({"code_verifier": VERIFIER}, (400, "invalid_grant")),
    ],
)
async def test_wrong_exchange_leaves_the_code_alone(
    google: SignIn, change: dict[str, str | None], told: tuple[int, str]
) -> None:
    code = await google.code()
    assert failed(await google.exchange(code, **change)) == told
    assert (await google.exchange(code)).status_code == 200


async def test_secret_by_basic(google: SignIn) -> None:
    form = {"grant_type": "authorization_code", "code": await google.code(), "redirect_uri": CALLBACK}
    path, good = "/oauth/google/token", httpx.BasicAuth("google-client", "google-secret")
    bad = await google.shop.http.post(path, data=form, auth=httpx.BasicAuth("google-client", "x"))
    assert failed(bad) == (401, "invalid_client")
    assert (await google.shop.http.post(path, data=form, auth=good)).status_code == 200
    assert failed(await google.shop.http.post(path, data=form, headers={"Authorization": "Basic ?"})) == (
        401,
        "invalid_client",
    )


async def test_pkce(google: SignIn) -> None:
    assert challenge_of(VERIFIER) == CHALLENGE
    code = await google.code(code_challenge=CHALLENGE, code_challenge_method="S256")
    for wrong in (None, CHALLENGE, VERIFIER + "x", "하늘"):
        assert failed(await google.exchange(code, code_verifier=wrong)) == (400, "invalid_grant")
    assert (await google.exchange(code, code_verifier=VERIFIER)).status_code == 200
    plain = await google.code(code_challenge=VERIFIER)
    assert (await google.exchange(plain, code_verifier=VERIFIER)).status_code == 200


async def test_refresh_token_only_when_asked_and_the_first_time(google: SignIn) -> None:
    assert "refresh_token" not in await google.tokens("bora")
    first = await google.tokens(access_type="offline")
    assert "refresh_token" not in await google.tokens(access_type="offline")
    assert "refresh_token" in await google.tokens(access_type="offline", prompt="consent")
    told = (await google.refresh(first["refresh_token"])).json()
    assert set(told) == {"access_token", "expires_in", "scope", "token_type", "id_token"}
    assert "nonce" not in await checked(google.shop, told["id_token"])
    assert failed(await google.refresh("1//unknown")) == (400, "invalid_grant")


async def test_revoke_is_empty_and_not_idempotent(google: SignIn) -> None:
    tokens = await google.tokens()
    done = await google.post("/revoke", token=tokens["access_token"])
    assert (done.status_code, done.content) == (200, b"")
    assert failed(await google.post("/revoke", token=tokens["access_token"])) == (400, "invalid_token")
    assert failed(await google.profile(tokens["access_token"])) == (401, "invalid_request")
    assert await google.linked() == []


async def test_discovery_names_googles_issuer_and_our_endpoints(google: SignIn) -> None:
    told = (await google.shop.http.get("/oauth/google/.well-known/openid-configuration")).json()
    assert told["issuer"] == ISSUER
    base = "http://sandbox.test/sandbox/oauth/google"
    assert told["authorization_endpoint"] == f"{base}/o/oauth2/v2/auth"
    for name in ("token_endpoint", "userinfo_endpoint", "jwks_uri", "revocation_endpoint"):
        assert told[name].startswith(base)
        assert (await google.shop.http.request("OPTIONS", told[name])).status_code == 405


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("id_token_wrong_aud", jwt.InvalidAudienceError),
        ("id_token_wrong_iss", jwt.InvalidIssuerError),
        ("id_token_old_iss", jwt.InvalidIssuerError),
        ("id_token_expired", jwt.ExpiredSignatureError),
        ("id_token_alg_none", jwt.InvalidAlgorithmError),
        ("id_token_alg_hs256", jwt.InvalidAlgorithmError),
        ("id_token_other_key", jwt.InvalidSignatureError),
        ("id_token_tampered", jwt.InvalidSignatureError),
        ("id_token_unknown_kid", KeyError),
    ],
)
async def test_id_token_can_be_wrong(google: SignIn, kind: str, error: type[Exception]) -> None:
    tokens = await google.tokens(fault=f"google_token:{kind}")
    with pytest.raises(error):
        await checked(google.shop, tokens["id_token"])
    assert jwt.decode(tokens["id_token"], options={"verify_signature": False})["sub"]


async def test_claims_can_be_wrong_under_a_good_signature(google: SignIn) -> None:
    kinds = ["id_token_wrong_nonce", "id_token_missing_nonce", "missing_email", "unverified_email"]
    await google.shop.faults(*[{"operation": "google_token", "kind": kind} for kind in kinds])
    claims = [await checked(google.shop, (await google.tokens())["id_token"]) for _ in kinds]
    assert claims[0]["nonce"] == "nonce-of-another-sign-in"
    assert "nonce" not in claims[1]
    assert ("email" in claims[2], "email_verified" in claims[2]) == (False, False)
    assert claims[3]["email_verified"] is False
    assert "id_token" not in await google.tokens(fault="google_token:id_token_missing")


async def test_userinfo_can_be_wrong(google: SignIn) -> None:
    tokens = await google.tokens()
    kinds = ["mismatch", "missing_email", "unverified_email", "bad_token"]
    await google.shop.faults(*[{"operation": "google_profile", "kind": kind} for kind in kinds])
    told = [(await google.profile(tokens["access_token"])).json() for _ in kinds]
    assert told[0]["sub"] != (await checked(google.shop, tokens["id_token"]))["sub"]
    assert ("email" in told[1], told[2]["email_verified"], told[3]["error"]) == (False, False, "invalid_request")


async def test_certs_can_be_wrong(google: SignIn) -> None:
    token = (await google.tokens())["id_token"]
    await google.shop.faults(
        {"operation": "google_certs", "kind": "no_keys"},
        {"operation": "google_certs", "kind": "other_keys"},
        {"operation": "google_certs", "kind": "error_500"},
    )
    path = "/oauth/google/oauth2/v3/certs"
    assert (await google.shop.http.get(path)).json() == {"keys": []}
    [other] = (await google.shop.http.get(path)).json()["keys"]
    assert other["kid"] != jwt.get_unverified_header(token)["kid"]
    assert (await google.shop.http.get(path)).status_code == 500
    good = await google.shop.http.get(path)
    assert good.headers["cache-control"].startswith("public, max-age=")
    assert set(good.json()["keys"][0]) == {"kid", "kty", "alg", "use", "n", "e"}


async def test_keys_are_made_once_by_all_processes_and_survive(tmp_path: Path, receiver: Receiver) -> None:
    config = config_for(tmp_path / "s.db", receiver.url)
    async with running(config) as one, running(config) as two:
        kids = await asyncio.gather(*[keys(shop) for shop in (one, two, one, two)])
        assert len({kid for found in kids for kid in found}) == 1
        token = (await SignIn(one, "google").tokens())["id_token"]
        assert (await checked(two, token))["sub"]
    async with running(config) as shop:
        assert (await checked(shop, token))["sub"]


async def test_rotation_keeps_the_old_key_published(google: SignIn) -> None:
    before = (await google.tokens())["id_token"]
    answer = await google.shop.http.post("/control/oauth/google/keys")
    assert answer.status_code == 201
    after = (await google.tokens())["id_token"]
    assert jwt.get_unverified_header(after)["kid"] == answer.json()["kid"]
    assert jwt.get_unverified_header(before)["kid"] != answer.json()["kid"]
    assert len(await keys(google.shop)) == 2
    assert (await checked(google.shop, before))["sub"] == (await checked(google.shop, after))["sub"]
