"""Proofs that the shop asks of new members, and the traces that they leave."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.user.models import User
from src.core.configs import Settings, use
from src.core.configs.checks import problems
from src.core.configs.groups import ServerSettings
from src.core.configs.identity_groups import IdentitySettings, MessageSettings
from tests.app.auth.recovery.support import confirmed, new_email, new_phone
from tests.app.auth.social import support as social
from tests.app.auth.support import API, code, sign_in, sign_up
from tests.factories.catalogue import make_product, variants_of
from tests.factories.orders import order_body, place, post_order, quoted_total
from tests.factories.people import bearer, make_member, staff_bearer

Asking = Callable[..., AbstractContextManager[Settings]]
OWN_SENS: dict[str, Any] = {
    "sens_access_key": "AK" * 10,
    "sens_secret_key": "SK" * 20,
    "sens_service_id": "ncp:sms:kr:1:shop",
    "sens_sender": "0212345678",
}


@pytest.fixture
def asking(shop_settings: Settings) -> Asking:
    """The shop with other words for VERIFY_PHONE and VERIFY_EMAIL."""

    def other(**words: Any) -> AbstractContextManager[Settings]:
        return use(replace(shop_settings, identity=IdentitySettings(**words)))

    return other


@pytest.mark.fault("I11")
async def test_what_is_required_is_asked_for_by_channel(client: httpx.AsyncClient, asking: Asking) -> None:
    email, phone = new_email(), new_phone()
    contacts = {"email": email, "phone": phone}
    with asking(verify_phone="required", verify_email="required"):
        nothing = await sign_up(client, **contacts)
        by_phone = await confirmed(client, phone)
        one = await sign_up(client, **contacts, verification_id=by_phone)
        by_email = await confirmed(client, email)
        both = await sign_up(client, **contacts, verification_id=by_phone, verification_ids=[by_email])

    assert [(code(answer), answer.json()["channel"]) for answer in (nothing, one)] == [
        ((422, "VERIFICATION_REQUIRED"), "sms"),
        ((422, "VERIFICATION_REQUIRED"), "email"),
    ]
    assert both.status_code == 201, both.text
    user = await User.get()
    assert user.email_verified_at is not None
    assert user.phone_verified_at is not None


@pytest.mark.fault("I11")
async def test_what_was_proved_is_seen_in_me_and_in_the_back_office(client: httpx.AsyncClient) -> None:
    email = new_email()
    made = await sign_up(client, email=email, verification_ids=[await confirmed(client, email)])
    headers = {"Authorization": f"Bearer {(await sign_in(client, 'minji.kim')).json()['access_token']}"}

    me = (await client.get(f"{API}/me", headers=headers)).json()
    staff = await staff_bearer(client)
    page = (await client.get(f"{API}/admin/users/{made.json()['id']}", headers=staff)).json()

    assert (me["email_verified_at"] is not None, me["phone_verified_at"]) == (True, None)
    assert (page["email_verified_at"], page["phone_verified_at"]) == (me["email_verified_at"], None)


@pytest.mark.parametrize("word", ["off", "optional"])
async def test_what_is_not_required_is_not_asked_for(client: httpx.AsyncClient, asking: Asking, word: str) -> None:
    with asking(verify_phone=word, verify_email=word):
        assert (await sign_up(client)).status_code == 201


async def test_three_verifications_and_one_of_somebody_else_are_refused(client: httpx.AsyncClient) -> None:
    email = new_email()
    right, foreign = await confirmed(client, email), await confirmed(client, new_phone())

    many = await sign_up(client, email=email, verification_ids=["A" * 22, "B" * 22, "C" * 22])
    wrong = await sign_up(client, email=email, verification_ids=[right, foreign])

    assert code(many) == (422, "VALIDATION_ERROR")
    assert code(wrong) == (400, "VERIFICATION_NOT_CONFIRMED")
    assert (await sign_up(client, email=email, verification_id=right, verification_ids=[right])).status_code == 201


@pytest.mark.fault("I11")
async def test_who_comes_by_a_provider_proves_the_phone_before_the_first_order(
    client: httpx.AsyncClient, asking: Asking
) -> None:
    (variant,) = await variants_of(await make_product(stock=9))
    person = await social.new_person(client)
    phone = new_phone()
    body = order_body((variant.id, 1), expected_total=await quoted_total(client, (variant.id, 1)))
    with asking(verify_phone="required", verify_email="required"):
        headers = await social.signed_in(client, "kakao", person)
        cold = await post_order(client, body, headers=headers)
        me = (await client.get(f"{API}/me", headers=headers)).json()
        warm = await post_order(client, body, headers=headers)
        proof = {"phone": phone, "verification_id": await confirmed(client, phone, purpose="change_contact")}
        proved = await client.post(f"{API}/me/contact", json=proof, headers=headers)
        placed = await post_order(client, body, headers=headers)
        seen = (await client.get(f"{API}/me", headers=headers)).json()
        again = await post_order(client, body, headers=headers)

    assert me["verification_required"] == ["sms"]
    assert [(code(answer), answer.json()["channel"]) for answer in (cold, warm)] == [
        ((422, "VERIFICATION_REQUIRED"), "sms")
    ] * 2
    assert proved.status_code == 200, proved.text
    assert (placed.status_code, again.status_code, seen["verification_required"]) == (201, 201, [])


@pytest.mark.fault("I11")
async def test_an_address_that_the_provider_does_not_vouch_for_is_asked_for(
    client: httpx.AsyncClient, asking: Asking
) -> None:
    with asking(verify_email="required", verify_phone="off"):
        headers = await social.signed_in(client, "naver", await social.new_person(client))
        me = (await client.get(f"{API}/me", headers=headers)).json()

    assert me["verification_required"] == ["email"]


async def test_who_was_a_member_before_stays_able_to_buy(client: httpx.AsyncClient, asking: Asking) -> None:
    (variant,) = await variants_of(await make_product(stock=9))
    member = await make_member()
    with asking(verify_phone="required", verify_email="required"):
        headers = await bearer(client, member)
        assert (await client.get(f"{API}/me", headers=headers)).json()["verification_required"] == []
        await place(client, (variant.id, 1), headers=headers)
        await place(client, (variant.id, 1))  # guests are not asked


def test_the_phone_is_required_where_sens_is_set_up() -> None:
    without, with_sens = Settings(), Settings(messages=MessageSettings(**OWN_SENS))

    assert [chosen.verification("sms") for chosen in (without, with_sens)] == ["optional", "required"]
    assert [chosen.verification("email") for chosen in (without, with_sens)] == ["optional", "optional"]


@pytest.mark.parametrize(
    ("words", "messages", "named"),
    [
        ({"verify_phone": "required"}, {"sens_access_key": ""}, "VERIFY_PHONE"),
        ({"verify_phone": "required"}, {}, "VERIFY_PHONE"),
        ({"verify_email": "required"}, {}, "VERIFY_EMAIL"),
        ({"verify_email": "required"}, {"smtp_host": ""}, "VERIFY_EMAIL"),
    ],
)
def test_what_nobody_could_prove_ends_the_start(words: dict[str, Any], messages: dict[str, Any], named: str) -> None:
    chosen = Settings(
        server=ServerSettings(env="test", sandbox=False),
        identity=IdentitySettings(**words),
        messages=MessageSettings(**messages),
    )

    assert [problem for problem in problems(chosen) if problem.startswith(f"{named}=required")]


def test_with_a_sender_it_starts() -> None:
    chosen = Settings(
        server=ServerSettings(env="test", sandbox=False),
        identity=IdentitySettings(verify_phone="required", verify_email="required"),
        messages=MessageSettings(**OWN_SENS, smtp_host="mail.example"),
    )
    in_the_sandbox = Settings(identity=IdentitySettings(verify_phone="required", verify_email="required"))

    assert [problems(chosen), problems(in_the_sandbox)] == [[], []]
