"""Whichever way a page is walked to, it holds the same products."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from src.app.category.services import tree
from src.app.product.dtos.requests import ProductQuery, Sort
from src.app.product.models import Product, SaleStatus
from src.app.product.services.search import bitsets
from src.app.product.services.search.filters import ORDERS, matching, rows_of
from src.app.product.services.search.plans import FEW, SortOrder, plan_of
from src.common.http import public_cache
from tests.factories.catalogue import make_category, make_product

FILTERS: tuple[dict[str, Any], ...] = (
    {"category": "root"},
    {"color": "화이트"},
    {"color": "화이트", "in_stock": True},
    {"size_name": "M"},
    {"color": "블랙", "size_name": "M", "in_stock": True},
    {"min_price": 2_000},
    {"max_price": 3_000, "in_stock": True},
    {"q": "골프"},
    {"q": "스탠드백 투어"},
    {"q": "백"},
    {"q": "ㅅㅌㄷ"},
    {"q": "골프", "category": "root", "color": "블랙"},
)


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    """24 products, and what they are."""
    root = await make_category("root")
    leaf = await make_category("leaf", parent=root)
    shop = []
    for number in range(24):
        product: dict[str, Any] = {
            "name": ("투어 스탠드백", "골프 장갑", "스탠드백 커버", "투어 골프백")[number % 4],
            "price": 1_000 * (1 + number % 4),
            "stock": 0 if number % 5 == 0 else 3,
            "category": (None, root, leaf)[number % 3],
        }
        colors, sizes = 1 + number % 2, 1 + number % 3
        made = await make_product(origin_price=1_000 * (4 + number % 3), colors=colors, sizes=sizes, **product)
        shop.append({**product, "id": made.id, "colors": ("블랙", "화이트")[:colors], "sizes": ("S", "M", "L")[:sizes]})
        await Product.filter(id=made.id).update(popularity=number % 3, rating=number % 4, review_count=number % 2)
    return shop


def passes(product: dict[str, Any], filters: dict[str, Any]) -> bool:
    """The filters as one would say them, of what the fixture made."""
    sizes = [size for size in product["sizes"] if filters.get("size_name") in (None, size)]
    colors = [color for color in product["colors"] if filters.get("color") in (None, color)]
    stock = product["stock"] > 0 or not filters.get("in_stock")
    price = filters.get("min_price", 0) <= product["price"] <= filters.get("max_price", 10**9)
    words = all(
        word in product["name"].replace(" ", "") or (word == "ㅅㅌㄷ" and "스탠드" in product["name"])
        for word in filters.get("q", "").split()
    )
    in_category = product["category"] is not None or "category" not in filters
    return bool(sizes and colors and stock and price and words and in_category)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("few", [FEW, 0], ids=["few", "many"])
async def test_sets_and_both_ways_lead_to_the_same_pages(
    shop: list[dict[str, Any]], filters: dict[str, Any], few: int
) -> None:
    nodes = await tree.load()
    expected = {product["id"] for product in shop if passes(product, filters)}
    plan = await plan_of(matching(ProductQuery(**filters), nodes), key=str(filters), few=few)
    assert 0 < len(expected) < 24
    assert set(bitsets.ids(plan.matching)) == expected
    assert (plan.total, plan.shown) == (len(expected), 24)
    for sort in ORDERS:
        seen: list[int] = []
        for number in range(7):
            window: dict[str, Any] = {"order": SortOrder(*ORDERS[sort]), "size": 4, "offset": 4 * number}
            walked = replace(plan, total=24, shown=0).page("p.id", **window)
            taken = replace(plan, total=0, shown=24).page("p.id", **window)
            assert ("b.id" in walked.text, "b.id" in taken.text) == (False, True)
            page = [row["id"] for row in await rows_of(walked)]
            assert [row["id"] for row in await rows_of(taken)] == page, (sort, number)
            seen += page
        assert len(seen) == len(expected)
        assert set(seen) == expected


@pytest.mark.parametrize("sort", ORDERS)
async def test_pages_hold_everything_once_in_every_order(
    shop: list[dict[str, Any]], client: httpx.AsyncClient, sort: Sort
) -> None:
    seen = []
    for number in range(1, 6):
        public_cache.invalidate_all()
        answer = await client.get("/api/v1/products", params={"sort": sort, "page": number, "size": 5, "q": "투어"})
        seen += [item["id"] for item in answer.json()["items"]]
    assert len(seen) == len(set(seen)) == answer.json()["total"] == 12


async def test_what_the_fewest_pass_is_asked_first(shop: list[dict[str, Any]]) -> None:
    await make_product(name="유일한 골프")
    found = matching(ProductQuery(q="골프 유일"), [])
    plan = await plan_of(found, key="골프 유일")
    assert (plan.total, plan.shown) == (1, 25)
    assert plan.checks == (found.filters[2].check, found.filters[1].check, found.filters[0].check)


async def test_a_page_holds_no_product_that_left_the_filter_since_the_sets_were_read(
    shop: list[dict[str, Any]],
) -> None:
    plan = await plan_of(matching(ProductQuery(color="화이트"), []), key="화이트")
    stopped = next(bitsets.ids(plan.matching))
    await Product.filter(id=stopped).update(sale_status=SaleStatus.STOPPED)
    for statement in (replace(plan, total=0), replace(plan, total=24, shown=0)):
        ids = [
            row["id"]
            for row in await rows_of(statement.page("p.id", order=SortOrder(*ORDERS["newest"]), size=24, offset=0))
        ]
        assert stopped not in ids
        assert len(ids) == plan.total - 1
