"""Policies: drafts, versions, and what members agree to."""

import asyncio
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from src.app.notice.models import PolicyText
from src.app.notice.services.policies import today
from src.app.notice.services.policy_versions import refresh
from src.app.user.models import Consent
from src.app.user.services.policies import required_versions, use_published, version_in_force
from src.common import clock
from tests.app.auth.support import code
from tests.app.product.captured import captured_sql
from tests.app.staff.people import audited, headers_with
from tests.factories.people import bearer, make_member

API = "/api/v1/policies"
ADMIN = "/api/v1/admin/policies"
BOTH = ("settings:read", "settings:write")
TERMS: dict[str, Any] = {"policy": "terms", "version": "2026-12", "title": "이용약관", "body": "제1조(목적) ..."}


async def make_version(version: str, *, day: date, policy: str = "terms") -> PolicyText:
    now = clock.now()
    return await PolicyText.create(
        policy=policy,
        version=version,
        status="PUBLISHED",
        title=f"{policy} {version}",
        body=f"{version} 본문",
        effective_on=day,
        published_at=now,
        created_at=now,
        updated_at=now,
    )


async def drafted(client: httpx.AsyncClient, headers: dict[str, str], **over: Any) -> int:
    answer = await client.post(ADMIN, json={**TERMS, **over}, headers=headers)
    assert answer.status_code == 201, answer.text
    made: int = answer.json()["id"]
    return made


async def test_the_version_in_force_is_shown_and_others_by_name(client: httpx.AsyncClient) -> None:
    now = today()
    await make_version("1", day=now - timedelta(days=30))
    await make_version("2", day=now)
    await make_version("3", day=now + timedelta(days=7))

    current = (await client.get(f"{API}/terms")).json()
    assert (current["version"], current["body"], current["in_force"]) == ("2", "2 본문", True)
    for version, in_force in (("1", False), ("3", False), ("2", True)):
        body = (await client.get(f"{API}/terms", params={"version": version})).json()
        assert (body["version"], body["in_force"]) == (version, in_force)
    versions = (await client.get(f"{API}/terms/versions")).json()["items"]
    assert [(item["version"], item["in_force"]) for item in versions] == [("3", False), ("2", True), ("1", False)]


@pytest.mark.parametrize("path", ["/terms", "/nope", "/terms?version=9", "/nope/versions"])
async def test_what_is_not_there_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    await make_version("1", day=today() + timedelta(days=1))
    assert code(await client.get(f"{API}{path}")) == (404, "POLICY_NOT_FOUND")
    assert (await client.get(f"{API}/terms", params={"version": "a b"})).status_code == 422


