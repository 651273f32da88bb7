"""GET /products."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from src.app.product.dtos.responses import ProductPage
from src.app.product.models import DisplayStatus, Product, ProductCategory, SaleStatus, Variant
from src.common import clock
from src.common.http import public_cache
from tests.app.product.captured import captured_sql
from tests.factories.catalogue import make_category, make_product, variants_of

PATH = "/api/v1/products"


async def codes(client: httpx.AsyncClient, **params: Any) -> list[str]:
    """The product codes of one page, in order."""
    public_cache.invalidate_all()
    answer = await client.get(PATH, params=params)
    assert answer.status_code == 200, answer.text
    return [item["product_code"] for item in answer.json()["items"]]


async def test_empty_shop_is_an_empty_page(client: httpx.AsyncClient) -> None:
    answer = await client.get(PATH)
    assert answer.status_code == 200
    assert answer.json() == {"items": [], "total": 0, "page": 1, "size": 20}


async def test_card_shows_exactly_the_contract(client: httpx.AsyncClient) -> None:
    product = await make_product(code="01201110", price=9_000, origin_price=10_000, colors=2, sizes=2)
    await Product.filter(id=product.id).update(rating=47, review_count=12)
    answer = await client.get(PATH)
    assert answer.json()["items"] == [
        {
            "id": product.id,
            "product_code": "01201110",
            "slug": "product-01201110",
            "name": "투어 스탠드백",
            "origin_price": 10_000,
            "price": 9_000,
            "discount": 1_000,
            "discount_option": "amount",
            "thumbnail_url": "/media/products/01201110/0-0.svg",
            "thumbnail_sizes": [],
            "alt": "투어 스탠드백 블랙",
            "sold_out": False,
            "colors": [{"color": "블랙", "color_code": "#111111"}, {"color": "화이트", "color_code": "#FFFFFF"}],
            "badges": ["sale"],
            "rating": 4.7,
            "review_count": 12,
        }
    ]
    ProductPage.model_validate_json(answer.content)


async def test_product_without_discount_colours_or_reviews_has_nulls_and_zeros(client: httpx.AsyncClient) -> None:
    await make_product(colors=0)
    card = (await client.get(PATH)).json()["items"][0]
    assert (card["discount"], card["discount_option"], card["thumbnail_url"]) == (0, None, None)
    assert (card["colors"], card["badges"], card["rating"], card["sold_out"]) == ([], [], 0.0, True)


async def test_sold_out_only_when_every_variant_is(client: httpx.AsyncClient) -> None:
    await make_product(code="gone", stock=0, colors=2, sizes=2)
    some = await make_product(code="some", stock=0, colors=2, sizes=2)
    await Variant.filter(id=(await variants_of(some))[3].id).update(stock=1)
    cards = (await client.get(PATH)).json()["items"]
    assert {card["product_code"]: card["sold_out"] for card in cards} == {"gone": True, "some": False}
    assert await codes(client, in_stock=True) == ["some"]
    assert sorted(await codes(client, in_stock=False)) == ["gone", "some"]


async def test_hidden_and_stopped_products_are_in_no_list(client: httpx.AsyncClient) -> None:
    hidden, stopped = await make_product(), await make_product()
    await make_product(code="shown")
    await Product.filter(id=hidden.id).update(display_status=DisplayStatus.HIDDEN)
    await Product.filter(id=stopped.id).update(sale_status=SaleStatus.STOPPED)
    answer = (await client.get(PATH, params={"facets": True})).json()
    assert [item["product_code"] for item in answer["items"]] == ["shown"]
    assert answer["total"] == 1
    assert answer["facets"]["sizes"] == [{"size": "S", "count": 1}]


async def test_category_means_its_subtree(client: httpx.AsyncClient) -> None:
    root = await make_category("bag")
    middle = await make_category("golf-bag", parent=root)
    leaf = await make_category("stand-bag", parent=middle)
    other = await make_category("cap")
    both = await make_product(code="both", category=leaf)
    await ProductCategory.create(product_id=both.id, category_id=root.id, position=1)
    await make_product(code="middle", category=middle)
    await make_product(code="other", category=other)
    assert await codes(client, category="bag") == ["middle", "both"]
    assert await codes(client, category="golf-bag") == ["middle", "both"]
    assert await codes(client, category="stand-bag") == ["both"]
    assert await codes(client, category="nothing-like-it") == []


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("스탠드", ["plain"]),
        ("tour PRO", ["pro"]),
        ("PLA", ["plain"]),
        ("micgolf", ["percent", "under", "pro", "plain"]),
        ("%", ["percent"]),
        ("_", ["under"]),
        ("%%", []),
        ("\\", []),
        ("'", []),
        ('" OR 1=1 --', []),
        ("⛳🏌️", []),
        ("  ", ["percent", "under", "pro", "plain"]),
        ("", ["percent", "under", "pro", "plain"]),
    ],
)
async def test_search_looks_in_name_code_and_brand(client: httpx.AsyncClient, q: str, found: list[str]) -> None:
    await make_product(code="plain", name="스탠드 백")
    await make_product(code="pro", name="Tour Edition Pro")
    await make_product(code="under", name="a_b")
    await make_product(code="percent", name="50% 백")
    assert await codes(client, q=q) == found


async def test_decomposed_korean_finds_the_same(client: httpx.AsyncClient) -> None:
    await make_product(code="cap", name="골프")
    assert await codes(client, q="\u1100\u1169\u11af\u1111\u1173") == ["cap"]


async def test_colour_size_and_stock_are_asked_of_one_variant(client: httpx.AsyncClient) -> None:
    product = await make_product(code="a", colors=2, sizes=2)  # 블랙 S, 블랙 M, 화이트 S, 화이트 M
    await make_product(code="b", colors=1, sizes=1)
    await Variant.filter(id=(await variants_of(product))[1].id).update(stock=0)
    assert await codes(client, color="블랙") == ["b", "a"]
    assert await codes(client, color="블랙", size_name="M") == ["a"]
    assert await codes(client, color="블랙", size_name="M", in_stock=True) == []
    assert await codes(client, color="화이트", size_name="M", in_stock=True) == ["a"]
    assert await codes(client, size_name="XXXL") == []


async def test_price_bounds_include_their_ends(client: httpx.AsyncClient) -> None:
    for price in (1_000, 2_000, 3_000):
        await make_product(code=f"p{price}", price=price)
    assert await codes(client, min_price=1_000, max_price=2_000, sort="price_asc") == ["p1000", "p2000"]
    assert await codes(client, min_price=2_001) == ["p3000"]
    assert await codes(client, min_price=3_000, max_price=1_000) == []


async def test_every_sort_is_total_with_ties_by_id(client: httpx.AsyncClient) -> None:
    start = clock.now()
    rows = [  # code, price, origin price, popularity, rating, reviews, days
        ("a", 5_000, 10_000, 1, 40, 3, 0),
        ("b", 5_000, 10_000, 9, 40, 9, 0),
        ("c", 9_000, 20_000, 9, 50, 1, 2),
        ("d", 1_000, 1_000, 0, 0, 0, 1),
    ]
    for code, price, origin, popularity, rating, reviews, days in rows:
        made = await make_product(code=code, price=price, origin_price=origin)
        await Product.filter(id=made.id).update(
            popularity=popularity, rating=rating, review_count=reviews, released_at=start + timedelta(days=days)
        )
    assert await codes(client) == ["c", "d", "b", "a"]
    assert await codes(client, sort="newest") == ["c", "d", "b", "a"]
    assert await codes(client, sort="price_asc") == ["d", "a", "b", "c"]
    assert await codes(client, sort="price_desc") == ["c", "b", "a", "d"]
    assert await codes(client, sort="popular") == ["c", "b", "a", "d"]
    assert await codes(client, sort="discount") == ["c", "b", "a", "d"]
    assert await codes(client, sort="rating") == ["c", "b", "a", "d"]


async def test_free_product_sorts_last_by_discount(client: httpx.AsyncClient) -> None:
    await make_product(code="free", price=0)
    await make_product(code="full", price=1_000)
    assert await codes(client, sort="discount") == ["full", "free"]


async def test_pages_hold_every_product_once(client: httpx.AsyncClient) -> None:
    for number in range(7):
        await make_product(code=f"n{number}", price=1_000)
    seen = [code for page in (1, 2, 3) for code in await codes(client, sort="price_asc", page=page, size=3)]
    assert seen == [f"n{number}" for number in range(7)]
    answer = (await client.get(PATH, params={"page": 4, "size": 3})).json()
    assert answer == {"items": [], "total": 7, "page": 4, "size": 3}


async def test_facets_count_all_that_matches_and_not_the_page(client: httpx.AsyncClient) -> None:
    root = await make_category("bag")
    leaf = await make_category("stand-bag", parent=root)
    await make_category("unused")
    both = await make_product(price=1_000, colors=2, sizes=2, category=leaf)
    await ProductCategory.create(product_id=both.id, category_id=root.id, position=1)
    await make_product(price=3_000, colors=1, sizes=1, category=root)
    await make_product(price=9_000, colors=3, sizes=3)
    answer = (await client.get(PATH, params={"facets": True, "max_price": 5_000, "size": 1})).json()
    assert len(answer["items"]) == 1
    assert answer["total"] == 2
    assert answer["facets"] == {
        "categories": [
            {"id": root.id, "name": "BAG", "slug": "bag", "count": 2},
            {"id": leaf.id, "name": "STAND-BAG", "slug": "stand-bag", "count": 1},
        ],
        "colors": [
            {"color": "블랙", "color_code": "#111111", "count": 2},
            {"color": "화이트", "color_code": "#FFFFFF", "count": 1},
        ],
        "sizes": [{"size": "M", "count": 1}, {"size": "S", "count": 2}],
        "price": {"min": 1_000, "max": 3_000},
    }


async def test_facets_of_nothing_are_empty(client: httpx.AsyncClient) -> None:
    answer = (await client.get(PATH, params={"facets": True, "category": "none"})).json()
    assert answer["facets"] == {"categories": [], "colors": [], "sizes": [], "price": None}


@pytest.mark.parametrize(
    ("params", "field", "code"),
    [
        ({"sort": "id;drop"}, "sort", "LITERAL_ERROR"),
        ({"sort": "PRICE_ASC"}, "sort", "LITERAL_ERROR"),
        ({"page": 10**18}, "page", "LESS_THAN_EQUAL"),
        ({"page": "9" * 5000}, "page", "INT_PARSING_SIZE"),
        ({"page": 0}, "page", "GREATER_THAN_EQUAL"),
        ({"page": "one"}, "page", "INT_PARSING"),
        ({"size": 0}, "size", "GREATER_THAN_EQUAL"),
        ({"size": 101}, "size", "LESS_THAN_EQUAL"),
        ({"min_price": -1}, "min_price", "GREATER_THAN_EQUAL"),
        ({"max_price": 10**12}, "max_price", "LESS_THAN_EQUAL"),
        ({"in_stock": "perhaps"}, "in_stock", "BOOL_PARSING"),
        ({"facets": ""}, "facets", "BOOL_PARSING"),
        ({"q": "a\x00b"}, "q", "CONTROL_CHARACTER"),
        ({"q": "x" * 10_000}, "q", "STRING_TOO_LONG"),
        ({"category": "x" * 500}, "category", "STRING_TOO_LONG"),
        ({"color": "\x07"}, "color", "CONTROL_CHARACTER"),
        ({"nope": 1}, "nope", "EXTRA_FORBIDDEN"),
        ({"Page": 1}, "Page", "EXTRA_FORBIDDEN"),
    ],
)
async def test_bad_parameter_is_refused_by_name(
    client: httpx.AsyncClient, params: dict[str, Any], field: str, code: str
) -> None:
    answer = await client.get(PATH, params=params)
    assert answer.status_code == 422
    assert answer.json()["code"] == "VALIDATION_ERROR"
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF%FE", "category=%00", "q=%", "&&&", "page=1&page=2", "=1"])
async def test_broken_query_is_never_a_server_error(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"{PATH}?{query}")).status_code in (200, 422)


async def test_number_of_queries_does_not_grow_with_the_page(client: httpx.AsyncClient) -> None:
    category = await make_category("bag")
    for _ in range(12):
        await make_product(colors=2, sizes=2, category=category)

    async def queries(**params: Any) -> int:
        public_cache.invalidate_all()
        with captured_sql() as statements:
            assert (await client.get(PATH, params=params)).status_code == 200
        return len(statements)

    assert await queries(size=1) == await queries(size=12) == 8
    assert await queries(size=12, category="bag", q="백", in_stock=True, sort="discount") == 13  # synonyms
    assert (
        await queries(size=1, facets=True, category="bag") == await queries(size=12, facets=True, category="bag") == 14
    )
    assert await queries(size=1, facets=True) == await queries(size=12, facets=True) == 14
    assert await queries(page=9) == 2
