"""What search reads follows every change of the back-office, in the same transaction."""

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from src.app.product.models import Product, ProductGram, ProductSearch
from src.app.product.services import prices
from src.app.product.services.search import text
from src.common import clock
from src.worker.jobs.run import run_job
from tests.app.auth.support import API
from tests.app.product.editing.support import BLACK, PRODUCTS, at, made, read
from tests.app.product.editing.test_admin_options import WHITE, as_edit, put
from tests.app.product.search.test_list import codes
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer

FACETS = {"facets": True, "size": 1}


@pytest.fixture
async def staff(client: httpx.AsyncClient) -> dict[str, str]:
    return await staff_bearer(client)


@pytest.fixture
async def bag(client: httpx.AsyncClient, staff: dict[str, str]) -> dict[str, Any]:
    """투어 스탠드백, BAG-1, 100,000 won, black in S (3) and M (0), white in S (5)."""
    return await made(client, staff, await make_category("bag"), options=[BLACK, WHITE])


async def reduction(product_id: int) -> int:
    row = await Product.get(id=product_id)
    assert row.reduction == prices.reduction_of(row.origin_price, row.price)
    return int(row.reduction)


async def assert_grams_are_of_the_text(product_id: int) -> None:
    """Nothing of an earlier text is left, nothing of the present one is missing."""
    row = await ProductSearch.get(product_id=product_id)
    ids = {int(str(id_)) for id_ in await ProductGram.all().values_list("id", flat=True)}
    held = {id_ for id_ in ids if id_ & text.LARGEST_PRODUCT_ID == product_id}
    grams = text.grams_of(row.words, row.initials)
    assert held == {text.posting(gram, product_id) for gram in grams}


async def test_a_new_product_is_found_at_once(client: httpx.AsyncClient, bag: dict[str, Any]) -> None:
    for question in ("스탠드", "bag-1", "micgolf", "블랙", "화이트", "ㅅㅌㄷㅂ", "bag"):
        assert await codes(client, q=question) == ["BAG-1"], question
    await assert_grams_are_of_the_text(bag["id"])


