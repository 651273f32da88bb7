"""Names of letters that nobody sees: at orders, sign-up, addresses, providers, products and categories."""

import httpx
import pytest

from src.app.auth.services.social.joining import usual_name
from tests.app.auth.support import API, sign_up
from tests.app.checkout.support import said
from tests.app.product.editing.support import PRODUCTS, new
from tests.factories.catalogue import make_category, make_variant
from tests.factories.orders import ORDERER, SHIPPING, order_body, post_order
from tests.factories.people import bearer, staff_bearer

UNSEEN = ["\u3164", "\u3164\u3164 \u3164", "\u115f", "\u1160\u115f", "\u200b", "\uffa0", "\u2800", "\u034f", "\u2062"]


@pytest.mark.fault("M10")
@pytest.mark.parametrize("name", UNSEEN)
async def test_a_name_that_nobody_sees_is_no_name(client: httpx.AsyncClient, name: str) -> None:
    variant = await make_variant()
    member, staff = await bearer(client), await staff_bearer(client)
    category = await make_category("bag")

    answers = [
        await post_order(client, order_body((variant.id, 1), expected_total=12_500, orderer={**ORDERER, "name": name})),
        await post_order(
            client, order_body((variant.id, 1), expected_total=12_500, shipping={**SHIPPING, "recipient": name})
        ),
        await post_order(
            client, order_body((variant.id, 1), expected_total=12_500, shipping={**SHIPPING, "address": name})
        ),
        await sign_up(client, name=name),
        await client.patch(f"{API}/me", json={"name": name}, headers=member),
        await client.post(f"{API}/me/addresses", json={**SHIPPING, "recipient": name}, headers=member),
        await client.post(PRODUCTS, json=new(category, name=name), headers=staff),
        await client.post(f"{API}/admin/categories", json={"name": name}, headers=staff),
    ]

    assert [said(answer) for answer in answers] == [(422, "VALIDATION_ERROR")] * len(answers)


@pytest.mark.parametrize("name", UNSEEN)
async def test_where_a_text_may_be_empty_it_is(client: httpx.AsyncClient, name: str) -> None:
    member = await bearer(client)

    answer = await client.post(f"{API}/me/addresses", json={**SHIPPING, "label": name}, headers=member)

    assert (answer.status_code, answer.json()["label"]) == (201, "")


@pytest.mark.fault("M10")
@pytest.mark.parametrize("nickname", ["\u3164", "\u3164\u3164 \u3164", "\u115f", "\uffa0", "\u3164🏌️\u115f"])
def test_a_nickname_of_letters_that_nobody_sees_is_a_member(nickname: str) -> None:
    assert usual_name(nickname) == "회원"


@pytest.mark.parametrize("nickname", ["", " ", "🏌️", "\u200b", "\u2800"])
def test_a_nickname_of_which_nothing_is_left_is_a_member(nickname: str) -> None:
    assert usual_name(nickname) == "회원"


def test_letters_without_a_shape_may_stand_in_a_name() -> None:
    assert usual_name("김\u200b민지") == "김민지"
