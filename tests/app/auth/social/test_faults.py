"""What the providers do wrong, each with its own answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
import respx
from fastapi import FastAPI

from src.app.auth.services.social.providers import registry
from src.app.auth.services.social.providers.base import Ask, Granted
from src.app.auth.services.social.providers.google_id_token import IdTokens
from src.app.auth.services.social.providers.wire import Calls, challenge_of
from src.app.user.models import User
from src.common.vendors import Nonsense
from src.core.configs import Settings
from src.core.configs.groups import ServerSettings
from src.core.configs.identity_groups import SocialSettings
from tests.app.auth.social.support import PROVIDERS, authorize, new_person, rows, sign_in, switch
from tests.app.auth.support import code, me

CODE_INVALID = (400, "OAUTH_CODE_INVALID")
UNAVAILABLE = (502, "OAUTH_PROVIDER_UNAVAILABLE")


@pytest.fixture
async def hurried(client: httpx.AsyncClient, shop_settings: Settings) -> AsyncIterator[None]:
    """Providers get a third of a second."""
    await registry.close_providers()
    registry.open_providers(replace(shop_settings, social=SocialSettings(connect_seconds=0.15, read_seconds=0.2)))
    yield
    await registry.close_providers()
    registry.open_providers(shop_settings)


async def nobody_came_in(answer: httpx.Response) -> bool:
    return "refresh_token" not in answer.cookies and await rows() == [] and await User.all().count() == 0


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_used_code_is_refused(client: httpx.AsyncClient, provider: str) -> None:
    # Kakao KOE320, Naver an error with HTTP 200, Google invalid_grant.
    answer = await sign_in(client, provider, fault=f"{provider}_token:used_code")

    assert code(answer) == CODE_INVALID
    assert await nobody_came_in(answer)


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "fault", ["token:error_500", "token:error_503", "token:error_429", "token:garbage", "token:missing_access_token"]
)
async def test_trouble_with_the_token_is_the_providers(client: httpx.AsyncClient, provider: str, fault: str) -> None:
    answer = await sign_in(client, provider, fault=f"{provider}_{fault}")

    assert code(answer) == UNAVAILABLE
    assert answer.headers["retry-after"] == "5"
    assert await nobody_came_in(answer)


@pytest.mark.parametrize("provider", ["kakao", "naver"])
@pytest.mark.parametrize("fault", ["error_500", "garbage", "bad_token"])
async def test_trouble_with_the_profile_is_the_providers(client: httpx.AsyncClient, provider: str, fault: str) -> None:
    answer = await sign_in(client, provider, fault=f"{provider}_profile:{fault}")

    assert code(answer) == UNAVAILABLE
    assert await nobody_came_in(answer)


@pytest.mark.parametrize(
    "fault", ["kakao_profile:unlinked", "naver_profile:missing_id", "naver_profile:missing_response"]
)
async def test_a_profile_of_nobody_is_nobody(client: httpx.AsyncClient, fault: str) -> None:
    answer = await sign_in(client, fault.partition("_")[0], fault=fault)

    assert code(answer) == UNAVAILABLE
    assert await nobody_came_in(answer)


async def test_naver_refuses_a_token_with_http_200(client: httpx.AsyncClient) -> None:
    assert code(await sign_in(client, "naver", fault="naver_profile:bad_token_200")) == UNAVAILABLE


@pytest.mark.parametrize(
    ("fault", "name", "has_email"), [("no_account", "김하늘 골프", False), ("no_properties", "김새봄", True)]
)
async def test_kakao_may_leave_things_out(client: httpx.AsyncClient, fault: str, name: str, has_email: bool) -> None:
    person = await new_person(client, nickname="김하늘 골프")

    assert (await sign_in(client, "kakao", person, fault=f"kakao_profile:{fault}")).status_code == 200
    user = await User.get()
    assert (user.name, user.email is not None) == (name, has_email)


WITHOUT_ADDRESS = [
    (provider, kind)
    for provider in PROVIDERS
    for kind in ("missing_email", "unverified_email")
    if (provider, kind) != ("naver", "unverified_email")  # Naver has no such flag
]


@pytest.mark.parametrize(("provider", "kind"), WITHOUT_ADDRESS)
async def test_an_address_that_is_missing_or_not_verified_is_not_the_members(
    client: httpx.AsyncClient, provider: str, kind: str
) -> None:
    step = "token" if provider == "google" else "profile"

    answer = await sign_in(client, provider, fault=f"{provider}_{step}:{kind}")

    assert (await me(client, answer.json()["access_token"])).json()["email"] is None


async def test_navers_lifetime_may_be_a_number(client: httpx.AsyncClient) -> None:
    assert (await sign_in(client, "naver", fault="naver_token:number_expires_in")).status_code == 200


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_new_fields_are_no_trouble(client: httpx.AsyncClient, provider: str) -> None:
    assert (await sign_in(client, provider, fault=f"{provider}_token:extra_fields")).status_code == 200


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_wrong_secret_is_ours_and_wakes_somebody(
    client: httpx.AsyncClient, provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await sign_in(client, provider, fault=f"{provider}_token:wrong_secret")

    assert code(answer) == UNAVAILABLE
    (record,) = [record for record in caplog.records if record.name.startswith("src.app.auth")]
    assert record.levelname == "ERROR"
    assert f"{provider} " in record.getMessage()
    assert "invalid_client" in record.getMessage()


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_slow_provider_is_not_waited_for(client: httpx.AsyncClient, hurried: None, provider: str) -> None:
    async with asyncio.timeout(15):  # the sandbox would take 20 s
        answer = await sign_in(client, provider, fault=f"{provider}_token:slow")

    assert code(answer) == UNAVAILABLE
    assert await nobody_came_in(answer)


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_the_next_try_works(client: httpx.AsyncClient, provider: str) -> None:
    assert code(await sign_in(client, provider, fault=f"{provider}_token:error_500")) == UNAVAILABLE

    assert (await sign_in(client, provider)).json()["is_new"] is True


@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "wrong_aud",
        "wrong_iss",
        "expired",
        "wrong_nonce",
        "missing_nonce",
        "alg_none",
        "alg_hs256",
        "other_key",
        "unknown_kid",
        "tampered",
    ],
)
async def test_an_id_token_that_is_not_right_opens_nothing(client: httpx.AsyncClient, kind: str) -> None:
    answer = await sign_in(client, "google", fault=f"google_token:id_token_{kind}")

    assert code(answer) == UNAVAILABLE
    assert await nobody_came_in(answer)


async def test_googles_old_issuer_is_googles(client: httpx.AsyncClient) -> None:
    assert (await sign_in(client, "google", fault="google_token:id_token_old_iss")).status_code == 200


async def test_a_new_key_of_google_is_fetched(client: httpx.AsyncClient) -> None:
    assert (await sign_in(client, "google")).status_code == 200
    assert (await client.post("/sandbox/control/oauth/google/keys")).status_code == 201

    assert (await sign_in(client, "google")).status_code == 200


@pytest.mark.parametrize("kind", ["no_keys", "other_keys", "error_500", "garbage"])
async def test_without_googles_keys_nobody_is_believed(client: httpx.AsyncClient, kind: str) -> None:
    await client.post("/sandbox/control/oauth/google/keys")  # one that is not in the cache
    await switch(client, "google_certs", kind)

    answer = await sign_in(client, "google")

    assert code(answer) == UNAVAILABLE
    assert await nobody_came_in(answer)
    assert (await sign_in(client, "google")).status_code == 200


ASK = Ask(state="s", nonce="n", verifier="v" * 64, redirect_uri="https://shop.example/oauth/x/callback")


@pytest.fixture
async def real(app: FastAPI) -> AsyncIterator[Callable[..., None]]:
    """Opens the providers without the sandbox: at the vendors' own addresses."""
    before = dict(registry._open)

    def open_real(**changes: Any) -> None:
        registry.open_providers(
            Settings(server=ServerSettings(env="test", sandbox=False), social=SocialSettings(**changes))
        )

    open_real()
    yield open_real
    await registry.close_providers()
    registry._open.update(before)


