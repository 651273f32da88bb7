"""What a stranger made in an account ends when its owner proves to be the member."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.auth.models import SocialAccount
from src.app.user.models import User
from tests.app.auth.recovery.support import confirmed, inbox, new_email, new_phone, reset, set_password, token_at
from tests.app.auth.social import support as social
from tests.app.auth.support import API, code, sign_in
from tests.factories.people import bearer, make_member

FRESH = "Fresh!6789"


async def proved(client: httpx.AsyncClient, target: str, headers: dict[str, str], **more: Any) -> httpx.Response:
    """POST /me/contact with a confirmed verification of the target."""
    verification_id = await confirmed(client, target, purpose="change_contact")
    field = "email" if "@" in target else "phone"
    body = {field: target, "verification_id": verification_id, **more}
    return await client.post(f"{API}/me/contact", json=body, headers=headers)


@pytest.mark.fault("I2")
@pytest.mark.parametrize("by", ["mail", "code"])
async def test_a_reset_ends_what_a_squatter_made(client: httpx.AsyncClient, by: str) -> None:
    email, phone = new_email(), new_phone()
    member = await make_member(login_id="minji.kim", email=email, phone=phone)
    squatter = await bearer(client, member)
    person = await social.new_person(client)
    assert (await social.link(client, "kakao", person, squatter)).status_code == 200
    await reset(client, "minji.kim")
    token = await token_at(client, email)
    if by == "code":
        verification_id = await confirmed(client, phone, purpose="password_reset")
        token = (await reset(client, "minji.kim", verification_id=verification_id)).json()["token"]

    assert (await set_password(client, token, FRESH)).status_code == 204

    assert (await client.get(f"{API}/me", headers=squatter)).status_code == 401
    back = await social.sign_in(client, "kakao", person)
    assert (back.status_code, back.json()["is_new"]) == (200, True)
    assert person not in await social.linked_at(client, "kakao") or back.json()["is_new"]
    user = await User.get(id=member.id)
    dropped = (user.email, "") if by == "mail" else (None, user.phone)
    assert (user.email, user.phone) == dropped
    assert (await sign_in(client, "minji.kim", FRESH)).status_code == 200


@pytest.mark.fault("I2")
async def test_a_proved_contact_outlives_a_reset(client: httpx.AsyncClient) -> None:
    email, phone = new_email(), new_phone()
    member = await make_member(login_id="minji.kim", email=email)
    assert (await proved(client, phone, await bearer(client, member))).status_code == 200
    await reset(client, "minji.kim")

    await set_password(client, await token_at(client, email), FRESH)

    user = await User.get(id=member.id)
    assert (user.email, user.phone) == (email, phone)
    assert user.email_verified_at is not None
    assert user.phone_verified_at is not None


@pytest.mark.fault("I2")
async def test_a_link_under_way_while_the_owner_resets_is_none_afterwards(client: httpx.AsyncClient) -> None:
    email = new_email()
    member = await make_member(login_id="minji.kim", email=email)
    squatter = await bearer(client, member)
    person = await social.new_person(client)
    body = await social.returned(client, "kakao", person, headers=squatter, query={"purpose": "link"})
    await reset(client, "minji.kim")
    token = await token_at(client, email)

    await asyncio.gather(
        client.post(f"{API}/me/social/kakao", json=body, headers=squatter), set_password(client, token, FRESH)
    )

    owner = {"Authorization": f"Bearer {(await sign_in(client, 'minji.kim', FRESH)).json()['access_token']}"}
    assert (await client.get(f"{API}/me/social", headers=owner)).json()["items"] == []


@pytest.mark.fault("I2")
@pytest.mark.parametrize("path", ["/me/contact", "/me"])
async def test_a_proof_in_a_session_keeps_it_ends_the_others_and_lists_what_was_there(
    client: httpx.AsyncClient, path: str
) -> None:
    phone = new_phone()
    member = await make_member(login_id="minji.kim", email="minji@example.com")
    mine, others = await bearer(client, member), await bearer(client, member)
    person = await social.new_person(client)
    assert (await social.link(client, "kakao", person, others)).status_code == 200
    verification_id = await confirmed(client, phone, purpose="change_contact")
    body = {"phone": phone, "verification_id": verification_id}

    method = "POST" if path == "/me/contact" else "PATCH"
    answer = await client.request(method, f"{API}{path}", json=body, headers=mine)

    assert answer.status_code == 200, answer.text
    before = answer.json()["made_before"]
    assert [link["provider"] for link in before["links"]] == ["kakao"]
    assert before["contacts"] == [{"channel": "email", "target": "minji@example.com", "verified_at": None}]
    assert (await client.get(f"{API}/me", headers=others)).status_code == 401
    assert (await client.get(f"{API}/me", headers=mine)).json()["phone_verified_at"] is not None
    assert (await social.unlink(client, "kakao", mine)).status_code == 204
    assert (await client.delete(f"{API}/me/contact/email", headers=mine)).status_code == 204
    assert (await client.get(f"{API}/me", headers=mine)).json()["email"] is None


async def test_the_contact_that_i_have_can_be_proved(client: httpx.AsyncClient) -> None:
    email = new_email()
    headers = await bearer(client, await make_member(email=email))

    answer = await proved(client, email, headers)

    assert (answer.status_code, answer.json()["email"]) == (200, email)
    assert answer.json()["email_verified_at"] is not None
    assert [item["subject"] for item in await inbox(client, email)][1:] == []


async def test_the_last_way_back_cannot_be_dropped(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    headers = await social.signed_in(client, "google", person)
    await SocialAccount.all().delete()

    assert code(await client.delete(f"{API}/me/contact/email", headers=headers)) == (409, "LAST_CONTACT")
    assert (await User.get()).email == f"{person}@gmail.com"


async def test_dropping_needs_a_fresh_session_and_nothing_twice_is_no_failure(client: httpx.AsyncClient) -> None:
    headers = await bearer(client, await make_member())

    twice = [(await client.delete(f"{API}/me/contact/sms", headers=headers)).status_code for _ in range(2)]

    assert twice == [204, 204]
    assert (await User.get()).phone == ""
