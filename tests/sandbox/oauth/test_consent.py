"""The authorize step: page, click, control, and what is refused on it."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sandbox.oauth.support import CALLBACK, SignIn, ask, path_of
from tests.sandbox.support import Shop, said

PROVIDERS = ["kakao", "naver", "google"]
HOSTILE = "\"><script>alert('x')</script>&amp;{{7*7}}"


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_page_shows_people_consents_and_faults(shop: Shop, provider: str) -> None:
    page = await shop.http.get(path_of(provider), params=ask(provider))
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    for words in ("김하늘", "demo@example.com", "동의하고 계속하기", "Agree and continue", "취소", "Refuse", "이메일"):
        assert words in page.text
    assert f'action="/sandbox{path_of(provider)}"' in page.text
    assert f'value="{provider}_token:error_500"' in page.text
    assert 'name="state" value="st&amp;te=1"' in page.text
    assert "http://shop.test/callback" in page.text
    assert "<script" not in page.text
    assert "src=" not in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_page_escapes_what_it_is_asked_with(shop: Shop, provider: str) -> None:
    await shop.http.post("/control/people", json={"id": "x", "name": HOSTILE, "note": HOSTILE})
    page = await shop.http.get(path_of(provider), params=ask(provider, state=HOSTILE, something=HOSTILE))
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "49" not in page.text.split("{{7*7}}")[1][:5]
    error = await shop.http.get(path_of(provider), params=ask(provider, scope=HOSTILE, redirect_uri="http://evil.test"))
    assert error.status_code == 400
    assert "<script" not in error.text


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_click_goes_back_with_code_and_state(shop: Shop, provider: str) -> None:
    form = {**ask(provider), "sandbox_person": "bora", "sandbox_decision": "agree"}
    answer = await shop.http.post(path_of(provider), data=form)
    assert answer.status_code == 303
    url = urlsplit(answer.headers["location"])
    assert f"{url.scheme}://{url.netloc}{url.path}" == CALLBACK
    told = parse_qs(url.query)
    assert told["state"] == ["st&te=1"]
    tokens = await SignIn(shop, provider).exchange(told["code"][0])
    assert tokens.json()["access_token"]


async def test_ticks_decide_what_is_shared(shop: Shop) -> None:
    form = {**ask("kakao"), "sandbox_person": "haneul", "sandbox_decision": "agree", "sandbox_consent": "name"}
    answer = await shop.http.post(path_of("kakao"), data=form)
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    tokens = (await SignIn(shop, "kakao").exchange(code)).json()
    assert tokens["scope"] == "profile_nickname name"


@pytest.mark.parametrize("provider", ["naver", "google"])
async def test_authorize_by_post_without_a_click_shows_the_page(shop: Shop, provider: str) -> None:
    page = await shop.http.post(path_of(provider), data=ask(provider))
    assert (page.status_code, "동의하고 계속하기" in page.text) == (200, True)


@pytest.mark.parametrize(
    ("provider", "told"),
    [
        (
            "kakao",
            {"error": "access_denied", "error_description": "User denied access", "state": "st&te=1"},
        ),
        ("naver", {"error": "access_denied", "error_description": "Canceled By User", "state": "st&te=1"}),
        ("google", {"error": "access_denied", "state": "st&te=1"}),
    ],
)
async def test_refusal_goes_back_with_access_denied(shop: Shop, provider: str, told: dict[str, str]) -> None:
    assert await SignIn(shop, provider).redirect(agree=False) == told
    form = {**ask(provider), "sandbox_person": "bora", "sandbox_decision": "refuse"}
    answer = await shop.http.post(path_of(provider), data=form)
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert {name: values[0] for name, values in query.items()} == told


@pytest.mark.parametrize(
    ("provider", "change", "status", "code"),
    [
        ("kakao", {"client_id": "other"}, 401, "KOE101"),
        ("kakao", {"client_id": None}, 401, "KOE101"),
        ("kakao", {"redirect_uri": "http://shop.test/callback/"}, 400, "KOE006"),
        ("kakao", {"redirect_uri": None}, 400, "KOE006"),
        ("kakao", {"redirect_uri": "http://shop.test/b"}, 400, "KOE006"),
        ("kakao", {"response_type": "token"}, 400, "KOE202"),
        ("kakao", {"response_type": None}, 400, "KOE201"),
        ("kakao", {"scope": "account_email,talk_message"}, 400, "KOE205"),
        ("kakao", {"scope": "openid,plusfriends"}, 400, "KOE205"),
        ("kakao", {"code_challenge": "x", "code_challenge_method": "plain"}, 400, "KOE001"),
        ("naver", {"client_id": "kakao-client"}, 400, "invalid_client"),
        ("naver", {"redirect_uri": "http://shop.test/b"}, 400, "invalid_request"),
        ("naver", {"response_type": "token"}, 400, "unsupported_response_type"),
        ("naver", {"state": None}, 400, "invalid_request"),
        ("naver", {"state": ""}, 400, "invalid_request"),
        ("google", {"client_id": "other"}, 401, "invalid_client"),
        ("google", {"redirect_uri": "https://shop.test/callback"}, 400, "redirect_uri_mismatch"),
        ("google", {"response_type": "id_token"}, 400, "unsupported_response_type"),
        ("google", {"scope": None}, 400, "invalid_request"),
        ("google", {"scope": "openid calendar"}, 400, "invalid_scope"),
        ("google", {"code_challenge": "short"}, 400, "invalid_request"),
        ("google", {"code_challenge": "x" * 43, "code_challenge_method": "S512"}, 400, "invalid_request"),
    ],
)
async def test_wrong_request_is_a_page_of_the_provider_and_no_redirect(
    shop: Shop, provider: str, change: dict[str, str | None], status: int, code: str
) -> None:
    page = await shop.http.get(path_of(provider), params=ask(provider, **change))
    assert (page.status_code, f"<code>{code}</code>" in page.text) == (status, True)
    form = {**ask(provider, **change), "sandbox_person": "haneul", "sandbox_decision": "agree"}
    assert (await shop.http.post(path_of(provider), data=form)).status_code == status
    answer = await SignIn(shop, provider).control({"person": "haneul", "agree": True}, **change)
    assert said(answer) == (status, code)


@pytest.mark.parametrize(("provider", "error"), [("kakao", "login_required"), ("google", "interaction_required")])
async def test_prompt_none_comes_back_at_once(shop: Shop, provider: str, error: str) -> None:
    answer = await shop.http.get(path_of(provider), params=ask(provider, prompt="none"))
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer.headers["location"]).query)["error"] == [error]


async def test_query_of_the_redirect_uri_stays(shop: Shop) -> None:
    answer = await SignIn(shop, "kakao").control(
        {"person": "haneul"}, redirect_uri="http://shop.test/b?x=1", state=None
    )
    url = answer.json()["redirect_url"]
    assert url.startswith("http://shop.test/b?x=1&code=")
    assert "state" not in url


async def test_google_code_has_a_slash_and_the_scope_comes_along(shop: Shop) -> None:
    told = await SignIn(shop, "google").redirect()
    assert told["code"].startswith("4/0A")
    api = "https://www.googleapis.com/auth/userinfo."
    assert told["scope"] == f"{api}email {api}profile openid"


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("wrong_state", {"state": "of-somebody-else"}),
        ("missing_state", {"state": None}),
        ("server_error", {"error": "server_error", "code": None}),
    ],
)
async def test_redirect_can_go_wrong(shop: Shop, provider: str, kind: str, change: dict[str, Any]) -> None:
    client = SignIn(shop, provider)
    await shop.faults({"operation": f"{provider}_authorize", "kind": kind})
    first, chosen = await client.redirect(), await client.redirect(fault=f"{provider}_authorize:{kind}")
    for told in (first, chosen):
        assert {name: told.get(name) for name in change} == change
    assert (await client.redirect())["state"] == "st&te=1"


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_fault_of_one_sign_in_waits_for_its_own_code(shop: Shop, provider: str) -> None:
    client = SignIn(shop, provider)
    bad = await client.code(fault=f"{provider}_token:garbage")
    assert (await client.exchange(await client.code())).json()["access_token"]
    assert (await client.exchange(bad)).text == "<html><body>It works!</body></html>"
    assert (await client.exchange(bad)).json()["access_token"]
    worse = await client.tokens(fault=f"{provider}_profile:error_500")
    good = await client.tokens()
    assert (await client.profile(good["access_token"])).status_code == 200
    assert (await client.profile(worse["access_token"])).status_code == 500
    assert (await client.profile(worse["access_token"])).status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"person": "nobody"}, 404, "PERSON_NOT_FOUND"),
        ({"person": "haneul", "consents": ["shoe_size"]}, 422, "VALIDATION_ERROR"),
        ({"person": "haneul", "agree": "yes"}, 422, "VALIDATION_ERROR"),
        ({"person": "haneul", "fault": "naver_token:error_500"}, 422, "VALIDATION_ERROR"),
        ({"person": "haneul", "fault": "kakao_token:nonsense"}, 422, "VALIDATION_ERROR"),
        ({"person": "haneul", "authorize_url": "http://evil.test/x"}, 422, "VALIDATION_ERROR"),
        ({"person": "haneul", "authorize_url": "http://[/oauth/kakao/oauth/authorize"}, 422, "VALIDATION_ERROR"),
        ({"person": "haneul", "extra": 1}, 422, "VALIDATION_ERROR"),
    ],
)
async def test_control_turns_down_what_makes_no_sense(shop: Shop, body: dict[str, Any], status: int, code: str) -> None:
    assert said(await SignIn(shop, "kakao").control(body)) == (status, code)


async def test_unknown_provider_is_404(shop: Shop) -> None:
    body = {"authorize_url": "http://x.test/", "person": "haneul"}
    answer = await shop.http.post("/control/oauth/apple/authorize", json=body)
    assert said(answer) == (404, "PROVIDER_NOT_FOUND")
    assert said(await shop.http.get("/control/oauth/apple/links")) == (404, "PROVIDER_NOT_FOUND")


async def test_click_for_nobody_is_a_page(shop: Shop) -> None:
    form = {**ask("kakao"), "sandbox_person": "nobody", "sandbox_decision": "agree"}
    answer = await shop.http.post(path_of("kakao"), data=form)
    assert (answer.status_code, "PERSON_NOT_FOUND" in answer.text) == (404, True)
    raw = await shop.http.post(path_of("kakao"), content="이름=하늘".encode())
    assert raw.status_code == 400