def test_the_challenge_is_rfc_7636s() -> None:
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@respx.mock
@pytest.mark.parametrize(
    ("provider", "url", "refused", "error"),
    [
        ("kakao", "https://kauth.kakao.com/oauth/token", {"error": "invalid_grant", "error_code": "KOE303"}, Nonsense),
        ("kakao", "https://kauth.kakao.com/oauth/token", {"error": "weird", "error_code": "KOE999"}, Nonsense),
        ("google", "https://oauth2.googleapis.com/token", {"error": "redirect_uri_mismatch"}, Nonsense),
        ("naver", "https://nid.naver.com/oauth2.0/token", {"error": "unauthorized_client"}, Nonsense),
        ("naver", "https://nid.naver.com/oauth2.0/token", {}, Nonsense),
        ("google", "https://oauth2.googleapis.com/token", {"error": ["code=abc"]}, Nonsense),
    ],
)
async def test_the_code_goes_to_the_vendor_once(
    real: Callable[..., None], provider: str, url: str, refused: dict[str, object], error: type[Exception]
) -> None:
    route = respx.post(url).respond(200 if provider == "naver" else 400, json=refused)

    with pytest.raises(error) as raised:
        await registry.named(provider).exchange("the-code", ASK)

    assert route.call_count == 1
    assert "the-code" not in str(raised.value)


async def test_a_provider_without_a_client_is_switched_off(
    client: httpx.AsyncClient, real: Callable[..., None]
) -> None:
    real(naver_client_id="")

    assert code(await authorize(client, "naver")) == (404, "OAUTH_PROVIDER_NOT_FOUND")
    url = (await authorize(client, "google")).json()["authorize_url"]
    assert url.startswith("https://accounts.google.com/o/oauth2/v2/auth?client_id=")


@respx.mock
async def test_keys_are_fetched_once_for_many(shop_settings: Settings) -> None:
    route = respx.get("https://certs.example/").respond(json={"keys": [{"kty": "EC", "kid": "a"}, "x", {"kty": "RSA"}]})
    calls = Calls(shop_settings)
    keys = IdTokens(calls, "https://certs.example/", audience="a")
    for token in ("", "a.b.c", "eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.e30.AA"):
        with pytest.raises(Nonsense):
            await keys.verified(token, nonce="n")
    await calls.close()

    assert route.call_count == 1


@respx.mock
async def test_kakaos_id_token_must_be_of_this_attempt(real: Callable[..., None]) -> None:
    route = respx.get("https://kapi.kakao.com/v2/user/me").respond(json={"id": 1})
    kakao = registry.named("kakao")
    other = "eyJhbGciOiJSUzI1NiJ9.eyJub25jZSI6Im8ifQ.AA"  # {"nonce": "o"}
    same = "eyJhbGciOiJSUzI1NiJ9.eyJub25jZSI6Im4ifQ.AA"  # {"nonce": "n"}

    with pytest.raises(Nonsense):
        await kakao.profile(Granted(access_token="a", id_token=other), ASK)
    assert (await kakao.profile(Granted(access_token="a", id_token=same), ASK)).subject == "1"
    assert route.call_count == 1
