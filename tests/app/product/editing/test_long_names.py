"""Slugs, codes and filter values of any length: a page, a refusal or nothing found, and never a server error."""

import unicodedata
from typing import Any

import httpx
import pytest

from tests.app.auth.support import API, code
from tests.app.product.editing.support import PRODUCTS, at, made, new
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer

LONGER_THAN_A_CODE = "투어-" + "스탠드백-" * 12 + "한정판"
LONGER_COMPOSED = "\u0958"  # two letters once it is composed
EIGHTEEN_LETTERS = "\ufdfa"  # so many once it is folded for an address
WHITE = {"color": "화이트", "color_code": "#ffffff", "sizes": [{"size": "S", "stock": 3}]}


async def test_a_slug_longer_than_any_code_names_its_page(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"), slug=LONGER_THAN_A_CODE, options=[WHITE])

    assert (await client.get(f"{API}/products/{LONGER_THAN_A_CODE}")).json()["id"] == form["id"]
    stock = (await client.get(f"{API}/products/{LONGER_THAN_A_CODE}/stock")).json()["items"]
    assert stock == [{"variant_id": form["options"][0]["sizes"][0]["variant_id"], "stock": 3}]


async def test_a_name_of_full_length_makes_a_page(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    form = await made(client, headers, await make_category("bag"), name="가" * 120)

    assert (await client.get(f"{API}/products/{form['slug']}")).json()["name"] == "가" * 120


async def test_a_long_slug_is_taken_once(client: httpx.AsyncClient) -> None:
    headers, category = await staff_bearer(client), await make_category("bag")
    await made(client, headers, category, slug=LONGER_THAN_A_CODE, options=[WHITE])
    other = await made(client, headers, category, product_code="BAG-2", options=[WHITE])

    body = new(category, product_code="BAG-3", slug=LONGER_THAN_A_CODE, options=[WHITE])
    assert code(await client.post(PRODUCTS, json=body, headers=headers)) == (409, "SLUG_TAKEN")
    edit = {"slug": LONGER_THAN_A_CODE}
    answer = await client.patch(f"{PRODUCTS}/{other['id']}", json=edit, headers=at(headers, 1))
    assert code(answer) == (409, "SLUG_TAKEN")


@pytest.mark.parametrize("length", [39, 40, 41, 119, 120, 121, 400])
async def test_a_name_that_nothing_has_is_not_found_whatever_its_length(client: httpx.AsyncClient, length: int) -> None:
    for path in ("", "/stock", "/related"):
        assert code(await client.get(f"{API}/products/{'x' * length}{path}")) == (404, "PRODUCT_NOT_FOUND"), path


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": EIGHTEEN_LETTERS * 100},
        {"slug": "ß" * 110},
        {"name": LONGER_COMPOSED * 120},
        {"brand": LONGER_COMPOSED * 60},
        {"description": LONGER_COMPOSED * 500},
        {"options": [{**WHITE, "color": LONGER_COMPOSED * 40}]},
        {"options": [{**WHITE, "sizes": [{"size": LONGER_COMPOSED * 40}]}]},
    ],
)
async def test_what_is_too_long_once_it_is_composed_is_refused(
    client: httpx.AsyncClient, changes: dict[str, Any]
) -> None:
    headers = await staff_bearer(client)
    body = new(await make_category("bag"), **changes)

    answer = await client.post(PRODUCTS, json=body, headers=headers)

    assert code(answer) == (422, "VALIDATION_ERROR")
    (error,) = answer.json()["errors"]
    assert error["code"] == "STRING_TOO_LONG"
    assert error["message"].startswith("너무 깁니다.")


async def test_a_decomposed_name_counts_as_it_is_kept(client: httpx.AsyncClient) -> None:
    headers = await staff_bearer(client)
    name = unicodedata.normalize("NFD", "한" * 120)

    form = await made(client, headers, await make_category("bag"), name=name)

    assert form["name"] == "한" * 120


@pytest.mark.parametrize(
    ("path", "name", "longest"),
    [
        (f"{API}/products", "category", 80),
        (f"{API}/products", "color", 40),
        (f"{API}/products", "size_name", 40),
        (f"{API}/products", "q", 100),
        (f"{API}/search/suggest", "q", 100),
        (PRODUCTS, "product_code", 40),
        (PRODUCTS, "name", 120),
    ],
)
async def test_a_filter_is_as_long_as_what_it_looks_for(
    client: httpx.AsyncClient, path: str, name: str, longest: int
) -> None:
    headers = await staff_bearer(client)
    await make_product()
    for value in ("가" * longest, unicodedata.normalize("NFD", "한" * longest)):
        assert (await client.get(path, params={name: value}, headers=headers)).status_code == 200, value
    for value in ("가" * (longest + 1), LONGER_COMPOSED * longest):
        answer = await client.get(path, params={name: value}, headers=headers)
        assert [error["code"] for error in answer.json()["errors"]] == ["STRING_TOO_LONG"], value
