"""Linking and unlinking accounts from a signed-in session."""

import asyncio
from datetime import UTC, datetime

import httpx
import pytest

from src.app.auth.models import SocialAccount
from src.app.auth.services.personal_data import erase
from src.app.user.models import User, UserStatus
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.social.support import (
    PROVIDERS,
    authorize,
    link,
    linked_at,
    new_person,
    returned,
    rows,
    sign_in,
    signed_in,
    switch,
    unlink,
)
from tests.app.auth.support import API, code
from tests.factories.people import bearer

INVALID = (400, "OAUTH_STATE_INVALID")


async def listed(client: httpx.AsyncClient, headers: dict[str, str]) -> list[str]:
    items = (await client.get(f"{API}/me/social", headers=headers)).json()["items"]
    return [item["provider"] for item in items]


async def grow_old() -> None:
    """All sessions were opened long ago."""
    for key in await redis().keys("session:*"):
        await redis().hset(key, "created", int(datetime.now(UTC).timestamp()) - 3600)


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_a_linked_account_signs_its_member_in(client: httpx.AsyncClient, minji: SignedIn, provider: str) -> None:
    answer = await link(client, provider, "haneul", minji.headers)

    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body.pop("linked_at").endswith("+09:00")
    assert body == {"provider": provider, "email": "haneul.kim@gmail.com"}
    assert await rows() == [(provider, minji.member.id)]
    again = await sign_in(client, provider)
    assert again.json()["is_new"] is False
    assert (await User.get()).email == "minji@example.com"


async def test_an_address_of_mine_can_be_linked(client: httpx.AsyncClient) -> None:
    # What EMAIL_BELONGS_TO_ANOTHER_LOGIN asks for: sign in, then link.
    headers = await signed_in(client, "kakao", "haneul")
    assert code(await sign_in(client, "google", "haneul")) == (409, "EMAIL_BELONGS_TO_ANOTHER_LOGIN")

    assert (await link(client, "google", "haneul", headers)).status_code == 200
    assert (await sign_in(client, "google", "haneul")).json()["is_new"] is False
    assert await listed(client, headers) == ["kakao", "google"]


async def test_linking_again_changes_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    first = await link(client, "kakao", "haneul", minji.headers)
    second = await link(client, "kakao", "haneul", minji.headers)

    assert (second.status_code, second.json()) == (200, first.json())
    assert len(await rows()) == 1


