"""Kakao's OpenID Connect: discovery, keys, id_token with nonce, userinfo."""

import time
from typing import Any

import jwt
import pytest

from tests.sandbox.oauth.support import SignIn
from tests.sandbox.support import Shop

ISSUER = "https://kauth.kakao.com"
SCOPE = "openid,profile_nickname,profile_image,account_email"

pytestmark = pytest.mark.fault("A16")


@pytest.fixture
def kakao(shop: Shop) -> SignIn:
    return SignIn(shop, "kakao")


async def verified(kakao: SignIn, id_token: str) -> dict[str, Any]:
    """The claims, checked by the keys that the discovery document leads to. Raises jwt.PyJWTError."""
    document = (await kakao.shop.http.get(f"{kakao.base}/.well-known/openid-configuration")).json()
    assert (document["issuer"], document["id_token_signing_alg_values_supported"]) == (ISSUER, ["RS256"])
    path = document["jwks_uri"].removeprefix("http://sandbox.test/sandbox")
    keys = jwt.PyJWKSet.from_dict((await kakao.shop.http.get(path)).json())
    kid = jwt.get_unverified_header(id_token)["kid"]
    claims: dict[str, Any] = jwt.decode(
        id_token, keys[kid], algorithms=["RS256"], audience="kakao-client", issuer=document["issuer"]
    )
    return claims


async def test_a_sign_in_with_openid_brings_an_id_token_with_the_nonce(kakao: SignIn) -> None:
    told = await kakao.tokens(scope=SCOPE, nonce="n-0S6_WzA2Mj")

    claims = await verified(kakao, told["id_token"])

    profile = (await kakao.profile(told["access_token"])).json()
    assert (claims["sub"], claims["nonce"]) == (str(profile["id"]), "n-0S6_WzA2Mj")
    assert (claims["nickname"], claims["email"]) == ("하늘", "haneul.kim@gmail.com")
    assert claims["picture"] == profile["kakao_account"]["profile"]["thumbnail_image_url"]
    assert claims["exp"] - claims["iat"] == told["expires_in"]
    assert abs(claims["auth_time"] - time.time()) < 60
    assert "openid" in told["scope"].split()


async def test_what_was_not_agreed_to_is_not_in_the_id_token(kakao: SignIn) -> None:
    told = await kakao.tokens(scope=SCOPE, consents=["nickname"])
    claims = await verified(kakao, told["id_token"])
    assert set(claims) == {"iss", "aud", "sub", "iat", "exp", "auth_time", "nickname"}  # and no nonce without one
    assert claims["sub"] == "1234567890"


async def test_without_openid_there_is_no_id_token_and_no_userinfo(kakao: SignIn) -> None:
    told = await kakao.tokens()
    assert "id_token" not in told
    answer = await kakao.shop.http.get(
        f"{kakao.base}/v1/oidc/userinfo", headers={"Authorization": f"Bearer {told['access_token']}"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, -402)


async def test_userinfo_tells_the_same_person_and_a_refresh_brings_a_new_id_token(kakao: SignIn) -> None:
    told = await kakao.tokens("doyun", scope=SCOPE, nonce="n-1")
    answer = await kakao.shop.http.get(
        f"{kakao.base}/v1/oidc/userinfo", headers={"Authorization": f"Bearer {told['access_token']}"}
    )
    claims = await verified(kakao, told["id_token"])
    assert answer.json() == {name: claims[name] for name in ("sub", "nickname", "picture", "email")}
    assert answer.json()["sub"] == "9223372036854775807"  # text: a number of 64 bits would be rounded
    again = (await kakao.refresh(told["refresh_token"])).json()
    assert (await verified(kakao, again["id_token"])).get("nonce") is None


@pytest.mark.parametrize(
    "fault",
    [
        "id_token_wrong_aud",
        "id_token_wrong_iss",
        "id_token_expired",
        "id_token_alg_none",
        "id_token_alg_hs256",
        "id_token_other_key",
        "id_token_unknown_kid",
        "id_token_tampered",
    ],
)
async def test_a_switch_makes_an_id_token_that_no_shop_may_take(kakao: SignIn, fault: str) -> None:
    told = await kakao.tokens(scope=SCOPE, fault=f"kakao_token:{fault}")
    with pytest.raises((jwt.PyJWTError, KeyError)):
        await verified(kakao, told["id_token"])


async def test_a_switch_changes_the_nonce_or_leaves_it_out(kakao: SignIn) -> None:
    wrong = await kakao.tokens(scope=SCOPE, nonce="n-1", fault="kakao_token:id_token_wrong_nonce")
    assert (await verified(kakao, wrong["id_token"]))["nonce"] != "n-1"
    gone = await kakao.tokens(scope=SCOPE, nonce="n-1", fault="kakao_token:id_token_missing_nonce")
    assert "nonce" not in await verified(kakao, gone["id_token"])
    assert "id_token" not in await kakao.tokens(scope=SCOPE, fault="kakao_token:id_token_missing")
