"""Who is linked or unlinked is told, at the address that the member has."""

import httpx
import pytest

from tests.app.auth.recovery.support import inbox, new_email, reset, set_password, token_at
from tests.app.auth.social.support import link, new_person, unlink
from tests.factories.people import bearer, make_member

WORDS = {"kakao": "카카오", "naver": "네이버", "google": "구글"}


@pytest.mark.fault("I3")
@pytest.mark.parametrize("provider", ["kakao", "naver", "google"])
async def test_each_link_and_unlink_is_told(client: httpx.AsyncClient, provider: str) -> None:
    email = new_email()
    headers = await bearer(client, await make_member(email=email))
    person = await new_person(client)

    await link(client, provider, person, headers)
    linked = await inbox(client, email)
    await link(client, provider, person, headers)
    again = await inbox(client, email)
    await unlink(client, provider, headers)
    unlinked = await inbox(client, email)

    assert [item["subject"] for item in linked] == ["[믹골프] 소셜 로그인이 연결되었습니다"]
    assert len(again) == 1
    assert unlinked[-1]["subject"] == "[믹골프] 소셜 로그인이 연결 해제되었습니다"
    assert all(WORDS[provider] in item["body"] for item in unlinked)


@pytest.mark.fault("I3")
async def test_a_reset_tells_of_each_link_that_it_ended(client: httpx.AsyncClient) -> None:
    email = new_email()
    headers = await bearer(client, await make_member(login_id="minji.kim", email=email))
    await link(client, "kakao", await new_person(client), headers)
    await reset(client, "minji.kim")

    await set_password(client, await token_at(client, email))

    subjects = [item["subject"] for item in await inbox(client, email)]
    assert subjects.count("[믹골프] 소셜 로그인이 연결 해제되었습니다") == 1


async def test_in_english_for_who_asks_in_english(client: httpx.AsyncClient) -> None:
    email = new_email()
    headers = {**await bearer(client, await make_member(email=email)), "Accept-Language": "en"}

    await link(client, "google", await new_person(client), headers)

    assert [item["subject"] for item in await inbox(client, email)] == ["[Micgolf] A social login was linked"]
