"""Tokens of guests' carts, made by the client or handed out before the first add."""

import asyncio
import secrets
from typing import Any

import httpx
import pytest

from src.core.redis import redis
from tests.factories.carts import CART, guest_with, lines_of, merge_into, put_in
from tests.factories.catalogue import make_product, variants_of
from tests.factories.people import bearer


@pytest.mark.fault("M9")
async def test_a_guest_without_a_token_is_handed_one_by_reading(client: httpx.AsyncClient) -> None:
    variants = await variants_of(await make_product(sizes=3))

    read = await client.get(CART)

    token = read.headers["x-cart-token"]
    assert (read.json()["items"], len(token)) == ([], 22)
    assert read.cookies["cart_token"] == token
    assert await redis().keys("*cart*") == []
    client.cookies.clear()
    headers = {"X-Cart-Token": token}
    await asyncio.gather(
        *(
            client.post(f"{CART}/items", json={"variant_id": variant.id, "quantity": 1}, headers=headers)
            for variant in variants
        )
    )
    client.cookies.clear()
    assert sorted(await lines_of(client, headers)) == [(variant.id, 1) for variant in variants]


@pytest.mark.fault("M9")
async def test_openapi_tells_how_a_client_makes_the_token(client: httpx.AsyncClient) -> None:
    paths: dict[str, Any] = (await client.get("/openapi.json")).json()["paths"]
    found = [
        parameter
        for method, path in (("get", CART), ("post", f"{CART}/items"), ("post", "/api/v1/orders"))
        for parameter in paths[path][method]["parameters"]
        if parameter["name"].lower() == "x-cart-token"
    ]

    assert len(found) == 3
    for parameter in found:
        assert "base64url" in parameter["description"]
        (example,) = parameter.get("examples") or parameter["schema"]["examples"]
        assert len(example) == 22


async def test_three_adds_at_once_with_a_token_of_the_clients_meet(client: httpx.AsyncClient) -> None:
    variants = await variants_of(await make_product(sizes=3))
    headers = {"X-Cart-Token": secrets.token_urlsafe(16)}

    answers = await asyncio.gather(*(put_in(client, variant.id, 1, headers=headers) for variant in variants))

    assert {answer.headers["x-cart-token"] for answer in answers} == {headers["X-Cart-Token"]}
    assert sorted(await lines_of(client, headers)) == [(variant.id, 1) for variant in variants]


async def test_who_has_a_token_or_is_a_member_is_handed_none_by_reading(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    guest, member = await guest_with(client, (variant.id, 1)), await bearer(client)

    for headers in (guest, member):
        answer = await client.get(CART, headers=headers)
        assert "x-cart-token" not in answer.headers
        assert "set-cookie" not in answer.headers


@pytest.mark.fault("A17")
@pytest.mark.parametrize("token", ["a" * 22, "ab" * 11, "012345678" + "0" * 13])
async def test_a_token_without_randomness_counts_as_not_sent(client: httpx.AsyncClient, token: str) -> None:
    (variant,) = await variants_of(await make_product())
    weak = {"X-Cart-Token": token}

    added = await put_in(client, variant.id, 1, headers=weak)

    assert added.status_code == 200
    assert added.headers["x-cart-token"] != token
    assert await lines_of(client, weak) == []
    client.cookies.clear()
    by_cookie = await client.get(CART, headers={"Cookie": f"cart_token={token}"})
    assert by_cookie.json()["items"] == []
    assert by_cookie.headers["x-cart-token"] != token


async def test_ten_different_letters_are_enough(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    token = "0123456789" + "0" * 12

    added = await put_in(client, variant.id, 1, headers={"X-Cart-Token": token})

    assert added.headers["x-cart-token"] == token


async def test_a_token_without_randomness_is_merged_as_not_sent(client: httpx.AsyncClient) -> None:
    (variant,) = await variants_of(await make_product())
    guest, member = await guest_with(client, (variant.id, 1)), await bearer(client)

    answer = await merge_into(client, {**member, **guest}, cart_token="a" * 22)

    assert answer.json()["results"] == [{"variant_id": variant.id, "outcome": "added", "quantity": 1}]
