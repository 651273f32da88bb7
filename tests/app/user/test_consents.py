"""What members agreed to, in which version."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.user.models import Consent
from src.app.user.services.account.registration import create_member
from src.common import clock
from src.common.clock import korean
from tests.app.user.conftest import SignedIn, code, fields, sign_in
from tests.factories.people import PASSWORD, make_member

NAMES = ["terms", "privacy", "marketing_email", "marketing_sms", "marketing_night"]


def answers(**agreed: bool) -> dict[str, Any]:
    """A body that answers these consents."""
    return {"agreements": [{"policy": policy, "agreed": answer} for policy, answer in agreed.items()]}


async def rows(who: SignedIn) -> list[tuple[Any, ...]]:
    """(policy, version, agreed) of every row, oldest first."""
    return list(await Consent.filter(user_id=who.member.id).order_by("id").values_list("policy", "version", "agreed"))


async def agreed_to(who: SignedIn) -> list[str]:
    """Names of the consents that stand."""
    return [item["policy"] for item in (await who.call("GET", "/me/consents")).json()["items"] if item["agreed"]]


SIGN_UP = [("terms", "2026-01", True), ("privacy", "2026-01", True), ("marketing", "2026-01", False)]


async def test_consents_of_a_new_member_are_those_of_the_sign_up(minji: SignedIn) -> None:
    body = (await minji.call("GET", "/me/consents")).json()

    at = korean(minji.member.created_at)
    common = {"version": "2026-01", "current_version": "2026-01", "decided_at": at, "outdated": False}
    assert body["items"] == [
        {"policy": "terms", "required": True, "agreed": True, **common},
        {"policy": "privacy", "required": True, "agreed": True, **common},
        {"policy": "marketing_email", "required": False, "agreed": False, **common},
        {"policy": "marketing_sms", "required": False, "agreed": False, **common},
        {
            "policy": "marketing_night",
            "required": False,
            "agreed": False,
            **common,
            "version": None,
            "decided_at": None,
        },
    ]
    assert body["history"] == [
        {"policy": policy, "version": version, "agreed": agreed, "decided_at": at}
        for policy, version, agreed in SIGN_UP
    ]


async def test_marketing_at_sign_up_means_mail_and_sms_but_not_the_night(client: httpx.AsyncClient) -> None:
    body = {
        "login_id": "hana.lee",
        "password": PASSWORD,
        "name": "이하나",
        "email": "hana@example.com",
        "phone": "01012345678",
        "agreements": [{"policy": policy, "agreed": True} for policy in ("terms", "privacy", "marketing")],
    }
    assert (await client.post("/api/v1/auth/sign-up", json=body)).status_code == 201
    headers = {
        "Authorization": "Bearer "
        + (await client.post("/api/v1/auth/sign-in", json={"login_id": "hana.lee", "password": PASSWORD})).json()[
            "access_token"
        ]
    }

    items = (await client.get("/api/v1/me/consents", headers=headers)).json()["items"]

    assert [item["policy"] for item in items if item["agreed"]] == NAMES[:4]


async def test_an_answer_adds_a_row_and_the_same_answer_adds_none(minji: SignedIn) -> None:
    body = answers(marketing_email=True, marketing_night=False)

    first, again = await minji.call("PUT", "/me/consents", body), await minji.call("PUT", "/me/consents", body)

    assert first.status_code == 200
    assert first.json() == again.json() == (await minji.call("GET", "/me/consents")).json()
    assert await rows(minji) == [
        *SIGN_UP,
        ("marketing_email", "2026-01", True),
        ("marketing_night", "2026-01", False),
    ]
    assert await agreed_to(minji) == ["terms", "privacy", "marketing_email"]


async def test_taking_a_consent_back_keeps_the_history(minji: SignedIn) -> None:
    for agreed in (True, False, True):
        await minji.call("PUT", "/me/consents", answers(marketing_sms=agreed))

    assert [agreed for policy, _, agreed in await rows(minji) if policy == "marketing_sms"] == [True, False, True]
    assert await agreed_to(minji) == ["terms", "privacy", "marketing_sms"]


async def test_one_channel_of_the_sign_up_is_taken_back_and_the_other_stays(client: httpx.AsyncClient) -> None:
    member = await create_member(
        login_id="hana.lee",
        password_hash=(await make_member()).password_hash,
        name="이하나",
        email="hana@example.com",
        phone="01012345678",
        agreed=frozenset({"terms", "privacy", "marketing"}),
    )
    hana = await sign_in(client, member)

    await hana.call("PUT", "/me/consents", answers(marketing_sms=False))

    assert await agreed_to(hana) == ["terms", "privacy", "marketing_email"]


@pytest.mark.parametrize("policy", ["terms", "privacy"])
async def test_a_required_consent_cannot_be_taken_back(minji: SignedIn, policy: str) -> None:
    answer = await minji.call("PUT", "/me/consents", answers(marketing_email=True, **{policy: False}))

    assert code(answer) == (409, "CONSENT_REQUIRED")
    assert answer.json()["policy"] == policy
    assert await rows(minji) == SIGN_UP


async def test_a_new_version_is_asked_for_again(minji: SignedIn) -> None:
    await Consent.filter(user_id=minji.member.id).update(version="2025-01")

    items = (await minji.call("GET", "/me/consents")).json()["items"]
    assert [(item["policy"], item["outdated"]) for item in items] == [
        *((name, True) for name in NAMES[:4]),
        ("marketing_night", False),
    ]

    body = answers(terms=True, marketing_email=False)
    items = (await minji.call("PUT", "/me/consents", body)).json()["items"]
    assert [item["policy"] for item in items if item["outdated"]] == ["privacy", "marketing_sms"]
    assert await rows(minji) == [
        *((policy, "2025-01", agreed) for policy, _, agreed in SIGN_UP),
        ("terms", "2026-01", True),
        ("marketing_email", "2026-01", False),
    ]


async def test_simultaneous_answers_add_one_row(minji: SignedIn) -> None:
    body = answers(marketing_email=True)

    await asyncio.gather(*(minji.call("PUT", "/me/consents", body) for _ in range(8)))

    assert await rows(minji) == [*SIGN_UP, ("marketing_email", "2026-01", True)]


async def test_my_answer_is_not_anybody_elses(minji: SignedIn, other: SignedIn) -> None:
    await minji.call("PUT", "/me/consents", answers(marketing_email=True))

    assert await rows(other) == SIGN_UP


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "agreements"),
        ({"agreements": []}, "agreements"),
        ({"agreements": [{"policy": "marketing", "agreed": True}]}, "agreements.0.policy"),
        ({"agreements": [{"policy": "night", "agreed": True}]}, "agreements.0.policy"),
        ({"agreements": [{"policy": "terms\u0000", "agreed": True}]}, "agreements.0.policy"),
        ({"agreements": [{"policy": "terms", "agreed": "yes"}]}, "agreements.0.agreed"),
        ({"agreements": [{"policy": "terms", "agreed": True, "version": "1"}]}, "agreements.0.version"),
        ({"agreements": [{"policy": "terms", "agreed": True}] * 2}, "agreements"),
        ({"agreements": [{"policy": "terms", "agreed": True}], "at": str(clock.now())}, "at"),
    ],
)
async def test_bad_input_is_refused(minji: SignedIn, body: dict[str, Any], field: str) -> None:
    assert fields(await minji.call("PUT", "/me/consents", body)) == [field]
    assert await rows(minji) == SIGN_UP