async def test_an_edit_is_found_and_what_was_is_not(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    pouch = await make_category("pouch")
    assert await codes(client, q="스탠드") == ["BAG-1"]
    change = {"name": "항공커버", "brand": "OTHER", "product_code": "COVER-9", "category_ids": [pouch.id]}

    answer = await client.patch(f"{PRODUCTS}/{bag['id']}", json=change, headers=at(staff, bag["version"]))

    assert answer.status_code == 200, answer.text
    for question in ("스탠드", "bag-1", "micgolf"):
        assert await codes(client, q=question) == [], question
    for question in ("항공", "other", "cover-9", "pouch"):
        assert await codes(client, q=question) == ["COVER-9"], question
    assert await codes(client, category="bag") == []
    await assert_grams_are_of_the_text(bag["id"])


async def test_a_retired_colour_and_size_are_in_no_filter_count_or_search(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    black = as_edit(bag)[0]
    assert await codes(client, q="화이트") == await codes(client, color="화이트") == ["BAG-1"]
    assert await codes(client, color="화이트", in_stock=True) == await codes(client, size_name="M") == ["BAG-1"]

    answer = await put(client, staff, bag, [{**black, "sizes": black["sizes"][:1]}])  # black in S is all that stays

    assert answer.status_code == 200, answer.text
    asked: list[dict[str, Any]] = [
        {"q": "화이트"},
        {"color": "화이트"},
        {"color": "화이트", "size_name": "S"},
        {"color": "화이트", "in_stock": True},
        {"size_name": "M"},
        {"color": "블랙", "size_name": "M"},
    ]
    for params in asked:
        assert await codes(client, **params) == [], params
    assert await codes(client, color="블랙", size_name="S", in_stock=True) == ["BAG-1"]
    facets = (await client.get(f"{API}/products", params=FACETS)).json()["facets"]
    assert [(row["color"], row["count"]) for row in facets["colors"]] == [("블랙", 1)]
    assert [(row["size"], row["count"]) for row in facets["sizes"]] == [("S", 1)]
    suggested = (await client.get(f"{API}/search/suggest", params={"q": "화이트"})).json()
    assert suggested["products"] == []
    await assert_grams_are_of_the_text(bag["id"])


async def test_only_retired_sizes_with_units_are_not_in_stock(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    black = as_edit(bag)[0]
    assert await codes(client, in_stock=True) == ["BAG-1"]
    answer = await put(client, staff, bag, [{**black, "sizes": black["sizes"][1:]}])  # M has no units
    assert answer.status_code == 200, answer.text
    assert await codes(client, in_stock=True) == []


async def test_an_archived_product_is_not_found_and_comes_back_by_its_words(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    path = f"{PRODUCTS}/{bag['id']}"
    assert (await client.delete(path, headers=staff)).status_code == 204
    assert await codes(client, q="스탠드") == []
    assert (await client.post(f"{path}/restore", json={"reason": "다시"}, headers=staff)).status_code < 300
    form = await read(client, staff, bag["id"])
    shown = {"sale_status": "ON_SALE", "display_status": "SHOWN"}
    assert (await client.patch(path, json=shown, headers=at(staff, form["version"]))).status_code == 200
    assert await codes(client, q="스탠드") == ["BAG-1"]


async def test_the_reduction_follows_every_writer_of_prices(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    tenth = {"option": "percent", "value": 10}
    body = await made(client, staff, await make_category("bag"), discount=tenth)
    path = f"{PRODUCTS}/{body['id']}"
    assert await reduction(body["id"]) == 1_000

    edit = {"origin_price": 30_000, "discount": {"option": "amount", "value": 10_000}}
    assert (await client.patch(path, json=edit, headers=at(staff, 1))).status_code == 200
    assert await reduction(body["id"]) == 3_333

    bulk = {"ids": [body["id"]], "discount": {"option": "percent", "value": 50}}
    answer = await client.post(
        f"{PRODUCTS}/bulk-price", json=bulk, headers={**staff, "Idempotency-Key": "bulk-price-key-01"}
    )
    assert answer.status_code == 200, answer.text
    assert await reduction(body["id"]) == 5_000

    answer = await client.post(f"{path}/copy", json={"product_code": "BAG-2"}, headers=staff)
    assert answer.status_code == 201, answer.text
    assert await reduction(answer.json()["id"]) == 5_000
    await assert_grams_are_of_the_text(answer.json()["id"])

    assert (await client.patch(path, json={"discount": None}, headers=at(staff, 3))).status_code == 200
    assert await reduction(body["id"]) == 0


async def test_sorting_by_discount_follows_the_boundary_of_a_period(
    client: httpx.AsyncClient, staff: dict[str, str]
) -> None:
    starts = datetime(2027, 1, 1, tzinfo=clock.KST)
    ends = starts + timedelta(days=7)
    period = {"option": "percent", "value": 33, "starts_at": starts.isoformat(), "ends_at": ends.isoformat()}
    body = await made(client, staff, await make_category("bag"), discount=period)
    free = await make_product(price=0)
    for moment, share in ((starts - timedelta(seconds=1), 0), (starts, 3_300), (ends, 0)):
        with clock.as_of(moment):
            await prices.settle()
        assert await reduction(body["id"]) == share
    assert await reduction(free.id) == 0


async def test_counts_that_are_remembered_end_with_the_period(client: httpx.AsyncClient, staff: dict[str, str]) -> None:
    starts = clock.now() + timedelta(days=1)
    period = {"option": "percent", "value": 30, "starts_at": starts.isoformat()}
    await made(client, staff, await make_category("bag"), discount=period)
    asked = {"max_price": 80_000, **FACETS}
    assert (await client.get(f"{API}/products", params=asked)).json()["total"] == 0
    facets = (await client.get(f"{API}/products", params=FACETS)).json()["facets"]
    assert facets["price"] == {"min": 100_000, "max": 100_000}

    with clock.as_of(starts):
        assert await prices.settle() == 1

    page = (await client.get(f"{API}/products", params=asked)).json()
    assert (page["total"], page["facets"]["price"]) == (1, {"min": 70_000, "max": 70_000})


async def test_a_renamed_category_finds_its_products_and_its_old_name_does_not(
    client: httpx.AsyncClient, staff: dict[str, str], bag: dict[str, Any]
) -> None:
    category_id = bag["categories"][0]["id"]
    path = f"{API}/admin/categories/{category_id}"
    assert await codes(client, q="파우치") == []

    assert (await client.put(path, json={"name": "파우치"}, headers=staff)).status_code == 200
    await run_job("relay-outbox")

    assert await codes(client, q="파우치") == ["BAG-1"]
    row = await ProductSearch.get(product_id=bag["id"])
    assert row.words.splitlines()[-1] == "파우치"
    await assert_grams_are_of_the_text(bag["id"])
    assert (await client.put(path, json={"slug": "pouch"}, headers=staff)).status_code == 200
    assert await run_job("relay-outbox") == 0, "another slug is no other name"
