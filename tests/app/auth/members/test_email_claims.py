"""An address that its holder never proved keeps nobody out, and nobody loses an account by it."""

import asyncio
from typing import Any

import httpx
import pytest

from src.app.user.models import User
from src.app.user.services.account.contact import change_contact
from tests.app.auth.recovery.support import confirmed, inbox, new_email, new_phone, reset, set_password, token_at
from tests.app.auth.social import support as social
from tests.app.auth.support import API, code, me, sign_in, sign_up
from tests.factories.people import PASSWORD, bearer, make_member

TAKEN = (409, "EMAIL_TAKEN")
ELSEWHERE = (409, "EMAIL_BELONGS_TO_ANOTHER_LOGIN")


async def squatted(email: str, *, phone: str = "01012345678") -> User:
    """An account that wrote the address down without a proof."""
    return await make_member(login_id="squatter", name="박스쿼", email=email, phone=phone)


async def told_at_sign_in(client: httpx.AsyncClient) -> list[str]:
    """What the former holder's next sign-in says; signing in works."""
    answer = await sign_in(client, "squatter")
    assert answer.status_code == 200, answer.text
    found: list[str] = answer.json().get("notices", [])
    return found


@pytest.mark.fault("I1")
async def test_who_proves_the_address_at_sign_up_gets_it_and_the_other_keeps_the_account(
    client: httpx.AsyncClient,
) -> None:
    email, phone = new_email(), new_phone()
    holder = await squatted(email, phone=phone)
    session = await bearer(client, holder)
    verification_id = await confirmed(client, email)
    body = {"login_id": "rightful", "email": email, "verification_id": verification_id}

    refused = await sign_up(client, **body)
    taken = await sign_up(client, **body, claim_email=True)

    assert (code(refused), refused.json()["claimable"]) == (TAKEN, True)
    assert taken.status_code == 201, taken.text
    owner = await User.get(login_id="rightful")
    assert (owner.email, owner.email_verified_at is not None) == (email, True)
    former = await User.get(id=holder.id)
    assert (former.email, former.login_id, former.name, former.phone) == (None, "squatter", "박스쿼", phone)
    assert (await client.get(f"{API}/me", headers=session)).status_code == 401
    assert [email in item["body"] for item in await inbox(client, phone)] == [False]
    assert await told_at_sign_in(client) == ["EMAIL_CLAIMED"]


@pytest.mark.fault("I1")
async def test_who_proves_it_from_a_session_gets_it(client: httpx.AsyncClient) -> None:
    email = new_email()
    await squatted(email)
    headers = await bearer(client, await make_member(login_id="rightful", email=new_email()))
    for path, method, code_ in (("/me/contact", "POST", TAKEN), ("/me", "PATCH", TAKEN)):
        verification_id = await confirmed(client, email, purpose="change_contact")
        body: dict[str, Any] = {"email": email, "verification_id": verification_id}
        refused = await client.request(method, f"{API}{path}", json=body, headers=headers)
        assert (code(refused), refused.json()["claimable"]) == (code_, True)

    taken = await client.patch(f"{API}/me", json={**body, "claim_email": True}, headers=headers)

    assert (taken.status_code, taken.json()["email"]) == (200, email)
    assert taken.json()["email_verified_at"] is not None
    assert (await User.get(login_id="squatter")).email is None


@pytest.mark.fault("I1")
@pytest.mark.parametrize("provider", ["kakao", "google"])
async def test_who_proves_it_by_a_provider_answers_without_going_there_again(
    client: httpx.AsyncClient, provider: str
) -> None:
    person = await social.new_person(client)
    holder = await squatted(f"{person}@gmail.com")
    body = await social.returned(client, provider, person)

    refused = await social.finish(client, provider, body)
    again = await social.finish(client, provider, body)
    taken = await social.finish(client, provider, {**body, "claim_email": True})

    assert [(code(answer), answer.json()["claimable"]) for answer in (refused, again)] == [(ELSEWHERE, True)] * 2
    assert (taken.status_code, taken.json()["is_new"]) == (200, True)
    mine = (await me(client, taken.json()["access_token"])).json()
    assert (mine["email"], mine["email_verified_at"] is not None) == (f"{person}@gmail.com", True)
    assert (await User.get(id=holder.id)).email is None
    assert await told_at_sign_in(client) == ["EMAIL_CLAIMED"]


