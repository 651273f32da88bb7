"""Several tabs of one browser at the providers, and callbacks that are forwarded as they came."""

from typing import Any

import httpx
import pytest

from src.app.user.models import User
from tests.app.auth.social.support import PROVIDERS, authorize, consent, finish, new_person, returned, rows, signed_in
from tests.app.auth.support import API, code

INVALID = (400, "OAUTH_STATE_INVALID")
REFUSED = (400, "OAUTH_CONSENT_REFUSED")
FORWARDED: list[dict[str, Any]] = [
    {"error_description": "User denied access"},
    {"error_description": "사용자가 동의를 취소했습니다.", "error_code": "KOE006"},
    {"scope": "openid email profile", "authuser": "0", "prompt": "consent", "hd": "example.com"},
    {"error_uri": None, "error_subtype": ["a", {"b": 1}], "iss": "https://accounts.google.com", "x" * 300: "y" * 5000},
]


async def begun(client: httpx.AsyncClient, provider: str) -> str:
    """A tab goes to the provider; where the browser is sent."""
    answer = await authorize(client, provider)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["authorize_url"])


async def back(client: httpx.AsyncClient, provider: str, url: str, person: str = "haneul") -> httpx.Response:
    """The tab comes back with the person's consent."""
    return await finish(client, provider, await consent(client, provider, url, person))


@pytest.mark.fault("I5")
@pytest.mark.parametrize("first", PROVIDERS)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_two_tabs_both_come_back(client: httpx.AsyncClient, first: str, order: tuple[int, int]) -> None:
    providers = [first, "kakao"]
    urls = [await begun(client, provider) for provider in providers]

    answers = [await back(client, providers[tab], urls[tab], await new_person(client)) for tab in order]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.fault("I5")
async def test_a_tab_that_signs_in_and_one_that_links_both_come_back(client: httpx.AsyncClient) -> None:
    headers = await signed_in(client, "kakao", "bora")
    answer = await authorize(client, "google", purpose="link", headers=headers)
    url = await begun(client, "naver")
    body = await consent(client, "google", answer.json()["authorize_url"], await new_person(client))

    linked = await client.post(f"{API}/me/social/google", json=body, headers=headers)

    assert linked.status_code == 200, linked.text
    assert (await back(client, "naver", url, await new_person(client))).status_code == 200


@pytest.mark.fault("I5")
async def test_eight_tabs_go_on_side_by_side(client: httpx.AsyncClient) -> None:
    urls = [await begun(client, "kakao") for _ in range(9)]

    answers = [await back(client, "kakao", url) for url in urls]

    assert code(answers[0]) == INVALID
    assert [answer.status_code for answer in answers[1:]] == [200] * 8
    assert len(client.cookies["oauth_state"]) == 8 * 43 + 7


async def test_a_tab_that_came_back_cannot_come_back_again(client: httpx.AsyncClient) -> None:
    url, other = await begun(client, "kakao"), await begun(client, "kakao")
    body = await consent(client, "kakao", url, "haneul")
    assert (await finish(client, "kakao", body)).status_code == 200

    assert code(await finish(client, "kakao", body)) == INVALID
    assert (await back(client, "kakao", other)).status_code == 200


@pytest.mark.parametrize("cookie", ["", "x", ".", "." * 500, "a" * 43, "x" * 5000, '"', "a.b.c", ("a" * 43 + ".") * 50])
async def test_a_cookie_that_is_not_ours_is_worth_nothing(client: httpx.AsyncClient, cookie: str) -> None:
    body = await returned(client, "kakao")
    ours = client.cookies["oauth_state"]
    client.cookies.clear()
    headers = {"Cookie": f"oauth_state={cookie}"}

    again = await authorize(client, "kakao", headers=headers)
    assert code(await finish(client, "kakao", body, headers=headers)) == INVALID

    assert again.status_code == 200
    assert ours not in again.headers["set-cookie"]
    assert await rows() == []


@pytest.mark.fault("I6")
@pytest.mark.parametrize("more", FORWARDED)
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_refusal_is_taken_as_the_provider_sent_it(
    client: httpx.AsyncClient, provider: str, more: dict[str, Any]
) -> None:
    body = await returned(client, provider, agree=False)

    assert code(await finish(client, provider, {**body, **more})) == REFUSED
    assert await User.all().count() == 0


@pytest.mark.fault("I6")
@pytest.mark.parametrize("provider", PROVIDERS)
async def test_everything_in_the_callbacks_query_may_be_forwarded(client: httpx.AsyncClient, provider: str) -> None:
    for agree, expected in ((False, 400), (True, 200)):
        url = await begun(client, provider)
        query = await consent(client, provider, url, "haneul", agree=agree)

        assert (await finish(client, provider, {**query, **FORWARDED[2]})).status_code == expected


@pytest.mark.fault("I6")
async def test_linking_takes_the_callback_as_it_came(client: httpx.AsyncClient) -> None:
    headers = await signed_in(client, "kakao", "bora")
    person = await new_person(client)
    statuses = []
    for agree in (False, True):
        answer = await authorize(client, "google", purpose="link", headers=headers)
        query = await consent(client, "google", answer.json()["authorize_url"], person, agree=agree)
        linked = await client.post(f"{API}/me/social/google", json={**query, **FORWARDED[2]}, headers=headers)
        statuses.append(linked.status_code)

    assert statuses == [400, 200]


async def test_what_we_read_is_still_looked_at(client: httpx.AsyncClient) -> None:
    body = await returned(client, "kakao")

    for wrong in ({"state": ""}, {"code": "", "error": None}, {"code": None}, {"error": "x" * 201}, {"state": None}):
        assert code(await finish(client, "kakao", {**body, **wrong})) == (422, "VALIDATION_ERROR")
    assert (await finish(client, "kakao", body)).status_code == 200
