"""Whichever way a page is walked to, it holds the same products."""

from itertools import product as pairs
from typing import Any

import httpx
import pytest

from src.app.category.services import tree
from src.app.product.dtos.requests import ProductQuery, Sort
from src.app.product.models import Product
from src.app.product.services.matching import ORDERS, matching, rows_of
from src.app.product.services.plans import SIZE_BOUND, Plan, plan_of
from src.common.utils import bytes_cache
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
async def shop(client: httpx.AsyncClient) -> None:
    root = await make_category("root")
    leaf = await make_category("leaf", parent=root)
    for number in range(24):
        made = await make_product(
            name=("투어 스탠드백", "골프 장갑", "스탠드백 커버", "투어 골프백")[number % 4],
            price=1_000 * (1 + number % 4),
            origin_price=1_000 * (4 + number % 3),
            stock=0 if number % 5 == 0 else 3,
            colors=1 + number % 2,
            sizes=1 + number % 3,
            category=(None, root, leaf)[number % 3],
        )
        await Product.filter(id=made.id).update(popularity=number % 3, rating=number % 4, review_count=number % 2)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
async def test_both_ways_lead_to_the_same_pages(shop: None, filters: dict[str, Any]) -> None:
    nodes = await tree.load()
    for sort, number in pairs(ORDERS, (1, 2)):
        query = ProductQuery(sort=sort, page=number, size=4, **filters)
        found = matching(query, nodes)
        plan = await plan_of(query, found)
        assert 0 < plan.total < 24
        many = Plan(total=24, source=-1, size=0, shown=24)
        by_order = [row["id"] for row in await rows_of(many.page(found, query, "p.id"))]
        for source in range(len(found.sources)):
            few = Plan(total=1, source=source, size=0, shown=SIZE_BOUND)
            statement = few.page(found, query, "p.id")
            assert "b.id" in statement.text
            assert [row["id"] for row in await rows_of(statement)] == by_order, (sort, source)
        assert len(by_order) == min(4, max(0, plan.total - 4 * (number - 1)))


@pytest.mark.parametrize("sort", ORDERS)
async def test_pages_hold_everything_once_in_every_order(shop: None, client: httpx.AsyncClient, sort: Sort) -> None:
    seen = []
    for number in range(1, 6):
        bytes_cache.invalidate_all()
        answer = await client.get("/api/v1/products", params={"sort": sort, "page": number, "size": 5, "q": "투어"})
        seen += [item["id"] for item in answer.json()["items"]]
    assert len(seen) == len(set(seen)) == answer.json()["total"] == 12


async def test_the_smallest_source_is_chosen(shop: None) -> None:
    await make_product(name="유일한 골프")
    query = ProductQuery(q="골프 유일")
    found = matching(query, [])
    plan = await plan_of(query, found)
    assert (plan.total, plan.size, plan.shown) == (1, 1, 25)
    assert found.sources[plan.source].values != found.sources[1 - plan.source].values