@pytest.mark.fault("I1")
async def test_a_new_round_at_the_provider_may_claim_as_well(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    await squatted(f"{person}@gmail.com")

    body = await social.returned(client, "google", person)
    taken = await social.finish(client, "google", {**body, "claim_email": True})

    assert taken.status_code == 200, taken.text


@pytest.mark.fault("I1")
async def test_who_cannot_prove_it_goes_without_and_takes_nothing(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    holder = await squatted(f"{person}@gmail.com")
    body = await social.returned(client, "naver", person)

    refused = await social.finish(client, "naver", body)
    claimed = await social.finish(client, "naver", {**body, "claim_email": True})
    without = await social.finish(client, "naver", {**body, "without_email": True})

    assert [(code(answer), answer.json()["claimable"]) for answer in (refused, claimed)] == [(ELSEWHERE, False)] * 2
    assert without.status_code == 200, without.text
    assert (await me(client, without.json()["access_token"])).json()["email"] is None
    assert (await User.get(id=holder.id)).email == f"{person}@gmail.com"


async def test_the_answer_counts_in_the_same_browser_only(client: httpx.AsyncClient) -> None:
    person = await social.new_person(client)
    await squatted(f"{person}@gmail.com")
    body = await social.returned(client, "google", person)
    await social.finish(client, "google", body)

    client.cookies.clear()
    stolen = await social.finish(client, "google", {**body, "claim_email": True})

    assert code(stolen) == (400, "OAUTH_STATE_INVALID")


@pytest.mark.fault("I1")
async def test_without_a_proof_nothing_is_claimable(client: httpx.AsyncClient) -> None:
    email = new_email()
    holder = await squatted(email)

    answers = [await sign_up(client, login_id="rightful", email=email, claim_email=claims) for claims in (False, True)]

    assert [(code(answer), answer.json()["claimable"]) for answer in answers] == [(TAKEN, False)] * 2
    assert (await User.get(id=holder.id)).email == email


@pytest.mark.fault("I1")
@pytest.mark.parametrize("how", ["code", "reset", "provider"])
async def test_a_proved_address_is_never_taken(client: httpx.AsyncClient, how: str) -> None:
    person = await social.new_person(client)
    email = f"{person}@gmail.com"
    if how == "provider":
        assert (await social.sign_in(client, "google", person)).status_code == 200
    else:
        holder = await squatted(email)
    if how == "code":
        headers = await bearer(client, holder)
        proof = {"email": email, "verification_id": await confirmed(client, email, purpose="change_contact")}
        assert (await client.post(f"{API}/me/contact", json=proof, headers=headers)).status_code == 200
    if how == "reset":
        await reset(client, "squatter", "박스쿼")
        assert (await set_password(client, await token_at(client, email))).status_code == 204
    verification_id = await confirmed(client, email)

    answer = await sign_up(client, login_id="rightful", email=email, verification_id=verification_id, claim_email=True)
    by_kakao = await social.returned(client, "kakao", person)
    other = await social.finish(client, "kakao", {**by_kakao, "claim_email": True})

    assert [(code(refused)[0], refused.json()["claimable"]) for refused in (answer, other)] == [(409, False)] * 2
    assert await User.filter(email=email).count() == 1


@pytest.mark.fault("I1")
async def test_of_two_claims_at_once_one_gets_the_address(client: httpx.AsyncClient) -> None:
    email = new_email()
    holder = await squatted(email)
    ids = [await confirmed(client, email) for _ in range(2)]

    answers = await asyncio.gather(
        *(
            sign_up(client, login_id=f"rightful{n}", email=email, verification_id=given, claim_email=True)
            for n, given in enumerate(ids)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    (refused,) = [answer for answer in answers if answer.status_code == 409]
    assert (code(refused), refused.json()["claimable"]) == (TAKEN, False)
    assert await User.filter(email=email).count() == 1
    assert (await User.get(id=holder.id)).status == "ACTIVE"


@pytest.mark.fault("I1")
async def test_a_claim_while_the_holder_proves_the_address_leaves_it_with_one(client: httpx.AsyncClient) -> None:
    email = new_email()
    holder = await squatted(email)
    headers = await bearer(client, holder)
    mine = await confirmed(client, email, purpose="change_contact")
    theirs = await confirmed(client, email)
    proof = {"email": email, "verification_id": mine}

    proved, claimed = await asyncio.gather(
        client.post(f"{API}/me/contact", json=proof, headers=headers),
        sign_up(client, login_id="rightful", email=email, verification_id=theirs, claim_email=True),
    )

    assert (proved.status_code, claimed.status_code) in {(200, 409), (409, 201), (401, 201)}
    (now,) = await User.filter(email=email)
    assert now.email_verified_at is not None
    assert now.login_id == ("squatter" if proved.status_code == 200 else "rightful")
    assert (await sign_in(client, "squatter", PASSWORD)).status_code == 200


async def test_reset_links_that_went_to_a_claimed_address_are_void(client: httpx.AsyncClient) -> None:
    email = new_email()
    await squatted(email)
    await reset(client, "squatter", "박스쿼")
    token = await token_at(client, email)
    verification_id = await confirmed(client, email)
    await sign_up(client, login_id="rightful", email=email, verification_id=verification_id, claim_email=True)

    assert code(await set_password(client, token)) == (400, "RESET_TOKEN_INVALID")


async def test_a_new_address_ends_the_notice(client: httpx.AsyncClient) -> None:
    email = new_email()
    holder = await squatted(email)
    verification_id = await confirmed(client, email)
    await sign_up(client, login_id="rightful", email=email, verification_id=verification_id, claim_email=True)
    await change_contact(holder.id, email=new_email())

    assert await told_at_sign_in(client) == []


async def test_availability_tells_what_can_be_claimed(client: httpx.AsyncClient) -> None:
    email = new_email()
    holder = await squatted(email)
    asked = f"{API}/auth/availability"

    before = (await client.get(asked, params={"email": email})).json()
    await change_contact(holder.id, email=email)
    after = (await client.get(asked, params={"email": email})).json()

    assert [before, after] == [{"available": False, "claimable": True}, {"available": False, "claimable": False}]
