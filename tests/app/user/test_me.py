"""My account."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.user.models import User, UserStatus
from src.app.user.services import hooks
from src.app.user.services.account import contact
from src.common import clock
from src.common.clock import korean
from tests.app.user.conftest import SignedIn, code, fields
from tests.factories.people import make_member

ME = "/api/v1/me"


class Verified:
    """A verifier that knows confirmed verifications and forgets each once it was asked about."""

    def __init__(self, **confirmed: tuple[int, str, str]) -> None:
        self.confirmed = confirmed

    async def __call__(self, verification_id: str, *, user_id: int, channel: str, target: str) -> bool:
        return self.confirmed.pop(verification_id, None) == (user_id, channel, target)


async def test_me_is_the_member_of_the_token(minji: SignedIn, other: SignedIn) -> None:
    answer = await minji.call("GET", "/me")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json() == {
        "id": minji.member.id,
        "login_id": "minji.kim",
        "name": "김민지",
        "email": "minji@example.com",
        "phone": "01012345678",
        "email_verified_at": None,
        "phone_verified_at": None,
        "has_password": True,
        "grade": "BASIC",
        "status": "ACTIVE",
        "created_at": korean(minji.member.created_at),
        "withdraw_at": None,
        "consents_required": [],
        "verification_required": [],
    }


async def test_a_member_of_a_social_login_only_has_neither_login_id_nor_password(minji: SignedIn) -> None:
    await User.filter(id=minji.member.id).update(login_id=None, password_hash="", email=None, phone="")

    me = (await minji.call("GET", "/me")).json()

    assert (me["login_id"], me["email"], me["phone"], me["has_password"]) == (None, None, "", False)


async def test_changing_my_name_changes_only_me_and_only_that(minji: SignedIn, other: SignedIn) -> None:
    answer = await minji.call("PATCH", "/me", {"name": "김민아", "phone": None, "email": None})

    assert (answer.status_code, answer.json()["name"]) == (200, "김민아")
    after = await User.get(id=minji.member.id)
    before = minji.member
    assert (after.login_id, after.email, after.phone) == (before.login_id, before.email, before.phone)
    assert (after.password_hash, after.session_epoch) == (before.password_hash, 0)
    assert after.updated_at > before.updated_at
    assert (await User.get(id=other.member.id)).name == "김민지"


async def test_an_empty_change_changes_nothing(minji: SignedIn) -> None:
    answer = await minji.call("PATCH", "/me", {})

    assert (answer.status_code, answer.json()["name"]) == (200, "김민지")
    assert (await User.get(id=minji.member.id)).updated_at == minji.member.updated_at


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"login_id": "other"}, "login_id"),
        ({"status": "SUSPENDED"}, "status"),
        ({"grade": "VIP"}, "grade"),
        ({"id": 1}, "id"),
        ({"name": "a\u0000b"}, "name"),
        ({"name": "😀"}, "name"),
        ({"name": " "}, "name"),
        ({"name": "가" * 51}, "name"),
        ({"name": 5}, "name"),
        ({"phone": "1"}, "phone"),
        ({"phone": "0101234567\u0000"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"verification_id": "v" * 65}, "verification_id"),
        ({"email": "new@example.com", "phone": "01099998888"}, ""),
    ],
)
async def test_what_is_not_mine_to_change_is_refused(minji: SignedIn, body: dict[str, Any], field: str) -> None:
    assert fields(await minji.call("PATCH", "/me", body)) == [field]
    assert (await User.get(id=minji.member.id)).updated_at == minji.member.updated_at


async def test_a_new_contact_needs_a_verification_of_it(minji: SignedIn) -> None:
    member = minji.member
    hooks.register_contact_verifier(
        Verified(
            mine=(member.id, "sms", "01099998888"),
            another_number=(member.id, "sms", "01011112222"),
            another_channel=(member.id, "email", "01099998888"),
            another_member=(member.id + 1, "sms", "01099998888"),
        )
    )
    body = {"phone": "010-9999-8888", "name": "김민아"}

    refused = [
        await minji.call("PATCH", "/me", {**body, **given})
        for given in (
            {},
            {"verification_id": "another_number"},
            {"verification_id": "another_channel"},
            {"verification_id": "another_member"},
            {"verification_id": "unknown"},
        )
    ]
    assert [code(answer) for answer in refused] == [(422, "CONTACT_NOT_VERIFIED")] * 5
    assert (await User.get(id=member.id)).name == "김민지"

    answer = await minji.call("PATCH", "/me", {**body, "verification_id": "mine"})
    assert (answer.json()["phone"], answer.json()["name"]) == ("01099998888", "김민아")
    await User.filter(id=member.id).update(phone="01012345678")
    again = await minji.call("PATCH", "/me", {**body, "verification_id": "mine"})
    assert code(again) == (422, "CONTACT_NOT_VERIFIED")


async def test_without_a_verifier_no_contact_changes(minji: SignedIn) -> None:
    answer = await minji.call("PATCH", "/me", {"email": "new@example.com", "verification_id": "x"})

    assert code(answer) == (422, "CONTACT_NOT_VERIFIED")


async def test_my_own_contact_needs_no_verification(minji: SignedIn) -> None:
    for body in ({"phone": "010-1234-5678"}, {"email": "MINJI@example.com"}):
        assert (await minji.call("PATCH", "/me", body)).status_code == 200


async def test_the_address_of_another_member_is_taken_and_the_verification_is_kept(
    minji: SignedIn, other: SignedIn
) -> None:
    taken = (await User.get(id=other.member.id)).email or ""
    verifier = Verified(v=(minji.member.id, "email", taken))
    hooks.register_contact_verifier(verifier)

    answer = await minji.call("PATCH", "/me", {"email": taken.upper(), "verification_id": "v"})

    assert code(answer) == (409, "EMAIL_TAKEN")
    assert list(verifier.confirmed) == ["v"]


async def test_of_simultaneous_changes_to_one_address_one_succeeds(client: httpx.AsyncClient) -> None:
    members = [await make_member() for _ in range(6)]

    outcomes = await asyncio.gather(
        *(contact.change_contact(member.id, email="Same@Example.com") for member in members), return_exceptions=True
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["EmailTaken"] * 5 + ["NoneType"]
    assert await User.filter(email="same@example.com").count() == 1


async def test_who_has_left_has_no_account_even_with_a_session(minji: SignedIn) -> None:
    await User.filter(id=minji.member.id).update(status=UserStatus.WITHDRAWN, name="", anonymised_at=clock.now())

    address = {"recipient": "김민지", "phone": "01012345678", "zipcode": "06236", "address": "서울"}
    consent = {"agreements": [{"policy": "marketing_sms", "agreed": True}]}
    answers = [
        await minji.call("GET", "/me"),
        await minji.call("PATCH", "/me", {"name": "김민아"}),
        await minji.call("POST", "/me/addresses", address),
        await minji.call("PUT", "/me/consents", consent),
        await minji.call("GET", "/me/export"),
        await minji.call("POST", "/me/withdrawal", {}),
        await minji.call("DELETE", "/me/withdrawal"),
    ]

    assert [code(answer) for answer in answers] == [(401, "INVALID_TOKEN")] * 7
    assert (await User.get(id=minji.member.id)).name == ""


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me"),
        ("PATCH", "/me"),
        ("GET", "/me/addresses"),
        ("POST", "/me/addresses"),
        ("PATCH", "/me/addresses/x"),
        ("DELETE", "/me/addresses/1"),
        ("GET", "/me/consents"),
        ("PUT", "/me/consents"),
        ("GET", "/me/export"),
        ("POST", "/me/withdrawal"),
        ("DELETE", "/me/withdrawal"),
    ],
)
async def test_without_a_token_the_body_is_not_even_read(client: httpx.AsyncClient, method: str, path: str) -> None:
    answer = await client.request(
        method, f"/api/v1{path}?no=1", content=b"{", headers={"Content-Type": "application/json"}
    )

    assert code(answer) == (401, "NOT_AUTHENTICATED")
