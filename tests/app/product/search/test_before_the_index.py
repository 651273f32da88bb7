"""A database that was filled before there was an index: every list shows its products, search once the job was
there."""

from typing import Any

import httpx
import pytest

from src.app.product.models import Product, ProductGram, ProductSearch
from src.app.product.services.prices import reduction_of
from src.app.product.services.search import indexing
from src.worker.jobs.run import run_job
from tests.app.auth.support import API
from tests.app.product.editing.support import PRODUCTS
from tests.app.product.search.test_list import codes
from tests.factories.catalogue import make_category, make_product
from tests.factories.people import staff_bearer

LISTS: tuple[dict[str, Any], ...] = (
    {},
    {"category": "bag"},
    {"color": "블랙"},
    {"color": "블랙", "size_name": "S", "in_stock": True},
    {"size_name": "S"},
    {"max_price": 9_000},
    {"in_stock": True, "sort": "discount"},
)
SEARCHES: tuple[dict[str, Any], ...] = (
    {"q": "스탠드"},
    {"q": "탠드"},
    {"q": "백"},
    {"q": "ㅅㅌㄷ"},
    {"q": "bag"},
    {"q": "old"},
)


@pytest.fixture
async def old(client: httpx.AsyncClient) -> Product:
    """A product as a release without the index left it: no texts, no grams, no reduction."""
    category = await make_category("bag")
    product = await make_product(code="OLD", price=9_000, origin_price=10_000, category=category)
    await ProductSearch.all().delete()
    await ProductGram.all().delete()
    await Product.all().update(reduction=0)
    return product


async def test_no_list_loses_it_and_search_finds_it_after_the_job(client: httpx.AsyncClient, old: Product) -> None:
    for params in LISTS:
        assert await codes(client, **params) == ["OLD"], params
    for params in SEARCHES:
        assert await codes(client, **params) == [], params
    assert await run_job("index-products") == 1
    for params in (*LISTS, *SEARCHES):
        assert await codes(client, **params) == ["OLD"], params
    assert (await Product.get(id=old.id)).reduction == reduction_of(10_000, 9_000) == 1_000
    assert await run_job("index-products") == 0


async def test_facets_and_staff_see_it_before_the_job(client: httpx.AsyncClient, old: Product) -> None:
    headers = await staff_bearer(client)
    facets = (await client.get(f"{API}/products", params={"facets": True})).json()["facets"]
    assert [row["count"] for kind in ("categories", "colors", "sizes") for row in facets[kind]] == [1, 1, 1]
    for params in ({}, {"name": "스탠드백"}, {"product_code": "ld"}, {"status": "on_sale"}):
        page = (await client.get(PRODUCTS, params=params, headers=headers)).json()
        assert [row["product_code"] for row in page["items"]] == ["OLD"], params


async def test_more_than_one_batch_is_indexed_and_a_run_that_died_goes_on(
    client: httpx.AsyncClient, old: Product
) -> None:
    others = [await make_product(code=f"N{number}") for number in range(3)]
    await ProductSearch.all().delete()
    await ProductGram.all().delete()
    assert await indexing.index_missing(limit=2) == 2  # and then it died
    assert await codes(client, q="스탠드") == ["N0", "OLD"]
    assert await run_job("index-products") == 2
    assert await codes(client, q="스탠드") == ["N2", "N1", "N0", "OLD"]
    assert await indexing.reindex_all() == 1 + len(others)
    assert await codes(client, q="스탠드") == ["N2", "N1", "N0", "OLD"]