async def test_a_draft_changes_and_a_version_never_does(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    policy_id = await drafted(client, headers)
    path = f"{ADMIN}/{policy_id}"
    assert code(await client.get(f"{API}/terms")) == (404, "POLICY_NOT_FOUND")
    for _ in range(2):
        changed = await client.patch(path, json={"body": "제1조(목적) 고침"}, headers=headers)
        assert changed.json()["body"] == "제1조(목적) 고침"
    assert len(await audited("policy.changed")) == 1
    day = today().isoformat()

    for _ in range(2):
        published = await client.post(f"{path}/publish", json={"effective_on": day}, headers=headers)
        assert (published.status_code, published.json()["in_force"]) == (200, True)
    assert len(await audited("policy.published")) == 1
    assert (await client.get(f"{API}/terms")).json()["body"] == "제1조(목적) 고침"

    other_day = {"effective_on": (today() + timedelta(days=9)).isoformat()}
    for call in (
        client.patch(path, json={"title": "바꿈"}, headers=headers),
        client.delete(path, headers=headers),
        client.post(f"{path}/publish", json=other_day, headers=headers),
    ):
        assert code(await call) == (409, "POLICY_PUBLISHED")
    again = await client.post(ADMIN, json=TERMS, headers=headers)
    assert code(again) == (409, "POLICY_VERSION_TAKEN")


async def test_drafts_are_removed_and_versions_renamed_to_what_is_free(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    first, second = await drafted(client, headers), await drafted(client, headers, version="2026-13")

    taken = await client.patch(f"{ADMIN}/{second}", json={"version": "2026-12"}, headers=headers)
    assert code(taken) == (409, "POLICY_VERSION_TAKEN")
    assert [(await client.delete(f"{ADMIN}/{first}", headers=headers)).status_code for _ in range(2)] == [204, 404]
    listed = (await client.get(ADMIN, params={"status": "DRAFT"}, headers=headers)).json()
    assert [item["id"] for item in listed["items"]] == [second]


async def test_the_day_is_not_past_and_taken_once_also_at_the_same_moment(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    ids = [await drafted(client, headers, version=version) for version in ("1", "2", "3")]
    past = {"effective_on": (today() - timedelta(days=1)).isoformat()}
    assert code(await client.post(f"{ADMIN}/{ids[0]}/publish", json=past, headers=headers)) == (422, "POLICY_DAY_PAST")
    body = {"effective_on": (today() + timedelta(days=7)).isoformat()}

    answers = await asyncio.gather(*(client.post(f"{ADMIN}/{id_}/publish", json=body, headers=headers) for id_ in ids))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "POLICY_DAY_TAKEN"}


async def test_an_announced_version_is_withdrawn_and_published_again_for_another_day(client: httpx.AsyncClient) -> None:
    headers = await headers_with(client, *BOTH)
    await make_version("1", day=today())
    path = f"{ADMIN}/{await drafted(client, headers)}"
    wrong, right = ({"effective_on": (today() + timedelta(days=days)).isoformat()} for days in (1, 30))
    assert (await client.post(f"{path}/publish", json=wrong, headers=headers)).status_code == 200
    assert len((await client.get(f"{API}/terms/versions")).json()["items"]) == 2

    for body in ({"reason": "시행일 오기"}, None):
        answer = await client.post(f"{path}/withdraw", json=body, headers=headers)
        assert (answer.status_code, answer.json()["status"], answer.json()["effective_on"]) == (200, "DRAFT", None)

    assert [item["version"] for item in (await client.get(f"{API}/terms/versions")).json()["items"]] == ["1"]
    assert code(await client.get(f"{API}/terms", params={"version": "2026-12"})) == (404, "POLICY_NOT_FOUND")
    (row,) = await audited("policy.withdrawn")
    assert (row["reason"], row["before"]["effective_on"]) == ("시행일 오기", wrong["effective_on"])
    assert version_in_force("terms", at=clock.now() + timedelta(days=2)) == "1"
    assert (await client.patch(path, json={"title": "이용약관 (개정)"}, headers=headers)).status_code == 200
    assert (await client.post(f"{path}/publish", json=right, headers=headers)).json()["effective_on"] == right[
        "effective_on"
    ]


async def test_what_took_effect_is_not_withdrawn(client: httpx.AsyncClient) -> None:
    headers, reader = await headers_with(client, *BOTH), await headers_with(client, "settings:read")
    text = await make_version("1", day=today())
    path = f"{ADMIN}/{text.id}/withdraw"

    assert code(await client.post(path, headers=headers)) == (409, "POLICY_IN_FORCE")
    assert code(await client.post(f"{ADMIN}/{text.id + 1}/withdraw", headers=headers)) == (404, "POLICY_NOT_FOUND")
    assert code(await client.post(path, content=b"{", headers=reader)) == (403, "FORBIDDEN")
    assert (await client.post(path, json={"reason": "a" * 201}, headers=headers)).status_code == 422
    assert (await PolicyText.get(id=text.id)).status == "PUBLISHED"


async def test_new_terms_ask_members_for_consent_again(client: httpx.AsyncClient) -> None:
    member = await make_member()
    headers = await bearer(client, member)
    office = await headers_with(client, *BOTH)
    policy_id = await drafted(client, office)
    before = (await client.get("/api/v1/me/consents", headers=headers)).json()["items"][0]
    assert (before["current_version"], before["outdated"]) == ("2026-01", False)

    day = {"effective_on": today().isoformat()}
    assert (await client.post(f"{ADMIN}/{policy_id}/publish", json=day, headers=office)).status_code == 200

    after = (await client.get("/api/v1/me/consents", headers=headers)).json()["items"][0]
    assert (after["current_version"], after["outdated"]) == ("2026-12", True)
    newcomer = await make_member()
    row = await Consent.get(user_id=newcomer.id, policy="terms")
    assert row.version == "2026-12"


async def test_an_announced_version_counts_from_its_first_moment(empty: None) -> None:
    day = today() + timedelta(days=7)
    await make_version("2027-01", day=day)
    await make_version("c-1", day=day, policy="cookie")
    assert await refresh() == 0
    start = clock.korean_day(day)[0]

    assert required_versions(at=start - timedelta(seconds=1))["terms"] == "2026-01"
    assert required_versions(at=start) == {"terms": "2027-01", "privacy": "2026-01"}


async def test_asking_costs_no_query_and_an_empty_table_is_the_default(empty: None) -> None:
    await refresh()
    with captured_sql() as statements:
        assert version_in_force("privacy", at=clock.now()) == "2026-01"
    assert statements == []
    use_published({})
    assert version_in_force("marketing", at=clock.now()) == "2026-01"


@pytest.mark.parametrize(
    "over",
    [
        {"policy": "x"},
        {"version": ""},
        {"version": "a b"},
        {"version": "../1"},
        {"title": ""},
        {"body": ""},
        {"body": "a" * 100_001},
        {"status": "PUBLISHED"},
        {"effective_on": "2026-12-01"},
    ],
)
async def test_bad_input_writes_nothing(client: httpx.AsyncClient, over: dict[str, Any]) -> None:
    headers = await headers_with(client, *BOTH)
    assert code(await client.post(ADMIN, json={**TERMS, **over}, headers=headers)) == (422, "VALIDATION_ERROR")
    assert await PolicyText.all().count() == 0


async def test_who_may_only_read_settings_publishes_nothing(client: httpx.AsyncClient) -> None:
    policy_id = await drafted(client, await headers_with(client, *BOTH))
    reader = await headers_with(client, "settings:read")
    day = {"effective_on": today().isoformat()}
    assert (await client.get(f"{ADMIN}/{policy_id}", headers=reader)).status_code == 200
    for call in (
        client.post(f"{ADMIN}/{policy_id}/publish", json=day, headers=reader),
        client.delete(f"{ADMIN}/{policy_id}", headers=reader),
    ):
        assert code(await call) == (403, "FORBIDDEN")
