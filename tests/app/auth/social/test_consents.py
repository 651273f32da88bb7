"""Who comes through a provider agreed to the provider's terms, and must yet agree to ours."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from src.app.user.models import Consent, User
from src.app.user.services.marketing.consent import may_send_marketing
from src.common import clock
from src.common.http import me_cache
from tests.app.auth.social.support import PROVIDERS, link, new_person, sign_in
from tests.app.auth.support import API, code, me
from tests.factories.people import bearer, make_member

BOTH = ["terms", "privacy"]


def answers(**agreed: bool) -> dict[str, Any]:
    """A body that answers these consents."""
    return {"agreements": [{"policy": policy, "agreed": answer} for policy, answer in agreed.items()]}


async def rows() -> list[tuple[Any, ...]]:
    """(policy, version, agreed) of every answer, oldest first."""
    return list(await Consent.all().order_by("id").values_list("policy", "version", "agreed"))


@pytest.fixture
async def token(client: httpx.AsyncClient) -> str:
    """The access token of somebody's first sign-in through Kakao."""
    answer = await sign_in(client, "kakao")
    assert answer.json()["consents_required"] == BOTH
    access: str = answer.json()["access_token"]
    return access


async def put(client: httpx.AsyncClient, token: str, body: dict[str, Any]) -> httpx.Response:
    """PUT /me/consents."""
    return await client.put(f"{API}/me/consents", json=body, headers={"Authorization": f"Bearer {token}"})


async def required(client: httpx.AsyncClient, token: str) -> list[str]:
    """What GET /me still asks for."""
    missing: list[str] = (await me(client, token)).json()["consents_required"]
    return missing


@pytest.mark.parametrize("provider", PROVIDERS)
async def test_every_sign_in_asks_until_both_are_answered(client: httpx.AsyncClient, provider: str) -> None:
    first = (await sign_in(client, provider)).json()
    second = (await sign_in(client, provider)).json()
    assert [(body["is_new"], body["consents_required"]) for body in (first, second)] == [(True, BOTH), (False, BOTH)]

    assert (await put(client, second["access_token"], answers(terms=True, privacy=True))).status_code == 200

    assert (await sign_in(client, provider)).json()["consents_required"] == []
    assert await required(client, first["access_token"]) == []
    assert await rows() == [("terms", "2026-01", True), ("privacy", "2026-01", True)]


async def test_the_first_answers_are_kept_with_their_version_and_the_moment(
    client: httpx.AsyncClient, token: str
) -> None:
    before = await client.get(f"{API}/me/consents", headers={"Authorization": f"Bearer {token}"})
    assert before.json()["history"] == []
    assert [(item["policy"], item["agreed"], item["version"]) for item in before.json()["items"][:2]] == [
        ("terms", False, None),
        ("privacy", False, None),
    ]

    after = (await put(client, token, answers(terms=True, privacy=True, marketing_email=True))).json()

    assert [(item["policy"], item["version"], item["outdated"]) for item in after["items"] if item["agreed"]] == [
        ("terms", "2026-01", False),
        ("privacy", "2026-01", False),
        ("marketing_email", "2026-01", False),
    ]
    decided = [clock.korean(row.created_at) for row in await Consent.all().order_by("id")]
    assert [(row["policy"], row["version"], row["agreed"], row["decided_at"]) for row in after["history"]] == [
        ("terms", "2026-01", True, decided[0]),
        ("privacy", "2026-01", True, decided[1]),
        ("marketing_email", "2026-01", True, decided[2]),
    ]


async def test_one_answer_leaves_the_other_to_be_asked_for(client: httpx.AsyncClient, token: str) -> None:
    assert (await put(client, token, answers(terms=True))).status_code == 200
    assert await required(client, token) == ["privacy"]


async def test_a_refusal_is_no_answer(client: httpx.AsyncClient, token: str) -> None:
    assert code(await put(client, token, answers(privacy=True, terms=False))) == (409, "CONSENT_REQUIRED")

    assert await rows() == []
    assert await required(client, token) == BOTH


async def test_the_same_first_answer_many_times_at_once_is_one(client: httpx.AsyncClient, token: str) -> None:
    body = answers(terms=True, privacy=True)

    outcomes = await asyncio.gather(*(put(client, token, body) for _ in range(6)))

    assert {answer.status_code for answer in outcomes} == {200}
    assert await rows() == [("terms", "2026-01", True), ("privacy", "2026-01", True)]


async def test_nothing_is_closed_meanwhile(client: httpx.AsyncClient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}

    for path in (
        "/me",
        "/me/addresses",
        "/me/consents",
        "/me/export",
        "/me/social",
        "/orders",
        "/cart",
        "/auth/sessions",
    ):
        assert (await client.get(f"{API}{path}", headers=headers)).status_code == 200, path


async def test_no_advertising_is_presumed(client: httpx.AsyncClient, token: str) -> None:
    user = await User.get()

    assert not await may_send_marketing(user.id, "email", datetime(2026, 11, 20, 3, tzinfo=UTC))
    assert not await may_send_marketing(user.id, "sms", datetime(2026, 11, 20, 3, tzinfo=UTC))


async def test_a_new_version_is_asked_for_again_and_answered_beside_the_old(
    client: httpx.AsyncClient, token: str
) -> None:
    await put(client, token, answers(terms=True, privacy=True))
    await Consent.filter(policy="terms").update(version="2025-01")
    await me_cache.forget((await User.get()).id)

    assert await required(client, token) == ["terms"]
    assert (await sign_in(client, "kakao")).json()["consents_required"] == ["terms"]
    await put(client, token, answers(terms=True))

    assert await required(client, token) == []
    assert await rows() == [("terms", "2025-01", True), ("privacy", "2026-01", True), ("terms", "2026-01", True)]


async def test_who_signed_up_with_us_is_not_asked_again_by_a_provider(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    person = await new_person(client)
    assert (await link(client, "kakao", person, headers)).status_code == 200

    answer = await sign_in(client, "kakao", person)

    assert (answer.json()["is_new"], answer.json()["consents_required"]) == (False, [])
    assert (await me(client, answer.json()["access_token"])).json()["id"] == member.id


async def test_others_answers_are_not_mine(client: httpx.AsyncClient, token: str) -> None:
    await make_member()  # agreed to both

    assert await required(client, token) == BOTH
