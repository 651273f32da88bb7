"""Changing where one can be reached."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.auth.models import Verification
from src.app.user.models import User
from src.core.redis import redis
from tests.app.auth.conftest import SignedIn
from tests.app.auth.recovery.support import confirmed, inbox, new_email, new_phone, reset, set_password, token_at
from tests.app.auth.support import API, code
from tests.factories.people import PASSWORD, make_member

NOT_CONFIRMED = (400, "VERIFICATION_NOT_CONFIRMED")


async def change(client: httpx.AsyncClient, who: SignedIn, **body: Any) -> httpx.Response:
    return await client.post(f"{API}/me/contact", json=body, headers=who.headers)


async def test_a_verified_address_becomes_mine(client: httpx.AsyncClient, minji: SignedIn) -> None:
    email = new_email()
    verification_id = await confirmed(client, email, purpose="change_contact")

    answer = await change(client, minji, email=email.upper(), verification_id=verification_id)

    assert (answer.status_code, answer.json()["email"]) == (200, email)
    assert (await User.get()).email == email
    told = (await inbox(client, "minji@example.com"))[-1]
    assert told["subject"] == "[믹골프] 연락처가 변경되었습니다"
    assert email not in told["body"]
    assert code(await change(client, minji, email=email, verification_id=verification_id)) == NOT_CONFIRMED


async def test_a_verified_phone_becomes_mine(client: httpx.AsyncClient, minji: SignedIn) -> None:
    phone = new_phone()
    verification_id = await confirmed(client, phone, purpose="change_contact")

    answer = await change(client, minji, phone=phone, verification_id=verification_id)

    assert (answer.status_code, answer.json()["phone"]) == (200, phone)


async def test_another_target_or_purpose_changes_nothing(client: httpx.AsyncClient, minji: SignedIn) -> None:
    phone = new_phone()
    of_another = await confirmed(client, new_phone(), purpose="change_contact")
    of_another_purpose = await confirmed(client, phone, purpose="sign_up")

    for verification_id in (of_another, of_another_purpose, "A" * 22):
        assert code(await change(client, minji, phone=phone, verification_id=verification_id)) == NOT_CONFIRMED
    assert (await User.get()).phone == minji.member.phone


async def test_a_taken_address_leaves_the_verification_unused(client: httpx.AsyncClient, minji: SignedIn) -> None:
    email = new_email()
    await make_member(login_id="other", email=email)
    verification_id = await confirmed(client, email, purpose="change_contact")

    assert code(await change(client, minji, email=email, verification_id=verification_id)) == (409, "EMAIL_TAKEN")
    assert (await Verification.get()).used_at is None
    assert (await User.get(login_id="minji.kim")).email == "minji@example.com"


async def test_of_two_members_one_gets_the_address(client: httpx.AsyncClient, minji: SignedIn) -> None:
    other = await make_member(login_id="other", email=new_email())
    answer = await client.post(f"{API}/auth/sign-in", json={"login_id": "other", "password": PASSWORD})
    second = SignedIn(other, answer.json()["access_token"], "")
    email = new_email()
    ids = [await confirmed(client, email, purpose="change_contact") for _ in range(2)]

    answers = await asyncio.gather(
        change(client, minji, email=email, verification_id=ids[0]),
        change(client, second, email=email, verification_id=ids[1]),
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert await User.filter(email=email).count() == 1


async def test_an_old_session_needs_the_password_again(client: httpx.AsyncClient, minji: SignedIn) -> None:
    phone = new_phone()
    verification_id = await confirmed(client, phone, purpose="change_contact")
    (key,) = await redis().keys("session:*")
    await redis().hincrby(key, "created", -601)
    refused = await change(client, minji, phone=phone, verification_id=verification_id)
    body = {"password": PASSWORD}
    assert (await client.post(f"{API}/auth/reauthenticate", json=body, headers=minji.headers)).status_code == 204

    answer = await change(client, minji, phone=phone, verification_id=verification_id)

    assert code(refused) == (403, "REAUTHENTICATION_REQUIRED")
    assert answer.status_code == 200


async def test_reset_links_of_the_earlier_address_are_void(client: httpx.AsyncClient, minji: SignedIn) -> None:
    await reset(client, "minji.kim")
    token = await token_at(client, "minji@example.com")
    email = new_email()
    verification_id = await confirmed(client, email, purpose="change_contact")
    await change(client, minji, email=email, verification_id=verification_id)

    assert code(await set_password(client, token)) == (400, "RESET_TOKEN_INVALID")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verification_id": "A" * 22},
        {"phone": "01012345678"},
        {"phone": "01012345678", "email": "a@b.c", "verification_id": "A" * 22},
        {"phone": "01012345678", "verification_id": "A" * 22, "user_id": 1},
        {"name": "박철수", "verification_id": "A" * 22},
    ],
)
async def test_other_bodies_are_refused(client: httpx.AsyncClient, minji: SignedIn, body: dict[str, Any]) -> None:
    assert code(await change(client, minji, **body)) == (422, "VALIDATION_ERROR")
