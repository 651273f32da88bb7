"""GET /search/suggest."""

from typing import Any

import httpx
import pytest

from src.app.category.models import Category
from src.app.product.models import Product
from src.app.product.services.search import query_counts
from src.app.search.models import SearchTerm
from src.common import clock
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category, make_product

PATH = "/api/v1/search/suggest"


async def suggested(client: httpx.AsyncClient, q: str) -> dict[str, Any]:
    public_cache.invalidate_all()
    answer = await client.get(PATH, params={"q": q})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def shop() -> None:
    category = await make_category("stand-bag")
    await Category.filter(id=category.id).update(name="스탠드백")
    for number in range(7):
        product = await make_product(code=f"P{number}", name=f"투어 스탠드백 {number}", category=category)
        await Product.filter(id=product.id).update(popularity=number)
    today = clock.now().astimezone(clock.KST).date()
    for term, searches in (("투어 스탠드백", 9), ("스탠드백", 8), ("장갑", 7)):
        await SearchTerm.create(day=today, term=term, searches=searches)


async def test_products_categories_and_popular_words(client: httpx.AsyncClient) -> None:
    await shop()
    for q in ("스탠드", "ㅅㅌㄷㅂ", "tmxosem"):
        body = await suggested(client, q)
        assert [item["product_code"] for item in body["products"]] == ["P6", "P5", "P4", "P3", "P2"], q
        assert [item["slug"] for item in body["categories"]] == ["stand-bag"], q
        assert sorted(body["terms"]) == ["스탠드백", "투어 스탠드백"], q
        assert body["did_you_mean"] is None
    assert (await suggested(client, "스탠드"))["terms"] == ["스탠드백", "투어 스탠드백"], "beginnings first"


async def test_a_word_near_the_text_where_nothing_is_found(client: httpx.AsyncClient) -> None:
    await shop()
    assert await suggested(client, "스텐드벡") == {
        "products": [], "categories": [], "terms": [], "did_you_mean": "스탠드백",
    }  # fmt: skip
    assert (await suggested(client, "냉장고"))["did_you_mean"] is None


async def test_a_search_without_a_hit_offers_the_near_word_and_counts_as_one(client: httpx.AsyncClient) -> None:
    await shop()
    query_counts.take()
    products = "/api/v1/products"

    missed = await client.get(products, params={"q": "스텐드벡"})

    assert missed.json() == {"items": [], "total": 0, "page": 1, "size": 20, "did_you_mean": "스탠드백"}
    assert query_counts.take() == {"스텐드벡": (1, 1)}
    for params in (
        {"q": "스탠드백"},
        {"q": "냉장고"},
        {"q": "장갑"},
        {"color": "없는색"},
        {"q": "스탠드백", "color": "없는색"},
    ):
        assert "did_you_mean" not in (await client.get(products, params=params)).json(), params


async def test_suggestions_are_finished_bytes_and_no_searches(client: httpx.AsyncClient) -> None:
    await shop()
    query_counts.take()
    first = await client.get(PATH, params={"q": "스탠드"})
    again = await client.get(PATH, params={"q": "스탠드"}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert query_counts.take() == {}


async def test_the_number_of_queries_is_bounded(client: httpx.AsyncClient) -> None:
    await shop()
    public_cache.invalidate_all()
    with captured_sql() as statements:
        await client.get(PATH, params={"q": "투어"})
    assert len(statements) <= 16  # four of them ask once a minute whether a popular word finds anything
    public_cache.invalidate_all()
    with captured_sql() as statements:
        await client.get(PATH, params={"q": "스텐드벡"})
    assert len(statements) <= 12


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=a%00b", f"?q={'x' * 101}", "?q=a&size=5"])
async def test_bad_input_is_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"{PATH}{query}")).status_code == 422