async def test_an_account_of_another_member_is_refused(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await signed_in(client, "naver", "haneul")
    owner = (await rows())[0]

    assert code(await link(client, "naver", "haneul", minji.headers)) == (409, "SOCIAL_ALREADY_LINKED")
    assert await rows() == [owner]


async def test_an_account_of_who_has_left_is_free(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await signed_in(client, "naver", "minjun")
    await User.exclude(id=minji.member.id).update(status=UserStatus.WITHDRAWN)

    assert (await link(client, "naver", "minjun", minji.headers)).status_code == 200
    assert await rows() == [("naver", minji.member.id)]


async def test_a_second_account_of_a_provider_is_refused(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await link(client, "kakao", "haneul", minji.headers)

    assert code(await link(client, "kakao", "bora", minji.headers)) == (409, "SOCIAL_PROVIDER_IN_USE")
    assert [row.subject for row in await SocialAccount.all()] == ["1234567890"]


async def test_of_two_members_who_link_one_account_one_has_it(client: httpx.AsyncClient) -> None:
    async def one() -> httpx.Response:
        async with httpx.AsyncClient(base_url=client.base_url, timeout=30, trust_env=False) as browser:
            return await link(browser, "kakao", "haneul", await bearer(browser))

    answers = await asyncio.gather(*[one() for _ in range(4)])

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"SOCIAL_ALREADY_LINKED"}
    assert len(await rows()) == 1


async def test_linking_needs_somebody_signed_in(client: httpx.AsyncClient) -> None:
    assert code(await authorize(client, "kakao", purpose="link")) == (401, "NOT_AUTHENTICATED")
    body = {"code": "c", "state": "s"}
    assert code(await client.post(f"{API}/me/social/kakao", json=body)) == (401, "NOT_AUTHENTICATED")
    assert code(await authorize(client, "kakao", purpose="admin")) == (422, "VALIDATION_ERROR")


async def test_linking_needs_a_fresh_session(client: httpx.AsyncClient, minji: SignedIn) -> None:
    # A stolen session must not give its thief a way in that stays.
    await grow_old()

    answer = await authorize(client, "kakao", purpose="link", headers=minji.headers)
    assert code(answer) == (403, "REAUTHENTICATION_REQUIRED")


async def test_a_state_for_signing_in_does_not_link(client: httpx.AsyncClient, minji: SignedIn) -> None:
    body = await returned(client, "kakao", headers=minji.headers)

    answer = await client.post(f"{API}/me/social/kakao", json=body, headers=minji.headers)
    assert code(answer) == INVALID
    assert await rows() == []


async def test_a_state_of_another_member_does_not_link(client: httpx.AsyncClient, minji: SignedIn) -> None:
    body = await returned(client, "kakao", headers=minji.headers, query={"purpose": "link"})

    answer = await client.post(f"{API}/me/social/kakao", json=body, headers=await bearer(client))
    assert code(answer) == INVALID
    assert await rows() == []


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_unlinking_ends_it_here_and_there(client: httpx.AsyncClient, minji: SignedIn, provider: str) -> None:
    person = await new_person(client)
    await link(client, provider, person, minji.headers)
    assert person in await linked_at(client, provider)

    assert (await unlink(client, provider, minji.headers)).status_code == 204

    assert await listed(client, minji.headers) == []
    assert person not in await linked_at(client, provider)
    assert (await unlink(client, provider, minji.headers)).status_code == 204
    assert (await sign_in(client, provider, person)).json()["is_new"] is True


@pytest.mark.parametrize(
    "fault", ["kakao_unlink:error_500", "kakao_unlink:bad_token", "naver_unlink:temporarily_unavailable"]
)
async def test_a_provider_that_fails_keeps_nobody(
    client: httpx.AsyncClient, minji: SignedIn, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    provider, _, kind = fault.partition("_unlink:")
    await link(client, provider, await new_person(client), minji.headers)
    await switch(client, f"{provider}_unlink", kind)

    assert (await unlink(client, provider, minji.headers)).status_code == 204
    assert await rows() == []
    assert [record.levelname for record in caplog.records if record.name.startswith("src.app.auth")] == ["WARNING"]


async def test_unlinking_needs_a_fresh_session(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await link(client, "kakao", "haneul", minji.headers)
    await grow_old()

    assert code(await unlink(client, "kakao", minji.headers)) == (403, "REAUTHENTICATION_REQUIRED")
    assert len(await rows()) == 1


async def test_the_last_way_in_stays(client: httpx.AsyncClient) -> None:
    headers = await signed_in(client, "kakao", "haneul")

    assert code(await unlink(client, "kakao", headers)) == (409, "LAST_SIGN_IN_METHOD")
    assert (await unlink(client, "naver", headers)).status_code == 204
    assert await listed(client, headers) == ["kakao"]
    await link(client, "naver", "haneul", headers)
    assert (await unlink(client, "kakao", headers)).status_code == 204
    assert code(await unlink(client, "naver", headers)) == (409, "LAST_SIGN_IN_METHOD")


async def test_of_two_simultaneous_unlinks_one_way_in_stays(client: httpx.AsyncClient) -> None:
    headers = await signed_in(client, "kakao", "haneul")
    await link(client, "naver", "haneul", headers)
    await link(client, "google", "haneul", headers)

    answers = await asyncio.gather(*[unlink(client, provider, headers) for provider in PROVIDERS])

    assert sorted(answer.status_code for answer in answers) == [204, 204, 409]
    assert len(await rows()) == 1


async def test_each_sees_only_the_own_links(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await signed_in(client, "kakao", "haneul")

    assert await listed(client, minji.headers) == []
    assert code(await client.get(f"{API}/me/social")) == (401, "NOT_AUTHENTICATED")


async def test_who_leaves_is_forgotten_here_and_there(client: httpx.AsyncClient, minji: SignedIn) -> None:
    people = {provider: await new_person(client) for provider in PROVIDERS}
    for provider, person in people.items():
        await link(client, provider, person, minji.headers)
    other = await signed_in(client, "kakao", "bora")
    await switch(client, "naver_unlink", "error_500")

    await erase(minji.member.id)
    await erase(minji.member.id)

    assert await listed(client, other) == ["kakao"]
    assert len(await rows()) == 1
    for provider, person in people.items():
        assert (person in await linked_at(client, provider)) == (provider == "naver")
